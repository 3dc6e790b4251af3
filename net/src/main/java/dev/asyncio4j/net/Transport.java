package dev.asyncio4j.net;

/**
 * A connection in both directions, which calls a {@link Protocol} or a {@link BufferedProtocol}.
 *
 * <p><b>Threads.</b> Loop thread only. No method suspends.
 */
public interface Transport extends ReadTransport, WriteTransport {}
