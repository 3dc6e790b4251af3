package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.internal.Readiness.Direction;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.SelectableChannel;

/** Reads a non-blocking channel of {@code java.nio}. */
final class ChannelInlet<C extends SelectableChannel & ScatteringByteChannel> implements Inlet {
    private final C channel;
    private final Watcher watcher;

    ChannelInlet(Crossing crossing, C channel) {
        this.channel = channel;
        this.watcher = new Watcher(crossing, channel, Direction.READ);
    }

    @Override
    public void onReady(Runnable ready) {
        watcher.onReady(ready);
    }

    @Override
    public void want(boolean wanted) {
        watcher.want(wanted);
    }

    @Override
    public int read(ByteBuf into) throws IOException {
        watcher.throwFailure();
        return into.writeBytes(channel, into.writableBytes());
    }

    @Override
    public void leave() {
        watcher.leave();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
