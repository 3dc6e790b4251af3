package dev.asyncio4j.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the jobs of a loop one at a time, in an order that a seed chooses, while the loop waits.
 *
 * <p><b>Threads.</b> {@link #runPending} loop thread only; the rest from any.
 */
final class SeededExecutor extends AbstractExecutorService {

    /*
     * Jobs on real threads end in whatever order the machine likes, and so would the run. So a job begins only when the loop
     * polls, and the next one when it has ended: what a job does, and the order in which their ends reach the loop, depend on
     * the seed alone.
     *
     * A job may wait for another one or for the loop. One that has done nothing but wait for a moment of real time goes on
     * beside the others, and from there on the machine has its say. One that computes, or has not been given a processor
     * yet, gets more time, for a busy machine must not change the run.
     */

    private static final Duration PATIENCE_WHILE_WAITING = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final RandomGenerator random;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("asyncio-seeded-", 0).factory());

    /** Written by any thread, emptied by the loop's. */
    private final ConcurrentLinkedQueue<Runnable> submitted = new ConcurrentLinkedQueue<>();

    /** Loop thread only. */
    private final List<Runnable> pending = new ArrayList<>();

    SeededExecutor(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public void execute(Runnable job) {
        submitted.add(job);
    }

    /** Runs every job that was submitted, in an order of chance, and waits for each a moment. */
    void runPending() {
        takeSubmitted();
        while (!pending.isEmpty()) {
            Runnable chosen = pending.remove(random.nextInt(pending.size()));
            var running = new Running(chosen, Thread.currentThread());
            threads.execute(running);
            running.awaitEnd();
            takeSubmitted();
        }
    }

    private void takeSubmitted() {
        for (Runnable job = submitted.poll(); job != null; job = submitted.poll()) {
            pending.add(job);
        }
    }

    private static final class Running implements Runnable {

        private final Runnable job;
        private final Thread waiter;

        /** Written by the job's thread, read by the waiter. */
        private volatile @Nullable Thread worker;

        /** Set by the job's thread, read by the waiter. */
        private volatile boolean ended;

        Running(Runnable job, Thread waiter) {
            this.job = job;
            this.waiter = waiter;
        }

        @Override
        public void run() {
            worker = Thread.currentThread();
            try {
                job.run();
            } finally {
                ended = true;
                LockSupport.unpark(waiter);
            }
        }

        void awaitEnd() {
            var whole = new RealTimeLimit(PATIENCE);
            var waiting = new RealTimeLimit(PATIENCE_WHILE_WAITING);
            whole.begin();
            while (!ended && whole.remainingNanos() > 0 && waiting.remainingNanos() > 0) {
                LockSupport.parkNanos(this, LOOK.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                if (waits()) {
                    waiting.begin();
                } else {
                    waiting.end();
                }
            }
        }

        private boolean waits() {
            Thread running = worker;
            return running != null
                    && switch (running.getState()) {
                        case BLOCKED, WAITING, TIMED_WAITING -> true;
                        case NEW, RUNNABLE, TERMINATED -> false;
                    };
        }
    }

    /** What has not begun yet begins at once: the loop ends, and order matters no more. */
    @Override
    public void shutdown() {
        for (Runnable job = submitted.poll(); job != null; job = submitted.poll()) {
            threads.execute(job);
        }
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
