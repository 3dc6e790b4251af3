package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.spi.Layer;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A {@link Layer} made of Netty's handlers. */
public interface NettyLayer extends Layer {

    /**
     * Adds handlers at the end of the pipeline of a new channel: raw thread only.
     *
     * @param channel the channel; its socket is not connected yet if it is a client's
     * @param remote where it will be connected to, or null if the peer came to us
     * @return completed when the layer is ready, failed when it cannot be; null if it is ready with the connection
     */
    @Nullable
    Future<?> addTo(Channel channel, @Nullable SocketAddress remote);
}
