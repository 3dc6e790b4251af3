/** What a single operation costs, measured by JMH. Start with {@link dev.asyncio4j.benchmarks.jmh.SuspendResume}. */
@NullMarked
package dev.asyncio4j.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
