package dev.asyncio4j.net.spi;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens on a {@link ByteTransport}.
 *
 * <p>The order of calls is connected, then data, then end of stream, then lost, once each but data; paused and resumed
 * alternate in between.
 *
 * <p><b>Threads.</b> Called on the loop's bare thread, {@link #onPauseWriting} also by whoever writes: complete futures and
 * schedule callbacks only.
 */
public interface TransportListener {

    /**
     * Hears that there is a connection.
     *
     * @param transport the connection
     */
    void onConnected(ByteTransport transport);

    /**
     * Takes received bytes.
     *
     * @param bytes valid during this call only
     */
    void onData(ByteBuffer bytes);

    /** Hears that the peer sends no more; writing may go on. */
    void onEof();

    /** Hears that more than the high-water mark waits to be sent. */
    void onPauseWriting();

    /** Hears that what waits to be sent has shrunk to the low-water mark. */
    void onResumeWriting();

    /**
     * Hears that the connection is gone.
     *
     * @param cause why, or null if it was closed in peace
     */
    void onLost(@Nullable Throwable cause);
}
