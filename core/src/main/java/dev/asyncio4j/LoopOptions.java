package dev.asyncio4j;

import dev.asyncio4j.spi.Clock;
import dev.asyncio4j.spi.IoDriver;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BaseEventLoop} is made of. Immutable; each method returns changed options.
 *
 * @param clock where the loop gets the time from
 * @param driver what the loop waits in, or null for the best that is there; a driver serves one loop
 * @param runtime {@code auto}, {@code native} or {@code portable}, or null for what the process prefers
 */
public record LoopOptions(
        Clock clock, @Nullable IoDriver driver, @Nullable String runtime) {

    /** The machine's clock, the best driver, the preferred runtime. */
    public static final LoopOptions DEFAULT = new LoopOptions(Clock.SYSTEM, null, null);

    /**
     * Changes the clock.
     *
     * @param newClock where the loop gets the time from
     * @return changed options
     */
    public LoopOptions withClock(Clock newClock) {
        return new LoopOptions(newClock, driver, runtime);
    }

    /**
     * Changes the driver.
     *
     * @param newDriver what the loop waits in; it will be closed with the loop
     * @return changed options
     */
    public LoopOptions withDriver(IoDriver newDriver) {
        return new LoopOptions(clock, newDriver, runtime);
    }

    /**
     * Changes the runtime.
     *
     * @param newRuntime {@code auto}, {@code native} or {@code portable}
     * @return changed options
     */
    public LoopOptions withRuntime(String newRuntime) {
        return new LoopOptions(clock, driver, newRuntime);
    }
}
