package dev.asyncio4j.net.spi;

/**
 * Something that lies between a socket and the owner of its transport, such as TLS.
 *
 * <p>What it is made of is between it and the {@link NetworkEngine}: one that does not know it refuses it with an
 * {@link UnsupportedOperationException}. An accepted connection is announced when its layer is ready (TLS-2).
 */
public interface Layer {}
