package dev.asyncio4j.net.spi;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket for datagrams as a {@link NetworkEngine} makes it, with asyncio's rules of flow control (TR-7, DG-2 to DG-4).
 *
 * <p><b>States.</b> Open; closing, when what was handed in is still sent but nothing more is taken or received; lost.
 *
 * <p><b>Threads.</b> The loop's own, coroutines included; no method suspends.
 */
public interface PacketTransport {

    /** What a datagram that waits to be sent counts besides its contents, in bytes. */
    int OVERHEAD = 8;

    /**
     * Takes a datagram to send, after those taken before. Never waits; drops it when closing.
     *
     * @param source holds its contents; copied, so that the caller may change it afterwards
     * @param offset the first byte
     * @param length how many; 0 for an empty datagram
     * @param recipient who shall get it; null if this socket talks to one peer only, and not otherwise
     */
    void send(byte[] source, int offset, int length, @Nullable SocketAddress recipient);

    /** Stops receiving, sends what is left and closes. */
    void close();

    /**
     * Closes at once; what is unsent is dropped.
     *
     * @param cause what the listener is told; null for a clean end
     */
    void abort(@Nullable Throwable cause);

    /** Takes nothing from the system until {@link #resumeReading}; what comes meanwhile may be lost there. */
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
     * Counts what the system has not taken yet, {@link #OVERHEAD} included.
     *
     * @return bytes
     */
    long bufferedBytes();

    /**
     * Tells whether this closes or is closed.
     *
     * @return true if nothing more will be sent
     */
    boolean isClosing();

    /**
     * Returns the address of this socket.
     *
     * @return the address with its real port, or null if it has none
     */
    @Nullable
    SocketAddress localAddress();

    /**
     * Returns whom alone this socket talks to.
     *
     * @return the address, or null if it talks to anybody
     */
    @Nullable
    SocketAddress remoteAddress();
}
