package dev.asyncio4j.net;

/**
 * The receiving side of a transport.
 *
 * <p><b>Threads.</b> Loop thread only. No method suspends.
 */
public interface ReadTransport extends BaseTransport, ReadFlow {

    /**
     * Tells whether the protocol is given what the peer sends.
     *
     * @return false when paused or closing
     */
    boolean isReading();
}
