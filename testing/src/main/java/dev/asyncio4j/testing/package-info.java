/**
 * What a test of an asynchronous program needs: a loop whose time is virtual, and checks that find a hung test at once.
 *
 * <p>Read {@link dev.asyncio4j.testing.VirtualTime} first: it runs a program on a {@link dev.asyncio4j.testing.VirtualTimeLoop},
 * whose clock jumps to the next timer when nothing can run. {@link dev.asyncio4j.testing.AsyncioTest} does the same for a
 * test method of JUnit. {@link dev.asyncio4j.testing.Trail} records the order of steps.
 *
 * <p>This room imports the root room, {@code sync} and {@code spi}. Only {@link dev.asyncio4j.testing.AsyncioTest} and
 * {@link dev.asyncio4j.testing.AsyncioExtension} need JUnit.
 */
@NullMarked
package dev.asyncio4j.testing;

import org.jspecify.annotations.NullMarked;
