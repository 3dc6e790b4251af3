package dev.asyncio4j.net.internal;

import java.io.IOException;

/**
 * One end of what an {@link AdoptedChannel} is made of.
 *
 * <p><b>Threads.</b> The raw thread only, except where a callback is asked for.
 */
interface End {

    /** Says who hears, on the raw thread, that it is worth trying. Once, before anything else. */
    void onReady(Runnable ready);

    /** Says whether that is wanted; at first it is not. */
    void want(boolean wanted);

    /** Waits for nothing any more. In a callback, or when the loop is closed. */
    void leave();

    /** Closes it; nothing is called after this. In a callback, or when the loop is closed. */
    void close() throws IOException;
}
