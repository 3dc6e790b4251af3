package dev.asyncio4j.testing;

import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.spi.IoDriver;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * An event loop whose clock starts at zero and jumps to the next timer when nothing can run.
 *
 * <p>While something outside is under way the clock stands still and the loop waits in real time: an executor's job, a task
 * that is blocked in a call of the JDK (native runtime), an operation of the driver, such as a real connection that is
 * open, or a {@link ClockHold}.
 *
 * <p><b>Order.</b> That of every loop; it does not depend on the speed of the machine as long as nothing outside takes part.
 *
 * <p><b>Errors.</b> A run call throws {@link DeadlockError} when nothing can ever run again, and {@link StandstillError}
 * when a limit on real time is exceeded. It can be called again afterwards, as {@code Runner.close} does to end what hangs.
 * What reaches the {@linkplain #defaultExceptionHandler default exception handler} is kept, not logged.
 *
 * <p>{@link VirtualTime#run} makes a loop, runs a program in it and checks what is left; few tests need more.
 */
public final class VirtualTimeLoop extends BaseEventLoop {

    /*
     * Everything happens in poll(), where the loop has nothing left to run unless it asks not to wait at all. The driver is
     * always asked first, so that bytes that have arrived count as something that can run. Then, in this order: whoever
     * waits for quiet is told; what is outside is waited for; the clock jumps; there is a deadlock.
     *
     * The wait for the outside is a real one, in the driver: whatever hands something in wakes it. A wait that ends without
     * anything to run goes on in the next iteration, on the same limit.
     *
     * The errors leave through the run call: an exception would be taken for the driver's and reported.
     */

    private final VirtualClock virtualClock;
    private final VirtualTimeOptions options;
    private final RealTimeLimit standstill;
    private final RealTimeLimit run;

    /** The default executor where there is a seed. */
    private final @Nullable SeededExecutor jobs;

    /** Written by any thread. */
    private final ConcurrentLinkedQueue<ClockHold> holds = new ConcurrentLinkedQueue<>();

    /** Written by the loop's thread, and by the one that closes the loop. */
    private final ConcurrentLinkedQueue<ExceptionContext> unhandled = new ConcurrentLinkedQueue<>();

    /** Done when nothing can run. Loop thread only. */
    private @Nullable Future<Boolean> quiet;

    /** Makes a loop with default options. */
    public VirtualTimeLoop() {
        this(VirtualTimeOptions.DEFAULT);
    }

    /**
     * Makes a loop.
     *
     * @param options limits, driver and runtime
     */
    public VirtualTimeLoop(VirtualTimeOptions options) {
        this(options, new VirtualClock());
    }

    private VirtualTimeLoop(VirtualTimeOptions options, VirtualClock clock) {
        super(options.loopOptions(clock));
        this.virtualClock = clock;
        this.options = options;
        this.standstill = new RealTimeLimit(options.standstillLimit());
        this.run = new RealTimeLimit(options.runLimit());
        Long seed = options.seed();
        this.jobs = seed == null ? null : new SeededExecutor(Seed.random(seed));
        if (jobs != null) {
            setDefaultExecutor(jobs);
        }
    }

    /**
     * Moves the clock on without giving anything a turn, as if the caller had computed for that long.
     *
     * @param time how far; zero or more
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a clock cannot go back by " + time.negated());
        }
        virtualClock.advance(time.toNanos());
    }

    /**
     * Lets everything run that can run now, until all other tasks wait; the clock does not move.
     *
     * <p>Suspends. What is under way outside is not waited for.
     */
    public void settle() {
        Future<Boolean> waiting = quiet;
        if (waiting == null || waiting.done()) {
            waiting = createFuture("all others to wait");
            quiet = waiting;
        }
        waiting.await();
    }

    /**
     * Keeps the clock where it is while something is under way that the loop cannot know of, such as a thread of the test's
     * own that is going to call in.
     *
     * <p><b>Threads.</b> Any.
     *
     * @param reason what is waited for, to be named if it takes too long
     * @return to be closed when it has happened
     */
    public ClockHold holdClock(String reason) {
        var hold = new ClockHold(this, reason);
        holds.add(hold);
        return hold;
    }

    void release(ClockHold hold) {
        if (holds.remove(hold) && !isClosed()) {
            ioDriver().wakeup();
        }
    }

    // ---- what the loop does when nothing can run

    @Override
    protected void poll(long timeoutNanos) {
        checkRunLimit();
        if (jobs != null) {
            jobs.runPending();
        }
        super.poll(0);
        long now = timeoutNanos == 0 || hasReady() ? 0 : pollTimeout();
        if (now == 0) {
            standstill.end();
        } else {
            idle(now);
        }
    }

    private void checkRunLimit() {
        run.begin();
        if (run.remainingNanos() <= 0) {
            run.end();
            throw new StandstillError("the run took longer than " + run.limit() + " of real time; its clock shows "
                    + time() + "\n" + report());
        }
    }

    private void idle(long timeoutNanos) {
        if (toldWhoWaitsForQuiet()) {
            return;
        }
        if (hasWorkOutside()) {
            waitOutside();
        } else if (timeoutNanos == IoDriver.FOREVER) {
            throw new DeadlockError(
                    "deadlock: nothing can run, no timer is set, and nothing is under way outside\n" + report());
        } else {
            standstill.end();
            virtualClock.advance(timeoutNanos);
        }
    }

    private boolean toldWhoWaitsForQuiet() {
        Future<Boolean> waiting = quiet;
        quiet = null;
        if (waiting == null || waiting.done()) {
            return false;
        }
        waiting.setResult(true);
        return true;
    }

    private void waitOutside() {
        standstill.begin();
        long left = standstill.remainingNanos();
        if (left <= 0) {
            standstill.end();
            throw new StandstillError("the clock stood still at " + time() + " for " + standstill.limit()
                    + " of real time, waiting for the outside\n" + report() + advice());
        }
        super.poll(left);
        if (hasReady()) {
            standstill.end();
        }
    }

    private String report() {
        return new WaitReport(allTasks(), blockedTasks(), List.copyOf(holds), workOutside()).text();
    }

    /** Most who wait for a real socket here did not mean to. */
    private String advice() {
        return ioDriver().outstanding().isEmpty()
                ? ""
                : "\na real socket needs real time: under virtual time a program gets its connections from MemoryNetwork";
    }

    /** Adds the holds to what every loop counts. */
    @Override
    protected boolean hasWorkOutside() {
        return !holds.isEmpty() || super.hasWorkOutside();
    }

    /** Waits in real time, and no longer than the clock may stand still; what still runs then is interrupted. */
    @Override
    public void shutdownDefaultExecutor(Duration timeout) {
        Duration limit = options.standstillLimit().dividedBy(2);
        super.shutdownDefaultExecutor(timeout.compareTo(limit) < 0 ? timeout : limit);
    }

    // ---- what the checks look at

    /** Keeps what happened, for {@link #unhandled}. */
    @Override
    public void defaultExceptionHandler(ExceptionContext context) {
        unhandled.add(context);
    }

    /**
     * Returns what was reported and reached no other exception handler.
     *
     * <p><b>Threads.</b> Any.
     *
     * @return a snapshot, the first first
     */
    public List<ExceptionContext> unhandled() {
        return List.copyOf(unhandled);
    }

    /** Fails if tasks are pending besides the caller. */
    void checkNothingPending(Task<?> caller) {
        settle();
        Set<Task<?>> pending = new LinkedHashSet<>(allTasks());
        pending.remove(caller);
        if (!pending.isEmpty()) {
            var report = new WaitReport(pending, blockedTasks(), List.copyOf(holds), List.of());
            throw new PendingTasksError(
                    "the program has ended and tasks are pending: await or cancel them, or allow it\n" + report.text());
        }
    }
}
