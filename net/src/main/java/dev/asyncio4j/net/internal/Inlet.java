package dev.asyncio4j.net.internal;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Where the bytes of an {@link AdoptedChannel} come from.
 *
 * <p><b>Threads.</b> The raw thread only, except where a callback is asked for.
 */
interface Inlet {

    /** Says who hears, on the raw thread, that there is something to read. Once, before anything else. */
    void onReady(Runnable ready);

    /** Says whether that is wanted; at first it is not. */
    void want(boolean wanted);

    /**
     * Reads what is there.
     *
     * @return how many bytes; 0 if there is nothing, -1 at the end
     */
    int read(ByteBuf into) throws IOException;

    /** Waits for nothing any more. In a callback, when it is not wanted any more. */
    void leave();

    /** Closes it; nothing is called after this. In a callback, or when the loop is closed. */
    void close() throws IOException;
}
