/**
 * Connections and servers: asyncio's streams, and its transports and protocols.
 *
 * <p>Read {@link dev.asyncio4j.net.Streams} first, then {@link dev.asyncio4j.net.Connection}; for protocols
 * {@link dev.asyncio4j.net.Network}. This room imports the event
 * loop and the engine room {@code dev.asyncio4j.net.internal}.
 */
@NullMarked
package dev.asyncio4j.net;

import org.jspecify.annotations.NullMarked;
