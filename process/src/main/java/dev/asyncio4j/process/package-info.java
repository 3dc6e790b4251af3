/**
 * Child processes: asyncio's {@code asyncio.subprocess}.
 *
 * <p>Read {@link dev.asyncio4j.process.Subprocesses} first, then {@link dev.asyncio4j.process.Subprocess}. Inside,
 * {@code OutputPipe} and {@link dev.asyncio4j.process.PipeWriter} move bytes between a pipe and the loop; for protocols
 * {@code ProcessTransport} ties a process to transports of its pipes. This room imports the
 * event loop and the streams of {@code dev.asyncio4j.net}, public parts only, and Netty for making a pipe.
 */
@NullMarked
package dev.asyncio4j.process;

import org.jspecify.annotations.NullMarked;
