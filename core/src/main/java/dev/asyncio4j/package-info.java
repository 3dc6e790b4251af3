/** The front door: run, tasks, futures, and the words of asyncio. */
package dev.asyncio4j;
