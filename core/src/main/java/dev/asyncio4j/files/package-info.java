/**
 * Files, read and written without holding the loop.
 *
 * <p>Read {@link dev.asyncio4j.files.AsyncFiles} first. The system can make nobody wait for a file but a thread, so each
 * operation runs on the loop's default executor, which has a bounded number of threads, while its task waits. Elsewhere
 * file operations hold the loop, on both runtimes.
 *
 * <p>This room imports {@code dev.asyncio4j} and nothing else of ours. It uses public parts only.
 */
@NullMarked
package dev.asyncio4j.files;

import org.jspecify.annotations.NullMarked;
