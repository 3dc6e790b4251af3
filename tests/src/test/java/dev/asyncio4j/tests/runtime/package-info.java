/**
 * What the coroutine runtime must survive: locks held across suspensions, observers, interrupts, waits that pin, threads
 * that inherit from coroutines, loops that end while something blocks.
 *
 * <p>Each scene holds on either runtime unless it is tagged {@code native}. A scene that would leave a dead loop behind
 * is {@linkplain dev.asyncio4j.tests.runtime.Scene played} on a thread of its own; one that needs a fresh process, in
 * a {@linkplain dev.asyncio4j.tests.runtime.ChildJvm child}.
 */
package dev.asyncio4j.tests.runtime;
