package dev.asyncio4j;

import dev.asyncio4j.internal.coroutine.Fiber;
import dev.asyncio4j.internal.loop.Inbox;
import dev.asyncio4j.internal.loop.ReadyQueue;
import dev.asyncio4j.spi.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the tasks of a loop that is being closed: every wait of theirs throws, until their stacks are unwound.
 *
 * <p>A task that blocks in the JDK is interrupted. What has not ended within bounds is reported and left.
 */
final class Unwinder {

    /** How often a task may wait again while it is being unwound. */
    private static final int ROUNDS = 1_000;

    /** How long blocking calls of the JDK may take to follow an interrupt. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final BaseEventLoop loop;

    Unwinder(BaseEventLoop loop) {
        this.loop = loop;
    }

    void unwind(ReadyQueue<ReadyEntry> ready, Inbox<ReadyEntry> inbox) {
        runWakeUps(ready);
        loop.blockedCallbacks().forEach(CallbackFiber::interrupt);
        resumeUntilNothingIsLeft(ready, inbox);
        loop.generators().beginUnwinding();
        resumeUntilNothingIsLeft(ready, inbox);
        report(loop.tasks().all());
    }

    private void resumeUntilNothingIsLeft(ReadyQueue<ReadyEntry> ready, Inbox<ReadyEntry> inbox) {
        long deadline = Clock.SYSTEM.nanoTime() + PATIENCE_NANOS;
        int rounds = 0;
        while (isAnythingLeft() && rounds < ROUNDS && Clock.SYSTEM.nanoTime() - deadline < 0) {
            if (resumeAll()) {
                rounds++;
            }
            awaitBlocked(ready, inbox);
        }
    }

    private boolean isAnythingLeft() {
        return !loop.blockedCallbacks().isEmpty() || loop.tasks().anyMatch(stepper -> !stepper.refusesToEnd());
    }

    /** Gives every task a turn; tells whether one of them took it. */
    private boolean resumeAll() {
        boolean resumed = false;
        for (Task<?> task : loop.tasks().all()) {
            resumed |= resume(task);
        }
        return resumed;
    }

    private static boolean resume(Task<?> task) {
        Stepper<?> stepper = task.stepper();
        Fiber fiber = stepper.fiber();
        if (fiber == null) {
            stepper.cancel("the event loop was closed before the task had begun", null);
            stepper.runReady();
            return true;
        }
        if (!fiber.isWaiting()) {
            stepper.interruptForClose();
            return false;
        }
        if (stepper.refusesToEnd()) {
            return false;
        }
        stepper.runReady();
        return true;
    }

    /** Runs what interrupted calls have made ready. */
    private void awaitBlocked(ReadyQueue<ReadyEntry> ready, Inbox<ReadyEntry> inbox) {
        boolean blocked = loop.tasks().anyMatch(Stepper::isBlockedOutside)
                || !loop.blockedCallbacks().isEmpty();
        if (blocked && inbox.isEmpty()) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        inbox.drainTo(entry -> {
            if (!(entry instanceof Handle)) {
                entry.runReady();
            }
        });
        runWakeUps(ready);
    }

    /** Callbacks and timers are dropped (LOOP-9); who was woken in a call of the JDK must go on, or it never will. */
    private static void runWakeUps(ReadyQueue<ReadyEntry> ready) {
        for (ReadyEntry entry = ready.poll(); entry != null; entry = ready.poll()) {
            if (entry.isWakeUp()) {
                entry.runReady();
            }
        }
    }

    private void report(Set<Task<?>> left) {
        for (Task<?> task : left) {
            loop.defaultExceptionHandler(ExceptionContext.of("a task did not end when the event loop was closed: "
                            + "it goes on waiting or blocks in a call that no interrupt ends")
                    .with(ExceptionContext.TASK, task));
        }
    }
}
