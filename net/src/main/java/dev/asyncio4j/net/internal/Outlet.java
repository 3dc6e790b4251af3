package dev.asyncio4j.net.internal;

import io.netty.channel.FileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of an {@link AdoptedChannel} go to; it is ready when there may be room for more. */
interface Outlet extends End {

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
}
