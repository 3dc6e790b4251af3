package dev.asyncio4j.tests.behaviour.storm;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.currentTask;
import static dev.asyncio4j.Asyncio.shield;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.timeout;
import static dev.asyncio4j.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.Barrier;
import dev.asyncio4j.sync.BrokenBarrierException;
import dev.asyncio4j.sync.Condition;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import dev.asyncio4j.sync.Queue;
import dev.asyncio4j.sync.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Many tasks that wait in every way there is, while one task cancels them at random.
 *
 * <p>Books are kept: every request to cancel is delivered to the task it was for, every item that went into a queue comes
 * out once, every permit and lock is free at the end.
 */
final class CancelStorm {

    private static final int PERMITS = 50;
    private static final int CAPACITY = 100;

    /** What the books say at the end. */
    record Outcome(
            long accepted, long delivered, long itemsIn, long itemsOut, int permits, boolean locked, int tasksLeft) {

        private void assertNothingIsLost() {
            assertThat(delivered).isEqualTo(accepted);
            assertThat(itemsOut).isEqualTo(itemsIn);
            assertThat(permits).isEqualTo(PERMITS);
            assertThat(locked).isFalse();
            assertThat(tasksLeft).isZero();
        }
    }

    private final SplittableRandom random;

    /** How long a wait lasts that nothing ends; twenty times as long for the queue and the barrier. */
    private final Duration instant;

    private final Duration soon;
    private final Lock lock = new Lock();
    private final Semaphore semaphore = new Semaphore(PERMITS);
    private final Queue<Integer> queue = new Queue<>(CAPACITY);
    private final Condition condition = new Condition();
    private final Event never = new Event();
    private final Barrier barrier = new Barrier(7);
    private long itemsIn;
    private long itemsOut;
    private long accepted;
    private long delivered;
    private boolean over;

    private CancelStorm(long seed, Duration instant) {
        this.random = new SplittableRandom(seed);
        this.instant = instant;
        this.soon = instant.multipliedBy(20);
    }

    /** A storm of twenty thousand cancels; as {@link #run(long, int, int, Duration)}. */
    static String small(long seed) {
        return run(seed, 2_000, 20_000, Duration.ofMillis(1));
    }

    /** Runs a storm in a loop of its own, checks the books, and returns a line with the figures. */
    static String run(long seed, int tasks, int cancels, Duration instant) {
        long begin = System.nanoTime();
        var storm = new CancelStorm(seed, instant);
        Outcome outcome = Asyncio.run(() -> storm.run(tasks, cancels));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        outcome.assertNothingIsLost();
        return "cancel storm: %,d cancels over %,d tasks in %,d ms: %s"
                .formatted(cancels, tasks, took.toMillis(), outcome);
    }

    private Outcome run(int tasks, int cancels) {
        var workers = new ArrayList<Task<?>>(tasks);
        for (int i = 0; i < tasks; i++) {
            workers.add(createTask(this::work));
        }
        sleep(Duration.ZERO);
        cancelAtRandom(workers, cancels);
        over = true;
        workers.forEach(this::cancelCounted);
        for (Task<?> worker : workers) {
            worker.await();
        }
        awaitShielded();
        itemsOut += queue.qsize();
        return new Outcome(
                accepted,
                delivered,
                itemsIn,
                itemsOut,
                semaphore.statistics().value(),
                lock.locked() || condition.locked(),
                Asyncio.allTasks().size() - 1);
    }

    private void cancelAtRandom(List<Task<?>> workers, int cancels) {
        int stride = Math.max(64, workers.size() / 10);
        for (int i = 0; i < cancels; i++) {
            cancelCounted(workers.get(random.nextInt(workers.size())));
            if (i % stride == 0) {
                sleep(Duration.ZERO);
            }
        }
    }

    /** What is left are the shielded sleeps, which nobody has cancelled. */
    private static void awaitShielded() {
        var left = new HashSet<>(Asyncio.allTasks());
        left.remove(currentTask().orElseThrow());
        left.forEach(Task::await);
    }

    private void cancelCounted(Task<?> worker) {
        if (worker.cancel()) {
            accepted++;
        }
    }

    /** Takes every request that has reached it back, and counts it. */
    private void work() {
        while (!over) {
            try {
                step(random.nextInt(11));
            } catch (CancelledError e) {
                settle();
            }
        }
        takeWhatIsPending();
    }

    private void takeWhatIsPending() {
        while (currentTask().orElseThrow().cancelling() > 0) {
            try {
                sleep(Duration.ZERO);
            } catch (CancelledError e) {
                settle();
            }
        }
    }

    private void settle() {
        Task<?> self = currentTask().orElseThrow();
        while (self.cancelling() > 0) {
            self.uncancel();
            delivered++;
        }
    }

    private void step(int kind) {
        switch (kind) {
            case 0 -> sleep(instant);
            case 1 -> holdLock();
            case 2 -> holdPermit();
            case 3 -> put();
            case 4 -> take();
            case 5 -> awaitCondition();
            case 6 -> expectTimeout(() -> waitFor(() -> never.await(), instant));
            case 7 -> expectTimeout(() -> timeout(instant, () -> never.await()));
            case 8 -> runGroup();
            case 9 -> shield(createTask(() -> sleep(instant)));
            default -> meet();
        }
    }

    private void holdLock() {
        try (var _ = lock.acquire()) {
            sleep(Duration.ZERO);
        }
    }

    private void holdPermit() {
        try (var _ = semaphore.acquire()) {
            sleep(instant);
        }
    }

    private void put() {
        expectTimeout(() -> timeout(soon, () -> {
            queue.put(1);
            itemsIn++;
        }));
    }

    private void take() {
        expectTimeout(() -> timeout(soon, () -> {
            queue.get();
            itemsOut++;
        }));
    }

    private void awaitCondition() {
        try (var _ = condition.acquire()) {
            condition.signal();
            expectTimeout(() -> timeout(instant, condition::await));
        }
    }

    private void runGroup() {
        try {
            TaskGroup.run(group -> {
                group.createTask(() -> sleep(instant));
                group.createTask(() -> {
                    sleep(Duration.ZERO);
                    throw new IllegalStateException("one of them fails");
                });
            });
        } catch (ExceptionGroup e) {
            e.handle(IllegalStateException.class, _ -> {});
        }
    }

    private void meet() {
        try {
            expectTimeout(() -> timeout(soon, () -> {
                barrier.await();
            }));
        } catch (BrokenBarrierException e) {
            barrier.reset();
        }
    }

    private static void expectTimeout(Runnable body) {
        try {
            body.run();
        } catch (TimeoutException e) {
            // That is what the limit is for.
        }
    }
}
