package dev.asyncio4j;

import dev.asyncio4j.spi.Clock;
import dev.asyncio4j.spi.IoDriver;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BaseEventLoop} is made of. Immutable; each method returns changed options.
 *
 * @param clock where the loop gets the time from
 * @param driver what the loop waits in, or null for the best that is there; a driver serves one loop
 * @param runtime {@code auto}, {@code native} or {@code portable}, or null for what the process prefers
 * @param arrivals shuffles what has no order of its own, or null to leave it as it came
 */
public record LoopOptions(
        Clock clock,
        @Nullable IoDriver driver,
        @Nullable String runtime,
        @Nullable RandomGenerator arrivals) {

    /** The machine's clock, the best driver, the preferred runtime. */
    public static final LoopOptions DEFAULT = new LoopOptions(Clock.SYSTEM, null, null, null);

    /**
     * Changes the clock.
     *
     * @param newClock where the loop gets the time from
     * @return changed options
     */
    public LoopOptions withClock(Clock newClock) {
        return new LoopOptions(newClock, driver, runtime, arrivals);
    }

    /**
     * Changes the driver.
     *
     * @param newDriver what the loop waits in; it will be closed with the loop
     * @return changed options
     */
    public LoopOptions withDriver(IoDriver newDriver) {
        return new LoopOptions(clock, newDriver, runtime, arrivals);
    }

    /**
     * Changes the runtime.
     *
     * @param newRuntime {@code auto}, {@code native} or {@code portable}
     * @return changed options
     */
    public LoopOptions withRuntime(String newRuntime) {
        return new LoopOptions(clock, driver, newRuntime, arrivals);
    }

    /**
     * Has the loop shuffle what arrives together and has no order of its own: ends of executor jobs, and tasks that calls of
     * the JDK have woken. Everything else keeps its order.
     *
     * @param random decides on the order
     * @return changed options
     */
    public LoopOptions withArrivals(RandomGenerator random) {
        return new LoopOptions(clock, driver, runtime, random);
    }
}
