package dev.asyncio4j.net;

/**
 * What {@link Network#createDatagramEndpoint} made.
 *
 * @param <P> the type of the protocol
 * @param transport the socket
 * @param protocol who hears of what happens on it
 */
public record ProtocolEndpoint<P>(DatagramTransport transport, P protocol) {}
