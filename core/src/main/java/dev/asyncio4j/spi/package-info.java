/**
 * The doors through which time and the outside world enter a loop.
 *
 * <p>An event loop asks a {@link dev.asyncio4j.spi.Clock} what time it is and an {@link dev.asyncio4j.spi.IoDriver} to
 * wait; it knows no other source of either. A test puts virtual ones in, the network module puts Netty in. Users of the
 * library need nothing from here; writers of drivers start at {@link dev.asyncio4j.spi.IoDriver}.
 *
 * <p>This room imports nothing of ours.
 */
@NullMarked
package dev.asyncio4j.spi;

import org.jspecify.annotations.NullMarked;
