package dev.asyncio4j.process;

/**
 * What {@link Subprocesses#subprocessExec} has started.
 *
 * @param <P> the type of the protocol
 * @param transport the process
 * @param protocol who hears of what happens to it
 */
public record ProtocolProcess<P>(SubprocessTransport transport, P protocol) {}
