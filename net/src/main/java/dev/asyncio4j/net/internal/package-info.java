/**
 * The engine room: Netty behind our loop.
 *
 * <p>{@link dev.asyncio4j.net.internal.NettyIoDriver} is what a loop waits in; read it first. Below it,
 * {@link dev.asyncio4j.net.internal.DrivenEventLoop} lets Netty's channels live on our thread, and
 * {@link dev.asyncio4j.net.internal.SocketTransport} is one connection with asyncio's flow control;
 * {@link dev.asyncio4j.net.internal.Opening} prepares its pipeline. Beside them
 * {@link dev.asyncio4j.net.internal.Readiness} watches channels that are not Netty's. Nothing here is exported, and nothing here knows of
 * streams: this room imports the loop, the door {@code dev.asyncio4j.net.spi} and Netty only.
 */
@NullMarked
package dev.asyncio4j.net.internal;

import org.jspecify.annotations.NullMarked;
