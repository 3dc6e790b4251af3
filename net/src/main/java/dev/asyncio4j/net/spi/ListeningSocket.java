package dev.asyncio4j.net.spi;

import java.net.SocketAddress;

/**
 * Listens at one address.
 *
 * <p><b>Threads.</b> The loop's own, coroutines included; no method suspends.
 */
public interface ListeningSocket {

    /**
     * Returns where this listens.
     *
     * @return the address, with its real port
     */
    SocketAddress localAddress();

    /** Accepts what has queued up and what comes. Does nothing if it does so already. */
    void startAccepting();

    /** Stops listening; connections accepted before stay. Does nothing if closed already. */
    void close();
}
