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
public interface PacketTransport extends EngineTransport {

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
}
