package dev.asyncio4j.interop;

/**
 * A coroutine that publishes items: what {@link Publishers#publish(Source)} runs for each subscriber, in a task of its own.
 *
 * @param <T> what is published
 */
@FunctionalInterface
public interface Source<T> {

    /**
     * Publishes items until there are no more; may suspend in between.
     *
     * @param emitter where to put them
     * @throws Throwable anything; the subscriber is told
     */
    void run(Emitter<T> emitter) throws Throwable;
}
