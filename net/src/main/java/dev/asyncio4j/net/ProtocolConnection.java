package dev.asyncio4j.net;

/**
 * What {@link Network#createConnection} made.
 *
 * @param <P> the type of the protocol
 * @param transport the connection
 * @param protocol who hears of what happens on it
 */
public record ProtocolConnection<P>(Transport transport, P protocol) {}
