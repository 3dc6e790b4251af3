/**
 * What other libraries of the JVM speak, both ways: completable futures, and publishers of {@link java.util.concurrent.Flow}.
 *
 * <p>Built on public parts of {@code dev.asyncio4j} only. Read {@link Futures} first.
 */
package dev.asyncio4j.interop;
