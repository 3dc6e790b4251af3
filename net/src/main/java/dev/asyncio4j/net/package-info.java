/**
 * Connections and servers: asyncio's streams.
 *
 * <p>Read {@link dev.asyncio4j.net.Streams} first, then {@link dev.asyncio4j.net.Connection}. This room imports the event
 * loop and the engine room {@code dev.asyncio4j.net.internal}.
 */
@NullMarked
package dev.asyncio4j.net;

import org.jspecify.annotations.NullMarked;
