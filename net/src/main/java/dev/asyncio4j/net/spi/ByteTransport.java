package dev.asyncio4j.net.spi;

import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connection as a {@link NetworkEngine} makes it, with asyncio's rules of flow control (TR-3, TR-7, TR-9, TR-13).
 *
 * <p><b>States.</b> Open; closing, when what was written is still sent but nothing more is taken or read; lost.
 *
 * <p><b>Threads.</b> The loop's own, coroutines included; no method suspends.
 */
public interface ByteTransport extends EngineTransport {

    /**
     * Changes who hears of what happens.
     *
     * @param listener hears it from now on
     */
    void setListener(TransportListener listener);

    /**
     * Takes bytes to send, after those taken before. Never waits; drops them when closing (SW-1).
     *
     * @param source holds the bytes; copied, so that the caller may change it afterwards
     * @param offset the first one
     * @param length how many
     * @throws IllegalStateException after {@link #writeEof}
     */
    void write(byte[] source, int offset, int length);

    /**
     * Has the system send a part of a file, after what was written before (TR-17). Nothing may be written until it is over.
     *
     * @param file an open file, which stays open
     * @param offset where the part begins
     * @param count how many bytes; the file has them
     * @return the file on its way, or null if the system cannot do that on this connection
     */
    default @Nullable FileSending sendFile(FileChannel file, long offset, long count) {
        return null;
    }

    /** Shuts the sending side once all is sent; no effect when closing (TR-13). */
    void writeEof();

    /**
     * Tells whether {@link #writeEof} can be used.
     *
     * @return true for a plain connection, false if it is encrypted
     */
    boolean canWriteEof();

    /** Closes at once; what is unsent is dropped (TR-3). */
    default void abort() {
        abort(null);
    }

    /**
     * Tells whether bytes are taken from the peer.
     *
     * @return false when paused or closing
     */
    boolean isReading();

    /**
     * Returns what else is known of the connection, by asyncio's names.
     *
     * @param name a key of {@code get_extra_info} other than the addresses
     * @return the value, or null if there is none
     */
    default @Nullable Object extraInfo(String name) {
        return null;
    }
}
