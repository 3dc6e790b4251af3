/** Lock, Event, Condition, Semaphore, Barrier. */
package dev.asyncio4j.sync;
