/**
 * The front door of asyncio4j and its vocabulary: run a program, start tasks, wait for them, cancel them.
 *
 * <p>Start with {@link dev.asyncio4j.Asyncio}. A {@link dev.asyncio4j.Coroutine} is an ordinary lambda; a
 * {@link dev.asyncio4j.Task} runs one beside others on the thread of an {@link dev.asyncio4j.EventLoop}; whatever waits is
 * an ordinary method that returns a value or throws.
 *
 * <p>This room may import {@code dev.asyncio4j.spi} and the internal rooms, and nothing above it.
 */
@NullMarked
package dev.asyncio4j;

import org.jspecify.annotations.NullMarked;
