package dev.asyncio4j.interop;

/**
 * Where a {@link Source} puts what it publishes, for one subscriber.
 *
 * @param <T> what is published
 */
@FunctionalInterface
public interface Emitter<T> {

    /**
     * Publishes an item. Suspends until the subscriber has asked for one.
     *
     * <p><b>Cancellation.</b> When the subscriber has cancelled, this throws, then and at every further call.
     *
     * <p><b>Threads.</b> Inside the task that runs the source only.
     *
     * @param item what to publish, not null
     * @throws dev.asyncio4j.CancelledError if the subscriber has cancelled
     */
    void emit(T item);
}
