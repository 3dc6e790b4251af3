package dev.asyncio4j.net.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a loop sleeps, and whether somebody wants it awake.
 *
 * <p><b>Threads.</b> {@link #wake} any; the rest the loop's own thread only.
 */
final class Signal {
    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;
    private static final int SIGNALLED = 2;

    private final AtomicInteger state = new AtomicInteger(AWAKE);

    /**
     * Announces that the loop is about to wait.
     *
     * @return false if it was signalled before, so that it must not wait
     */
    boolean sleep() {
        return state.compareAndSet(AWAKE, ASLEEP);
    }

    /**
     * Tells whether the loop may go on waiting.
     *
     * @return false once it has been signalled
     */
    boolean isAsleep() {
        return state.get() == ASLEEP;
    }

    /** Says that the wait is over, and that signals up to now have been heard. */
    void awake() {
        if (state.get() != AWAKE) {
            state.set(AWAKE);
        }
    }

    /**
     * Signals the loop.
     *
     * @return true if it was asleep and the caller must now wake it
     */
    boolean wake() {
        return state.get() != SIGNALLED && state.getAndSet(SIGNALLED) == ASLEEP;
    }
}
