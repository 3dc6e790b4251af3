/**
 * Measures asyncio4j beside its peers, in turn. What is measured, and by which programs, stands in the checkout's folder
 * {@code benchmarks}; this only starts them, gives them turns and tells what came out. Start with
 * {@link dev.asyncio4j.cli.bench.Competition}.
 */
package dev.asyncio4j.cli.bench;
