package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A virtual thread cannot carry a loop; run gives the loop a thread of its own and has the caller wait. */
class RunFromVirtualThreadTest {

    private static final long LIMIT_SECONDS = 60;
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void run_onAVirtualThread_returnsWhatTheCoroutineReturns() throws Exception {
        assertThat(onVirtualThread(() -> Asyncio.run(() -> Asyncio.sleep(Duration.ofMillis(1), "the value"))))
                .isEqualTo("the value");
    }

    @Test
    void run_onAVirtualThread_throwsWhatTheCoroutineThrows() throws Exception {
        Throwable thrown = onVirtualThread(() -> catchThrowable(() -> Asyncio.run(() -> {
            throw new IOException("the failure");
        })));

        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("the failure");
    }

    @Test
    void run_onAVirtualThread_seesTheCallersContext() throws Exception {
        var variable = new ContextVar<String>("variable");

        String seen = onVirtualThread(() -> {
            variable.set("the caller's");
            return Asyncio.run(() -> variable.get());
        });

        assertThat(seen).isEqualTo("the caller's");
    }

    @Test
    void interrupt_ofAVirtualThreadThatRuns_cancelsTheCoroutine() throws Exception {
        var begun = new CountDownLatch(1);
        var trail = new ArrayList<String>();
        var run = new FutureTask<>(() -> catchThrowable(() -> Asyncio.run(() -> {
            try {
                begun.countDown();
                Asyncio.sleep(LONG);
            } catch (CancelledError e) {
                trail.add(e.getMessage());
                throw e;
            }
        })));
        var thread = Thread.startVirtualThread(run);
        begun.await();
        thread.interrupt();

        assertThat(run.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isInstanceOf(CancelledError.class);
        assertThat(trail).singleElement().asString().contains("interrupted");
    }

    @Test
    void interrupt_beforeAVirtualThreadRuns_cancelsTheCoroutine() throws Exception {
        Throwable thrown = onVirtualThread(() -> {
            Thread.currentThread().interrupt();
            return catchThrowable(() -> Asyncio.run(() -> Asyncio.sleep(LONG)));
        });

        assertThat(thrown).isInstanceOf(CancelledError.class);
    }

    @Test
    void close_onAVirtualThread_unwindsTheLoopsTasks() throws Exception {
        var trail = new ArrayList<String>();
        EventLoop loop = Scene.play(() -> {
            EventLoop made = Asyncio.newEventLoop();
            made.createTask(() -> {
                try {
                    Asyncio.sleep(LONG);
                } finally {
                    trail.add("unwound");
                }
            });
            made.stop();
            made.runForever();
            return made;
        });

        onVirtualThread(() -> {
            loop.close();
            return true;
        });

        assertThat(trail).containsExactly("unwound");
    }

    @Test
    void runForever_onAVirtualThread_saysThatThisCannotBe() throws Exception {
        Throwable thrown = onVirtualThread(() -> {
            try (var loop = Asyncio.newEventLoop()) {
                return catchThrowable(loop::runForever);
            }
        });

        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("platform thread");
    }

    private static <T> T onVirtualThread(Callable<T> body) throws Exception {
        var outcome = new FutureTask<>(body);
        Thread.startVirtualThread(outcome);
        return outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
