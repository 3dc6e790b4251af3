package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A virtual thread started inside a coroutine is nobody's coroutine: it runs beside the loop, and outlives it. */
class ThreadsOfCoroutinesTest {

    private static final long LIMIT_SECONDS = 30;

    enum Kind {
        VIRTUAL,
        PLATFORM;

        Thread.Builder builder() {
            return this == VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thread_startedByACoroutine_outlivesTheLoop(Kind kind) throws Exception {
        var loopEnded = new CountDownLatch(1);
        var job = new FutureTask<>(() -> {
            loopEnded.await();
            Thread.sleep(1);
            return "ended";
        });

        Scene.run(() -> kind.builder().start(job));
        loopEnded.countDown();

        assertThat(job.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("ended");
    }

    @ParameterizedTest
    @EnumSource
    void thread_startedByACallback_outlivesTheLoop(Kind kind) throws Exception {
        var loopEnded = new CountDownLatch(1);
        var job = new FutureTask<>(() -> {
            loopEnded.await();
            return "ended";
        });

        Scene.run(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            Future<Boolean> started = loop.createFuture();
            loop.callSoon(() -> {
                kind.builder().start(job);
                started.setResult(true);
            });
            started.await();
        });
        loopEnded.countDown();

        assertThat(job.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("ended");
    }

    @Test
    void grandchild_startedByAChildOfACoroutine_outlivesTheLoop() throws Exception {
        var loopEnded = new CountDownLatch(1);
        var grandchild = new FutureTask<>(() -> {
            loopEnded.await();
            return "ended";
        });

        Scene.run(() -> Thread.startVirtualThread(() -> Thread.startVirtualThread(grandchild)));
        loopEnded.countDown();

        assertThat(grandchild.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("ended");
    }

    @Test
    void child_whileItsCoroutineComputes_runs() throws Exception {
        Scene.run(() -> {
            var ran = new CountDownLatch(1);
            Thread.startVirtualThread(ran::countDown);
            while (ran.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void child_isNoCoroutine() throws Exception {
        var seen = new FutureTask<>(() -> Asyncio.currentTask().isPresent());

        Scene.run(() -> {
            Thread.startVirtualThread(seen);
            while (!seen.isDone()) {
                Asyncio.sleep(Duration.ZERO);
            }
        });

        assertThat(seen.get()).isFalse();
    }

    @Test
    void executorOfVirtualThreads_madeByACoroutine_worksAfterTheLoop() throws Exception {
        try (var executor = Scene.play(() -> Asyncio.run(() -> {
            var made = Executors.newVirtualThreadPerTaskExecutor();
            made.execute(Thread::onSpinWait);
            return made;
        }))) {
            assertThat(executor.submit(() -> "works").get(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("works");
        }
    }
}
