package dev.asyncio4j.net;

import java.util.Optional;

/**
 * What carries the bytes of one {@link BaseProtocol}.
 *
 * <p><b>States.</b> Open; closing, when what was written is still sent but nothing more is taken or received; lost, once the
 * protocol has heard so.
 *
 * <p><b>Threads.</b> Loop thread only. No method suspends.
 */
public interface BaseTransport {

    /**
     * Returns what is known of the connection, by asyncio's names.
     *
     * @param name such as {@code peername} or {@code sockname}, which give a {@link java.net.SocketAddress}; of an encrypted
     *     connection also {@code peercert} and {@code cipher}, and see {@link TlsInfo#of(BaseTransport)}
     * @return the value, or empty if there is none
     */
    Optional<Object> getExtraInfo(String name);

    /**
     * Tells whether this closes, was closed, or has lost its connection.
     *
     * @return true if nothing more will be sent
     */
    boolean isClosing();

    /**
     * Stops receiving, sends what is left and closes. Does nothing if it does so already.
     *
     * <p><b>Order.</b> {@link BaseProtocol#connectionLost} is called in a later iteration, without an exception (TR-3).
     */
    void close();

    /** Closes at once; what is unsent is dropped. {@link BaseProtocol#connectionLost} is called without an exception (TR-3). */
    void abort();

    /**
     * Changes who hears of what happens, from the next event on.
     *
     * @param protocol hears it
     * @throws IllegalArgumentException if it is of a kind that this transport cannot call
     */
    void setProtocol(BaseProtocol<?> protocol);

    /**
     * Returns who hears of what happens.
     *
     * @return the protocol
     */
    BaseProtocol<?> getProtocol();
}
