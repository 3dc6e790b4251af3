package dev.asyncio4j.spi;

import java.util.List;
import java.util.Optional;

/**
 * What an event loop waits in: the outside world of one loop.
 *
 * <p>In each iteration the loop calls {@link #poll} once, and {@link #afterBatch} when the batch has run. The driver
 * handles what is ready inside {@code poll}: it completes futures and schedules callbacks of its loop there, and these
 * run in the batch that follows.
 *
 * <p><b>Threads.</b> Every method but {@link #wakeup} is called by the loop's own thread, never from within a coroutine.
 *
 * <p><b>Errors.</b> No method may throw; a driver reports its failures to those who wait for it.
 */
public interface IoDriver extends AutoCloseable {

    /** The timeout that means: until something is ready or {@link #wakeup} is called. */
    long FOREVER = -1;

    /**
     * Waits until something is ready, the time is over or {@link #wakeup} is called, and handles all that is ready.
     *
     * @param timeoutNanos the longest time to wait in nanoseconds; 0 not to wait at all; {@link #FOREVER} for no limit
     */
    void poll(long timeoutNanos);

    /**
     * Makes the {@link #poll} under way return, or the next one if none is.
     *
     * <p><b>Threads.</b> Any. Does not block.
     */
    void wakeup();

    /** Carries out what coroutines handed over since the last call, such as pending writes. */
    default void afterBatch() {}

    /**
     * Tells whether something outside may still wake this loop.
     *
     * @return true while an operation is under way, such as a connect; listening alone does not count
     */
    default boolean hasOutstanding() {
        return false;
    }

    /**
     * Names what {@link #hasOutstanding} counts, for the report of a test that took too long.
     *
     * @return a phrase for each operation that is under way; by default one for all of them
     */
    default List<String> outstanding() {
        return hasOutstanding()
                ? List.of("an open connection, a datagram socket or another operation of the "
                        + getClass().getSimpleName())
                : List.of();
    }

    /**
     * Finds the driver of a given kind behind wrappers.
     *
     * @param <D> the kind of driver
     * @param kind the kind of driver asked for
     * @return this driver or the one it wraps, or empty
     */
    default <D extends IoDriver> Optional<D> unwrap(Class<D> kind) {
        return kind.isInstance(this) ? Optional.of(kind.cast(this)) : Optional.empty();
    }

    /** Releases everything the driver holds. Called once, when the loop is closed. */
    @Override
    void close();
}
