package dev.asyncio4j.testing;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program in virtual time, and gives it access to that time.
 *
 * <p>The clock starts at zero and jumps to the next timer when nothing can run: a program that sleeps for a day takes a
 * moment. See {@link VirtualTimeLoop} for when the clock stands still.
 *
 * <p><b>Example.</b>
 *
 * {@snippet class="dev.asyncio4j.tests.behaviour.testing.TestingGuideTest" region="run"}
 */
public final class VirtualTime {

    private VirtualTime() {}

    /**
     * Runs a program in a new {@link VirtualTimeLoop}, and checks what it leaves behind.
     *
     * <p><b>Errors.</b> What the program throws is thrown; what else was found is suppressed in it.
     *
     * @param <T> what the program returns
     * @param <X> what it may throw
     * @param main the program; it becomes the main task
     * @return what the program returned
     * @throws X if the program threw it
     * @throws DeadlockError if nothing could ever run again while the program had not ended
     * @throws StandstillError if a limit on real time was exceeded
     * @throws PendingTasksError if tasks were pending when the program had ended
     * @throws UnhandledError if exceptions reached the loop's default exception handler
     */
    public static <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T, X> main) throws X {
        return run(main, VirtualTimeOptions.DEFAULT);
    }

    /**
     * Runs a program that returns nothing, as {@link #run(Coroutine)} does.
     *
     * @param <X> what the program may throw
     * @param main the program
     * @throws X if the program threw it
     */
    public static <X extends Throwable> void run(Action<X> main) throws X {
        run(main.asCoroutine(), VirtualTimeOptions.DEFAULT);
    }

    /**
     * Runs a program, as {@link #run(Coroutine)} does, with options.
     *
     * @param <T> what the program returns
     * @param <X> what it may throw
     * @param main the program
     * @param options limits, driver and runtime
     * @return what the program returned
     * @throws X if the program threw it
     */
    public static <T extends @Nullable Object, X extends Throwable> T run(
            Coroutine<T, X> main, VirtualTimeOptions options) throws X {
        return new VirtualRun(options).run(main);
    }

    /**
     * Runs a program that returns nothing, as {@link #run(Coroutine)} does, with options.
     *
     * @param <X> what the program may throw
     * @param main the program
     * @param options limits, driver and runtime
     * @throws X if the program threw it
     */
    public static <X extends Throwable> void run(Action<X> main, VirtualTimeOptions options) throws X {
        run(main.asCoroutine(), options);
    }

    /**
     * Runs a program once with each of several seeds, to meet the orders in which it fails.
     *
     * @param count how many seeds to try: zero, one, and so on
     * @param main the program; it runs once a seed, so it makes its own state
     * @throws AssertionError if the program failed with one of them, naming the seed; the failure is the cause
     */
    public static void forSeeds(int count, Action<?> main) {
        for (long seed = 0; seed < count; seed++) {
            runSeed(seed, main);
        }
    }

    private static void runSeed(long seed, Action<?> main) {
        try {
            run(main, VirtualTimeOptions.DEFAULT.withSeed(seed));
        } catch (Throwable e) {
            throw new AssertionError("failed with seed " + seed + "; VirtualTimeOptions.withSeed repeats it", e);
        }
    }

    /**
     * Returns how much virtual time has gone by.
     *
     * @return the time since the loop was made
     * @throws IllegalStateException outside a {@link VirtualTimeLoop}
     */
    public static Duration elapsed() {
        return loop().time();
    }

    /**
     * Moves the clock on without giving anything a turn, as if the caller had computed for that long. To let time pass
     * with everything that happens in it, sleep.
     *
     * @param time how far; zero or more
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException outside a {@link VirtualTimeLoop}
     */
    public static void advance(Duration time) {
        loop().advance(time);
    }

    /**
     * Lets everything run that can run now, until all other tasks wait; the clock does not move.
     *
     * <p>Suspends. What is under way outside is not waited for.
     *
     * @throws IllegalStateException outside a {@link VirtualTimeLoop}
     */
    public static void settle() {
        loop().settle();
    }

    /**
     * Keeps the clock where it is while something is under way that the loop cannot know of, such as a thread of the test's
     * own that is going to call in.
     *
     * @param reason what is waited for, to be named if it takes too long
     * @return to be closed, by any thread, when it has happened
     * @throws IllegalStateException outside a {@link VirtualTimeLoop}
     */
    public static ClockHold holdClock(String reason) {
        return loop().holdClock(reason);
    }

    private static VirtualTimeLoop loop() {
        EventLoop running = Asyncio.getRunningLoop();
        if (running instanceof VirtualTimeLoop virtual) {
            return virtual;
        }
        throw new IllegalStateException("virtual time needs a VirtualTimeLoop and this is a "
                + running.getClass().getSimpleName() + "; use VirtualTime.run or @AsyncioTest");
    }
}
