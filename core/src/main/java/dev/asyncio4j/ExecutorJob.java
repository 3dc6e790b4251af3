package dev.asyncio4j;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way through an executor, and the loop's future that waits for it (EXE-2).
 *
 * <p><b>Threads.</b> {@link #run} on the executor's, the rest on the loop's; {@code state} settles whether the job began
 * before it was cancelled.
 */
final class ExecutorJob<T extends @Nullable Object> extends ReadyEntry implements Runnable {

    private static final int QUEUED = 0;
    private static final int BEGUN = 1;
    private static final int CANCELLED = 2;

    private final Future<T> future;
    private final Callable<T> job;
    private final long number;
    private final AtomicInteger state = new AtomicInteger(QUEUED);

    /** The outcome. Written by the executor's thread before it hands this to the loop. */
    private @Nullable T value;

    private @Nullable Throwable failure;

    private ExecutorJob(Future<T> future, Callable<T> job) {
        this.future = future;
        this.number = future.loop.nextJobNumber();
        this.job = Objects.requireNonNull(job, "job");
    }

    static <T extends @Nullable Object> Future<T> start(BaseEventLoop loop, Executor executor, Callable<T> body) {
        Future<T> future = loop.createFuture("a job in an executor");
        var job = new ExecutorJob<>(future, body);
        executor.execute(job);
        loop.outsideJobBegan();
        future.whenDone(job.new Withdrawal());
        return future;
    }

    @Override
    public void run() {
        if (!state.compareAndSet(QUEUED, BEGUN)) {
            return;
        }
        try {
            value = job.call();
        } catch (Throwable e) {
            failure = e;
        }
        future.loop.queueFromOutside(this);
    }

    @Override
    long arrivalNumber() {
        return number;
    }

    /** On the loop: the outcome has come. Dropped if the future was cancelled meanwhile. */
    @Override
    @SuppressWarnings("NullAway") // value may be null where T may
    void runReady() {
        if (future.done()) {
            return;
        }
        Throwable failed = failure;
        if (failed == null) {
            future.setResult(value);
        } else if (failed instanceof CancelledError) {
            future.cancel(failed.getMessage());
        } else {
            future.setException(failed);
        }
    }

    /** Keeps a job from beginning once its future was cancelled. */
    private final class Withdrawal extends ReadyEntry {
        @Override
        void runReady() {
            future.loop.outsideJobEnded();
            if (future.cancelled()) {
                state.compareAndSet(QUEUED, CANCELLED);
            }
        }
    }
}
