package dev.asyncio4j;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The executor that jobs go to when none is named: at most min(32, processors + 4) platform threads (EXE-1).
 *
 * <p>Platform threads, since jobs may compute for long: on virtual threads they would starve what the JDK runs there.
 * Made at first use. Loop thread only.
 */
final class DefaultExecutor {

    private static final int MOST_THREADS = 32;
    private static final int SPARE_THREADS = 4;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final BaseEventLoop loop;
    private @Nullable ExecutorService service;
    private boolean shutDown;

    DefaultExecutor(BaseEventLoop loop) {
        this.loop = loop;
    }

    <T extends @Nullable Object> Future<T> submit(Callable<T> job) {
        if (shutDown) {
            throw new IllegalStateException("the default executor has been shut down");
        }
        return ExecutorJob.start(loop, service(), job);
    }

    void replace(ExecutorService replacement) {
        service = replacement;
    }

    private ExecutorService service() {
        ExecutorService made = service;
        if (made == null) {
            made = newPool();
            service = made;
        }
        return made;
    }

    private static ExecutorService newPool() {
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors() + SPARE_THREADS);
        var pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("asyncio-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    void shutdown(Duration timeout) {
        shutDown = true;
        ExecutorService ending = service;
        if (ending == null) {
            return;
        }
        ending.shutdown();
        if (!awaitTermination(ending, timeout)) {
            ending.shutdownNow();
            service = null; // given up: nobody waits for it a second time
            loop.callExceptionHandler(ExceptionContext.of(
                    "the default executor had jobs that did not end within " + timeout + "; they were interrupted"));
        }
    }

    private boolean awaitTermination(ExecutorService ending, Duration timeout) {
        if (ending.isTerminated()) {
            return true;
        }
        Future<Boolean> ended = loop.createFuture("the end of the default executor's jobs");
        loop.outsideJobBegan();
        ended.whenDone(new ReadyEntry() {
            @Override
            void runReady() {
                loop.outsideJobEnded();
            }
        });
        Thread.ofPlatform().daemon().name("asyncio-shutdown").start(() -> {
            boolean terminated = awaitQuietly(ending, timeout);
            loop.queueFromOutside(new ReadyEntry() {
                @Override
                void runReady() {
                    if (!ended.done()) {
                        ended.setResult(terminated);
                    }
                }
            });
        });
        return ended.await();
    }

    private static boolean awaitQuietly(ExecutorService ending, Duration timeout) {
        try {
            return ending.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void shutdownNow() {
        shutDown = true;
        ExecutorService ending = service;
        if (ending != null) {
            ending.shutdown();
        }
    }
}
