package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.internal.Readiness.Direction;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SelectableChannel;

/** Reads a non-blocking channel of {@code java.nio}. */
final class ChannelInlet<C extends SelectableChannel & ScatteringByteChannel> extends ChannelEnd<C> implements Inlet {

    ChannelInlet(Crossing crossing, C channel) {
        super(crossing, channel, Direction.READ);
    }

    @Override
    public int read(ByteBuf into) throws IOException {
        throwFailure();
        return into.writeBytes(channel, into.writableBytes());
    }
}
