/** What an operation may cost, where that can be counted instead of timed; and the table of benchmarks. */
package dev.asyncio4j.tests.bench;
