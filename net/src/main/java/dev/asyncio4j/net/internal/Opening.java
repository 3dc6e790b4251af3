package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.spi.Layer;
import dev.asyncio4j.net.spi.TransportListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket that becomes a connection: the one place where the pipeline of a connection is prepared, whether it was made or
 * accepted.
 *
 * <p><b>Threads.</b> The raw thread only.
 */
final class Opening {
    private final SocketTransport transport;
    private final TransportListener listener;
    private final NettyLayer.@Nullable Attached attached;

    /**
     * Prepares a new channel: its options, its layer, its transport.
     */
    Opening(NettyIoDriver driver, DuplexChannel channel, TransportListener listener, @Nullable Layer layer) {
        configure(driver, channel);
        this.listener = listener;
        this.transport = new SocketTransport(driver, channel, listener);
        this.attached = layer == null ? null : known(layer).attach(driver);
        if (attached != null) {
            channel.pipeline().addLast(attached.handler());
            transport.setLayer(attached);
        }
        channel.pipeline().addLast(transport.handler());
    }

    private static void configure(NettyIoDriver driver, DuplexChannel channel) {
        var config = channel.config();
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        config.setConnectTimeoutMillis(0);
        if (channel instanceof SocketChannel) {
            config.setOption(ChannelOption.TCP_NODELAY, true);
        }
        var readBuffer = driver.readBuffer();
        if (readBuffer != null) {
            config.setRecvByteBufAllocator(readBuffer);
        }
    }

    static NettyLayer known(Layer layer) {
        if (layer instanceof NettyLayer known) {
            return known;
        }
        throw new UnsupportedOperationException("sockets know no layer of " + layer.getClass());
    }

    SocketTransport transport() {
        return transport;
    }

    /**
     * Announces the connection once its layer is ready; the socket is connected.
     *
     * @param outcome hears null then, or why it cannot be
     */
    void connected(Consumer<@Nullable Throwable> outcome) {
        if (attached == null) {
            announce(outcome);
            return;
        }
        attached.whenReady(failure -> {
            if (failure == null) {
                announce(outcome);
            } else {
                outcome.accept(failure);
            }
        });
    }

    private void announce(Consumer<@Nullable Throwable> outcome) {
        transport.announced();
        listener.onConnected(transport);
        outcome.accept(null);
    }
}
