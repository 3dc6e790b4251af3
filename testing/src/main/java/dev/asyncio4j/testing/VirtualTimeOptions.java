package dev.asyncio4j.testing;

import dev.asyncio4j.LoopOptions;
import dev.asyncio4j.spi.Clock;
import dev.asyncio4j.spi.IoDriver;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to run a program in virtual time. Immutable; each method returns changed options.
 *
 * @param standstillLimit the real time that the clock may stand still while something outside is waited for
 * @param runLimit the real time that the whole run may take; it ends a test in which a heartbeat goes on for ever
 * @param allowsPendingTasks whether tasks may be pending when the program has ended; they are cancelled
 * @param seed decides on what asyncio leaves unordered, or null to leave it to the machine
 * @param driver what the loop waits in, or null for the best that is there
 * @param runtime {@code auto}, {@code native} or {@code portable}, or null for what the process prefers
 */
public record VirtualTimeOptions(
        Duration standstillLimit,
        Duration runLimit,
        boolean allowsPendingTasks,
        @Nullable Long seed,
        @Nullable IoDriver driver,
        @Nullable String runtime) {

    /** Five seconds of standstill, a minute in all, no pending tasks, no seed, the best driver, the preferred runtime. */
    public static final VirtualTimeOptions DEFAULT =
            new VirtualTimeOptions(Duration.ofSeconds(5), Duration.ofMinutes(1), false, null, null, null);

    /**
     * Makes options.
     *
     * @throws IllegalArgumentException if a limit is not positive
     */
    public VirtualTimeOptions {
        requirePositive(standstillLimit, "standstillLimit");
        requirePositive(runLimit, "runLimit");
    }

    private static void requirePositive(Duration limit, String name) {
        if (!Objects.requireNonNull(limit, name).isPositive()) {
            throw new IllegalArgumentException(name + " must be positive and is " + limit);
        }
    }

    /**
     * Changes how long the clock may stand still.
     *
     * @param limit real time
     * @return changed options
     */
    public VirtualTimeOptions withStandstillLimit(Duration limit) {
        return new VirtualTimeOptions(limit, runLimit, allowsPendingTasks, seed, driver, runtime);
    }

    /**
     * Changes how long the whole run may take.
     *
     * @param limit real time
     * @return changed options
     */
    public VirtualTimeOptions withRunLimit(Duration limit) {
        return new VirtualTimeOptions(standstillLimit, limit, allowsPendingTasks, seed, driver, runtime);
    }

    /**
     * Decides whether tasks may be pending when the program has ended.
     *
     * @param allowed true to cancel them silently, as {@code Asyncio.run} does
     * @return changed options
     */
    public VirtualTimeOptions withPendingTasksAllowed(boolean allowed) {
        return new VirtualTimeOptions(standstillLimit, runLimit, allowed, seed, driver, runtime);
    }

    /**
     * Has a seed decide on what asyncio leaves unordered: the default executor's jobs run one at a time, in an order of the
     * seed's, while the loop waits; tasks that calls of the JDK wake together go on in such an order.
     *
     * <p>The same seed gives the same run, unless something outside takes part that is no such job, or a job waits for
     * longer than a tenth of a second or computes for longer than two.
     *
     * @param newSeed any number
     * @return changed options
     */
    public VirtualTimeOptions withSeed(long newSeed) {
        return new VirtualTimeOptions(standstillLimit, runLimit, allowsPendingTasks, newSeed, driver, runtime);
    }

    /**
     * Changes the driver.
     *
     * @param newDriver what the loop waits in; it serves one run
     * @return changed options
     */
    public VirtualTimeOptions withDriver(IoDriver newDriver) {
        return new VirtualTimeOptions(standstillLimit, runLimit, allowsPendingTasks, seed, newDriver, runtime);
    }

    /**
     * Changes the runtime.
     *
     * @param newRuntime {@code auto}, {@code native} or {@code portable}
     * @return changed options
     */
    public VirtualTimeOptions withRuntime(String newRuntime) {
        return new VirtualTimeOptions(standstillLimit, runLimit, allowsPendingTasks, seed, driver, newRuntime);
    }

    LoopOptions loopOptions(Clock clock) {
        return new LoopOptions(clock, driver, runtime, seed == null ? null : Seed.random(seed));
    }
}
