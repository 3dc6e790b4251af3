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
        ready.clear();
        long deadline = Clock.SYSTEM.nanoTime() + PATIENCE_NANOS;
        for (int round = 0; round < ROUNDS && !loop.tasks().isEmpty(); round++) {
            loop.tasks().all().forEach(Unwinder::resume);
            boolean blocked = awaitBlocked(ready, inbox);
            if (blocked && Clock.SYSTEM.nanoTime() - deadline > 0) {
                break;
            }
        }
        report(loop.tasks().all());
    }

    private static void resume(Task<?> task) {
        Stepper<?> stepper = task.stepper();
        Fiber fiber = stepper.fiber();
        if (fiber == null) {
            stepper.cancel("the event loop was closed before the task had begun", null);
            stepper.runReady();
        } else if (fiber.isWaiting()) {
            stepper.runReady();
        } else {
            stepper.interruptForClose();
        }
    }

    /** Runs what interrupted calls have made ready; tells whether some are blocked still. */
    private boolean awaitBlocked(ReadyQueue<ReadyEntry> ready, Inbox<ReadyEntry> inbox) {
        boolean blocked = !loop.blockedTasks().isEmpty();
        if (blocked && inbox.isEmpty()) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        inbox.drainTo(entry -> {
            if (!(entry instanceof Handle)) {
                entry.runReady();
            }
        });
        ready.clear();
        return blocked;
    }

    private void report(Set<Task<?>> left) {
        for (Task<?> task : left) {
            loop.defaultExceptionHandler(ExceptionContext.of("a task did not end when the event loop was closed: "
                            + "it goes on waiting or blocks in a call that no interrupt ends")
                    .with(ExceptionContext.TASK, task));
        }
    }
}
