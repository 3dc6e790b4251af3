package dev.asyncio4j.net.internal;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Where the bytes of an {@link AdoptedChannel} come from; it is ready when there is something to read. */
interface Inlet extends End {

    /**
     * Reads what is there.
     *
     * @return how many bytes; 0 if there is nothing, -1 at the end
     */
    int read(ByteBuf into) throws IOException;
}
