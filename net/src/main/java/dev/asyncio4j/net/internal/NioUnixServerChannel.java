package dev.asyncio4j.net.internal;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.nio.AbstractNioMessageChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket that listens, for the JDK's selector. Netty's own removes the file at its path when it is closed,
 * whosever it is.
 *
 * <p><b>Threads.</b> The raw thread only, once it is registered.
 */
final class NioUnixServerChannel extends AbstractNioMessageChannel implements ServerChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16); // accepts so many in a row

    private final ChannelConfig config = new Config();

    /** Takes over a socket that listens. */
    NioUnixServerChannel(ServerSocketChannel listening) {
        super(null, listening, SelectionKey.OP_ACCEPT);
    }

    @Override
    protected ServerSocketChannel javaChannel() {
        return (ServerSocketChannel) super.javaChannel();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isActive() {
        return isOpen();
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws IOException {
        var socket = javaChannel().accept();
        if (socket == null) {
            return 0;
        }
        accepted.add(new NioUnixChannel(this, socket));
        return 1;
    }

    @Override
    protected void doClose() throws Exception {
        try {
            super.doClose();
        } finally {
            javaChannel().close();
        }
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return null; // the acceptor knows
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return null;
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException("it is bound already");
    }

    @Override
    protected boolean doConnect(SocketAddress remote, @Nullable SocketAddress local) {
        throw new UnsupportedOperationException("it listens");
    }

    @Override
    protected void doFinishConnect() {
        throw new UnsupportedOperationException("it listens");
    }

    @Override
    protected void doDisconnect() {
        throw new UnsupportedOperationException("it listens");
    }

    @Override
    protected boolean doWriteMessage(Object message, ChannelOutboundBuffer out) {
        throw new UnsupportedOperationException("it listens");
    }

    private final class Config extends DefaultChannelConfig {

        Config() {
            super(NioUnixServerChannel.this, new ServerChannelRecvByteBufAllocator());
        }

        @Override
        protected void autoReadCleared() {
            clearReadPending();
        }
    }
}
