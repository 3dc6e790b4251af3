/**
 * Stacks that can be left and entered again: the only place that switches them.
 *
 * <p>A {@link dev.asyncio4j.internal.coroutine.Fiber} is a virtual thread that runs only while the loop's thread, its
 * {@link dev.asyncio4j.internal.coroutine.Carrier}, resumes it. How that is done is the choice of a
 * {@link dev.asyncio4j.internal.coroutine.FiberRuntime}: natively, on the loop's thread itself, or portably, by handing a
 * baton. The {@link dev.asyncio4j.internal.coroutine.Watchdog} sees what goes wrong on that thread.
 *
 * <p>This room imports nothing of ours. Read {@code Fiber} first.
 */
@NullMarked
package dev.asyncio4j.internal.coroutine;

import org.jspecify.annotations.NullMarked;
