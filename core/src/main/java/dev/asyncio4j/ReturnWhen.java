package dev.asyncio4j;

/** When {@link Asyncio#wait} returns, unless its time is over first. */
public enum ReturnWhen {

    /** When any member has ended, in whatever way. */
    FIRST_COMPLETED,

    /** When any member has failed, or all have ended; a cancelled member has not failed (WA-3). */
    FIRST_EXCEPTION,

    /** When all members have ended. */
    ALL_COMPLETED
}
