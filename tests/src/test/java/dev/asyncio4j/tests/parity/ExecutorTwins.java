package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.interop.Futures;
import dev.asyncio4j.sync.Event;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/** Twins of the scenarios with other threads: {@code executor-…}, {@code threadsafe-…}, {@code wrapped-…}. */
final class ExecutorTwins {

    private ExecutorTwins() {}

    @Twin("executor-after-shutdown-refuses-jobs")
    static void afterShutdown(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            var gate = new CountDownLatch(1);
            List<String> finished = new CopyOnWriteArrayList<>();
            loop.runInExecutor(null, () -> {
                gate.await(5, SECONDS);
                return finished.add("job");
            });
            loop.callSoon(() -> out.print("the loop turns meanwhile"));
            loop.callSoon(gate::countDown);
            loop.shutdownDefaultExecutor(ofSeconds(60));
            out.print("finished:", String.join(", ", finished));
            try {
                loop.runInExecutor(null, () -> "never");
            } catch (IllegalStateException e) {
                out.print("new job:", type(e));
            }
            try {
                toThread(() -> "never");
            } catch (IllegalStateException e) {
                out.print("to_thread:", type(e));
            }
        });
    }

    @Twin("executor-context-is-not-carried-to-thread-is")
    static void contextIsNotCarried(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            var loop = getRunningLoop();
            variable.set("set by main");
            out.print(
                    "run_in_executor sees",
                    loop.runInExecutor(null, variable::get).await());
            out.print("to_thread sees", toThread(() -> seenThenSet(variable, "set in the thread")));
            out.print("to_thread sees again", toThread(() -> seenThenSet(variable, "set in the thread")));
            out.print("main sees", variable.get());
        });
    }

    private static String seenThenSet(ContextVar<String> variable, String value) {
        String seen = variable.get();
        variable.set(value);
        return seen;
    }

    @Twin("executor-queued-job-cancelled-never-runs")
    static void queuedJobCancelled(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            try (var pool = Executors.newSingleThreadExecutor()) {
                var gate = new CountDownLatch(1);
                List<String> ran = new CopyOnWriteArrayList<>();
                var busy = loop.runInExecutor(pool, () -> gate.await(5, SECONDS));
                var queued = loop.runInExecutor(pool, () -> ran.add("queued job"));
                out.print("cancel accepted:", queued.cancel());
                out.print("cancelled at once:", queued.cancelled());
                sleep(ZERO);
                gate.countDown();
                out.print("busy job:", busy.await());
                loop.runInExecutor(pool, () -> ran.add("later job")).await();
                out.print(String.join(", ", ran));
            }
        });
    }

    @Twin("executor-returns-value-or-error")
    static void returnsValueOrError(Trace out) throws InterruptedException {
        run(() -> {
            var loop = getRunningLoop();
            var started = new CountDownLatch(1);
            Object future = loop.runInExecutor(null, () -> {
                started.countDown();
                return null;
            });
            out.print("started before any await:", started.await(5, SECONDS));
            out.print("future:", future instanceof Future<?>);
            ((Future<?>) future).await();
            var other = loop.runInExecutor(null, Thread::currentThread).await();
            out.print("another thread:", other != Thread.currentThread());
            Callable<String> fail = () -> {
                throw new Boom("in the thread");
            };
            try {
                loop.runInExecutor(null, fail).await();
            } catch (Boom e) {
                out.print("error:", type(e), e);
            }
        });
    }

    @Twin("executor-running-job-runs-on-after-cancel")
    static void runningJobRunsOn(Trace out) throws InterruptedException {
        run(() -> {
            var loop = getRunningLoop();
            var running = new CountDownLatch(1);
            var gate = new CountDownLatch(1);
            var finished = new CountDownLatch(1);
            var future = loop.runInExecutor(null, () -> {
                running.countDown();
                gate.await(5, SECONDS);
                finished.countDown();
                return "dropped";
            });
            running.await(5, SECONDS);
            out.print("cancel accepted:", future.cancel());
            try {
                future.await();
            } catch (CancelledError e) {
                out.print("cancelled, job finished:", finished.getCount() == 0);
            }
            gate.countDown();
            out.print("job ran on:", finished.await(5, SECONDS));
        });
    }

    @Twin("executor-shutdown-gives-up-after-its-timeout")
    static void shutdownGivesUp(Trace out) throws InterruptedException {
        run(() -> {
            var loop = getRunningLoop();
            var running = new CountDownLatch(1);
            var gate = new CountDownLatch(1);
            var finished = new CountDownLatch(1);
            loop.runInExecutor(null, () -> {
                running.countDown();
                awaitUninterrupted(gate);
                finished.countDown();
                return null;
            });
            running.await(5, SECONDS);
            loop.shutdownDefaultExecutor(ofMillis(10));
            out.print("given up, job finished:", finished.getCount() == 0);
            gate.countDown();
            out.print("job ends later:", finished.await(5, SECONDS));
        });
    }

    /** Waits as a Python thread does, which nobody can interrupt. */
    private static void awaitUninterrupted(CountDownLatch gate) {
        while (gate.getCount() > 0) {
            try {
                gate.await();
            } catch (InterruptedException _) {
                // the shutdown that has given up asks; this job is one that does not listen
            }
        }
    }

    @Twin("threadsafe-coroutine-cancelled-from-its-thread")
    static void cancelledFromItsThread(Trace out) {
        record Answer(boolean accepted, boolean cancelled) {}

        run(() -> {
            var loop = getRunningLoop();
            var started = new CountDownLatch(1);
            var ended = new Event();
            Callable<Answer> otherThread = () -> {
                var future = runCoroutineThreadsafe(
                        () -> {
                            started.countDown();
                            try {
                                forever();
                                return null;
                            } catch (CancelledError e) {
                                out.print("task: cancelled");
                                ended.set();
                                throw e;
                            }
                        },
                        loop);
                started.await(5, SECONDS);
                return new Answer(future.cancel(true), future.isCancelled());
            };
            Answer answer = loop.runInExecutor(null, otherThread).await();
            ended.await();
            out.print("thread: cancel accepted", answer.accepted(), "cancelled", answer.cancelled());
        });
    }

    @Twin("threadsafe-coroutine-returns-value-to-its-thread")
    static void returnsValueToItsThread(Trace out) throws Exception {
        run(() -> {
            var loop = getRunningLoop();
            toThread(() -> {
                out.print(
                        "value:", runCoroutineThreadsafe(() -> twice(21), loop).get(5, SECONDS));
                try {
                    runCoroutineThreadsafe(() -> twice(null), loop).get(5, SECONDS);
                } catch (ExecutionException e) {
                    out.print("error:", type(e.getCause()), e.getCause());
                }
            });
            out.print("main done");
        });
    }

    private static int twice(Integer value) {
        sleep(ZERO);
        if (value == null) {
            throw new Boom("no value");
        }
        return value * 2;
    }

    @Twin("threadsafe-coroutine-wait-timeout-leaves-the-task")
    static void waitTimeoutLeavesTheTask(Trace out) throws Exception {
        run(() -> {
            var loop = getRunningLoop();
            var gate = new Event();
            toThread(() -> waitTooShort(out, loop, gate));
        });
    }

    private static void waitTooShort(Trace out, EventLoop loop, Event gate) throws Exception {
        var future = runCoroutineThreadsafe(
                () -> {
                    gate.await();
                    return "value in spite of the timeout";
                },
                loop);
        try {
            future.get(10, MILLISECONDS);
        } catch (TimeoutException e) {
            out.print("thread:", type(e));
        }
        out.print("thread: cancelled", future.isCancelled());
        loop.callSoonThreadsafe(gate::set);
        out.print("thread:", future.get(5, SECONDS));
    }

    @Twin("wrapped-future-forwards-both-ways")
    static void wrappedFuture(Trace out) {
        run(() -> {
            var valued = new CompletableFuture<String>();
            var wrapped = Futures.wrapFuture(valued);
            valued.complete("value");
            out.print("done at once:", wrapped.done());
            out.print("later:", wrapped.await());

            var failing = new CompletableFuture<String>();
            wrapped = Futures.wrapFuture(failing);
            failing.completeExceptionally(new Boom("error"));
            try {
                wrapped.await();
            } catch (Boom e) {
                out.print("later:", type(e), e);
            }

            var cancelledByUs = new CompletableFuture<String>();
            Futures.wrapFuture(cancelledByUs).cancel();
            sleep(ZERO);
            out.print("source cancelled:", cancelledByUs.isCancelled());

            var cancelled = new CompletableFuture<String>();
            wrapped = Futures.wrapFuture(cancelled);
            cancelled.cancel(false);
            try {
                wrapped.await();
            } catch (CancelledError e) {
                out.print("wrapped cancelled:", wrapped.cancelled());
            }
            // The compiler refuses to wrap one of ours; ensureFuture is what takes both.
            out.print("same object:", ensureFuture(wrapped) == wrapped);
        });
    }
}
