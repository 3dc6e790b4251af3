package dev.asyncio4j.net;

/**
 * A protocol that is given what is received.
 *
 * {@snippet class="dev.asyncio4j.snippets.ProtocolTest" region="echo-protocol"}
 *
 * <p><b>Threads.</b> As {@link BaseProtocol} says.
 */
public interface Protocol extends BaseProtocol<Transport> {

    /**
     * Takes received bytes. What this throws breaks the connection off and is what {@link #connectionLost} is given (TR-11).
     *
     * @param bytes what came; the protocol may keep it
     * @throws Exception whatever goes wrong
     */
    default void dataReceived(byte[] bytes) throws Exception {}

    /**
     * Hears that the peer sends no more. What this throws breaks the connection off (TR-10).
     *
     * @return true to keep the connection for writing, false to close it; an encrypted connection is closed anyway, and true
     *     is warned of in the log (TLS-5)
     * @throws Exception whatever goes wrong
     */
    default boolean eofReceived() throws Exception {
        return false;
    }
}
