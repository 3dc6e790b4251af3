package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.spi.Layer;
import io.netty.channel.ChannelHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link Layer} made of Netty's handlers. */
public interface NettyLayer extends Layer {

    /**
     * Makes the layer of one channel: raw thread only.
     *
     * @param driver the loop's driver
     * @return the layer; its handler is not in a pipeline yet
     */
    Attached attach(NettyIoDriver driver);

    /**
     * The layer of one channel. The sending side of such a channel cannot be shut alone.
     *
     * <p><b>Threads.</b> The raw thread only.
     */
    interface Attached {

        /**
         * Returns what belongs into the pipeline, below the transport. It begins when the channel becomes active.
         *
         * @return a handler
         */
        ChannelHandler handler();

        /**
         * Begins on a channel that is active already.
         *
         * @param received what came for this layer and was read by others
         */
        void begin(byte[] received);

        /**
         * Waits for the layer to be ready.
         *
         * @param outcome hears null once it is ready, or why it cannot be; possibly at once
         */
        void whenReady(Consumer<@Nullable Throwable> outcome);

        /** Hears that the owner closes: what is unsent is sent first, for a limited time. May be called again. */
        void closing();

        /**
         * Returns what this layer knows of the connection.
         *
         * @param name a key
         * @return the value, or null if there is none
         */
        @Nullable
        Object extraInfo(String name);
    }
}
