package dev.asyncio4j.net.internal;

import io.netty.channel.FileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of an {@link AdoptedChannel} go to.
 *
 * <p><b>Threads.</b> The raw thread only, except where a callback is asked for.
 */
interface Outlet {

    /** Says who hears, on the raw thread, that it is worth trying again. Once, before anything else. */
    void onRoom(Runnable room);

    /** Says whether that is wanted; at first it is not. */
    void want(boolean wanted);

    /**
     * Writes.
     *
     * @return how many bytes are written; if 0, the same bytes are to be handed over again when there is room
     */
    long write(ByteBuffer[] buffers, int count) throws IOException;

    /** Tells whether {@link #send} can be used. */
    boolean sendsFiles();

    /**
     * Writes a part of a file, from where it is.
     *
     * @return how many bytes are written
     */
    long send(FileRegion region) throws IOException;

    /** Writes no more, and lets the other end know; called when all is written. */
    void end() throws IOException;

    /** Waits for nothing any more. In a callback. */
    void leave();

    /** Closes it; nothing is called after this. In a callback, or when the loop is closed. */
    void close() throws IOException;
}
