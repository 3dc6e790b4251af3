/**
 * A network in memory, for programs under a virtual clock: nothing of it leaves the loop, and what goes wrong in it goes
 * wrong when a test says so.
 *
 * <p>Read {@link dev.asyncio4j.testing.net.MemoryNetwork} first. This room imports the loop and the door of the network
 * ({@code net.spi}).
 */
@NullMarked
package dev.asyncio4j.testing.net;

import org.jspecify.annotations.NullMarked;
