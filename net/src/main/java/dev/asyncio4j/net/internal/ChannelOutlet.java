package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.internal.Readiness.Direction;
import io.netty.channel.FileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

/** Writes a non-blocking channel of {@code java.nio}. */
final class ChannelOutlet<C extends SelectableChannel & GatheringByteChannel> extends ChannelEnd<C> implements Outlet {

    ChannelOutlet(Crossing crossing, C channel) {
        super(crossing, channel, Direction.WRITE);
    }

    @Override
    public long write(ByteBuffer[] buffers, int count) throws IOException {
        throwFailure();
        return channel.write(buffers, 0, count);
    }

    @Override
    public boolean sendsFiles() {
        return true;
    }

    @Override
    public long send(FileRegion region) throws IOException {
        throwFailure();
        return region.transferTo(channel, region.transferred());
    }

    @Override
    public void end() throws IOException {
        if (channel instanceof SocketChannel socket) {
            socket.shutdownOutput();
        } else {
            crossing.toCallback(this::closePipe);
        }
    }

    private void closePipe() {
        leave();
        try {
            close();
        } catch (IOException e) {
            // All was written; there is nothing more to do about it.
        }
    }
}
