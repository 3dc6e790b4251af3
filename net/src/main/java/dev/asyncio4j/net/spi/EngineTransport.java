package dev.asyncio4j.net.spi;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link NetworkEngine} makes, for bytes or for datagrams, with asyncio's rules of flow control (TR-3, TR-7, TR-9).
 *
 * <p><b>States.</b> Open; closing, when what was handed in is still sent but nothing more is taken or received; lost.
 *
 * <p><b>Threads.</b> The loop's own, coroutines included; no method suspends.
 */
public interface EngineTransport {

    /** Unsent bytes above which writing pauses, unless set otherwise (TR-7). */
    int DEFAULT_HIGH_WATER = 64 * 1024;

    /** Stops receiving, sends what is left and closes (TR-3). */
    void close();

    /**
     * Closes at once; what is unsent is dropped (TR-3).
     *
     * @param cause what the listener is told; null for a clean end
     */
    void abort(@Nullable Throwable cause);

    /** Takes nothing from the system until {@link #resumeReading}; what is under way may still come (TR-9). */
    void pauseReading();

    /** Undoes {@link #pauseReading}. */
    void resumeReading();

    /**
     * Sets the marks between which writing pauses and resumes (TR-7).
     *
     * @param high unsent bytes above which it pauses
     * @param low unsent bytes at or below which it resumes
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    void setWriteBufferLimits(int high, int low);

    /**
     * Returns the mark above which writing pauses.
     *
     * @return bytes
     */
    int highWater();

    /**
     * Returns the mark at which writing resumes.
     *
     * @return bytes
     */
    int lowWater();

    /**
     * Counts what the system has not taken yet.
     *
     * @return bytes
     */
    long bufferedBytes();

    /**
     * Tells whether this closes, was closed, or is lost.
     *
     * @return true if nothing more will be sent
     */
    boolean isClosing();

    /**
     * Returns the peer's address.
     *
     * @return the address, or null if it has none, or if this sends datagrams to anybody
     */
    @Nullable
    SocketAddress remoteAddress();

    /**
     * Returns the address of this end.
     *
     * @return the address with its real port, or null if it has none
     */
    @Nullable
    SocketAddress localAddress();
}
