package dev.asyncio4j.net;

import org.jspecify.annotations.Nullable;

/**
 * What hears of a transport: the callbacks that all protocols have. Each does nothing unless overridden.
 *
 * <p><b>Order.</b> Made, then what is received, then lost, once each but what is received; pause and resume alternate in
 * between.
 *
 * <p><b>Threads.</b> Called on the loop, outside any task, in the context of whoever connected or started the server (TR-16).
 * Outside a task nothing of ours can be waited for: start a task. Natively a blocking call of the JDK holds up what this
 * connection receives, and nothing else.
 *
 * <p><b>Errors.</b> What a callback throws goes to the loop's exception handler.
 *
 * @param <T> the kind of transport
 */
public interface BaseProtocol<T extends BaseTransport> {

    /**
     * Hears that there is a connection. What this throws is reported, and the connection stays.
     *
     * @param transport the connection
     * @throws Exception whatever goes wrong
     */
    default void connectionMade(T transport) throws Exception {}

    /**
     * Hears that the connection is gone; nothing is called after this (TR-2).
     *
     * @param cause why, or null if it was closed in peace
     * @throws Exception whatever goes wrong
     */
    default void connectionLost(@Nullable Throwable cause) throws Exception {}

    /**
     * Hears that more than the high-water mark waits to be sent. Called inside the call that wrote too much (TR-8).
     *
     * @throws Exception whatever goes wrong; the connection stays
     */
    default void pauseWriting() throws Exception {}

    /**
     * Hears that what waits to be sent has shrunk to the low-water mark.
     *
     * @throws Exception whatever goes wrong; the connection stays
     */
    default void resumeWriting() throws Exception {}
}
