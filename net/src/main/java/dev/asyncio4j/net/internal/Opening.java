package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.spi.Layer;
import dev.asyncio4j.net.spi.TransportListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
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
    private final @Nullable Future<?> layerReady;

    /**
     * Prepares a new channel: its options, its layer, its transport.
     *
     * @param remote where it will be connected to, or null if it was accepted
     */
    Opening(
            NettyIoDriver driver,
            DuplexChannel channel,
            TransportListener listener,
            @Nullable Layer layer,
            @Nullable SocketAddress remote) {
        configure(driver, channel);
        this.listener = listener;
        this.transport = new SocketTransport(driver, channel, listener);
        this.layerReady = layer == null ? null : known(layer).addTo(channel, remote);
        channel.pipeline().addLast(transport);
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

    private static NettyLayer known(Layer layer) {
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
        if (layerReady == null) {
            announce(outcome);
            return;
        }
        layerReady.addListener(ready -> {
            if (ready.isSuccess()) {
                announce(outcome);
            } else {
                outcome.accept(ready.cause());
            }
        });
    }

    private void announce(Consumer<@Nullable Throwable> outcome) {
        transport.announced();
        listener.onConnected(transport);
        outcome.accept(null);
    }
}
