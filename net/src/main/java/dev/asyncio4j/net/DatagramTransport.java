package dev.asyncio4j.net;

import dev.asyncio4j.net.WriteTransport.WriteBufferLimits;
import java.net.SocketAddress;

/**
 * A socket that sends and receives datagrams: single messages, each of which arrives whole, or not at all, or twice.
 *
 * <p><b>Threads.</b> Loop thread only. No method suspends.
 */
public interface DatagramTransport extends BaseTransport {

    /**
     * Takes a datagram for the remote address with which the endpoint was made.
     *
     * <p>It is copied and leaves when the loop's current batch ends. An empty one is sent, too (DG-3); over the JDK's own
     * channels, the transport {@code nio}, that is an error unless broadcasting is allowed.
     *
     * <p><b>States.</b> Dropped when closing or lost.
     *
     * <p><b>Errors.</b> What the system objects to is told to {@link DatagramProtocol#errorReceived}.
     *
     * @param data its contents
     * @throws IllegalArgumentException if there is no such address
     */
    void sendTo(byte[] data);

    /**
     * Takes a datagram for an address, as {@link #sendTo(byte[])} does.
     *
     * @param data its contents
     * @param recipient who shall get it; if the endpoint has a remote address, that one (DG-2)
     * @throws IllegalArgumentException if it is another than the endpoint's remote address, or is not resolved
     */
    void sendTo(byte[] data, SocketAddress recipient);

    /**
     * Sets the marks between which {@link BaseProtocol#pauseWriting} and {@link BaseProtocol#resumeWriting} are called
     * (TR-7). Each datagram counts 8 bytes more than its contents.
     *
     * @param high unsent bytes above which it pauses; 64 KiB at first
     * @param low unsent bytes at or below which it resumes; 16 KiB at first
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    void setWriteBufferLimits(int high, int low);

    /**
     * Sets the high mark, and the low mark to a quarter of it (TR-7).
     *
     * @param high unsent bytes above which writing pauses
     * @throws IllegalArgumentException if it is negative
     */
    default void setWriteBufferLimits(int high) {
        setWriteBufferLimits(high, high / 4);
    }

    /**
     * Returns the marks.
     *
     * @return both
     */
    WriteBufferLimits getWriteBufferLimits();

    /**
     * Counts what the system has not taken yet.
     *
     * @return bytes, 8 more than its contents for each datagram
     */
    long getWriteBufferSize();
}
