/**
 * The workloads, written for asyncio4j; the same ones for its peers stand in {@code benchmarks/peers}. Each is an ordinary
 * small program. Start with {@link dev.asyncio4j.benchmarks.Workloads}.
 */
@NullMarked
package dev.asyncio4j.benchmarks;

import org.jspecify.annotations.NullMarked;
