package dev.asyncio4j.spi;

/**
 * A monotonic source of time for one event loop.
 *
 * <p><b>Threads.</b> Read by the loop's thread; an implementation that is shared must be safe for that.
 */
@FunctionalInterface
public interface Clock {

    /** The clock of the machine. */
    Clock SYSTEM = System::nanoTime;

    /**
     * Returns the time now.
     *
     * @return nanoseconds since an arbitrary origin; never less than an earlier answer
     */
    long nanoTime();
}
