package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.LoopOptions;
import dev.asyncio4j.RunOptions;
import dev.asyncio4j.Task;
import dev.asyncio4j.tests.runtime.BlockingLibrariesTest.Blocking;
import dev.asyncio4j.tests.runtime.BlockingLibrariesTest.Library;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls that block, in the portable runtime: they hold the loop, so nothing can cancel them; a cancel that was asked for
 * meanwhile comes at the next wait, and the call is not interrupted.
 */
@Timeout(120)
class PortableBlockingTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final RunOptions PORTABLE =
            RunOptions.DEFAULT.withLoopFactory(() -> new BaseEventLoop(LoopOptions.DEFAULT.withRuntime("portable")));

    /** What happened, in order; the loop's thread and the one that ends the call write to it. */
    private final ConcurrentLinkedQueue<String> trail = new ConcurrentLinkedQueue<>();

    /** What ends a call from outside. */
    private interface Release {
        void run() throws Exception;
    }

    /** A call blocks; another thread asks for its task to be cancelled, and then has the call end. */
    private void cancelDuring(Coroutine<String, ?> call, Release release) throws Exception {
        Scene.play(() -> Asyncio.run(
                () -> {
                    var loop = Asyncio.getRunningLoop();
                    var blocking = new Blocking<String>(() -> untilCancelled(call), Asyncio::createTask);
                    Thread outside = Thread.ofPlatform().start(() -> {
                        while (!blocking.isBlocked()) {
                            Thread.onSpinWait();
                        }
                        askForCancel(loop, blocking.task());
                        runUnchecked(release);
                    });
                    var cancelled = catchThrowableOfType(CancelledError.class, blocking.task()::await);
                    outside.join();
                    assertThat(cancelled).hasMessage("enough").hasNoCause();
                    return true;
                },
                PORTABLE));
        assertThat(trail).containsExactly("asked for", "ended, flag false", "cancels");
    }

    private String untilCancelled(Coroutine<String, ?> call) {
        try {
            call.run();
        } catch (Throwable e) {
            assertThat(e).isInstanceOf(Exception.class);
        }
        trail.add("ended, flag " + Thread.currentThread().isInterrupted());
        Asyncio.sleep(LONG);
        return "never";
    }

    private static void runUnchecked(Release release) {
        try {
            release.run();
        } catch (Exception e) {
            throw new IllegalStateException("the call was not ended", e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCK", "SOCKET", "HTTP_CLIENT", "JDBC"})
    void cancel_ofATaskInACallThatBlocks_comesAfterTheCall(Library library) throws Exception {
        try (var peer = library.open()) {
            cancelDuring(peer.call(), peer::close);
        }
    }

    @Test
    void cancel_ofATaskInABlockingQueue_comesAfterTheItem() throws Exception {
        var queue = new ArrayBlockingQueue<String>(1);
        cancelDuring(queue::take, () -> queue.put("an item"));
    }

    /** Nobody can end the sleep, so the task itself asks, as another thread does, before it sleeps. */
    @Test
    void cancel_ofATaskInThreadSleep_comesAfterTheSleep() throws Exception {
        Scene.play(() -> Asyncio.run(
                () -> {
                    Coroutine<String, InterruptedException> sleeper = () -> {
                        askForCancel(
                                Asyncio.getRunningLoop(), Asyncio.currentTask().orElseThrow());
                        Thread.sleep(100);
                        return "slept";
                    };
                    Task<String> task = Asyncio.createTask(() -> untilCancelled(sleeper));
                    var cancelled = catchThrowableOfType(CancelledError.class, task::await);
                    assertThat(cancelled).hasMessage("enough").hasNoCause();
                    return true;
                },
                PORTABLE));
        assertThat(trail).containsExactly("asked for", "ended, flag false", "cancels");
    }

    private void askForCancel(EventLoop loop, Task<?> task) {
        loop.callSoonThreadsafe(() -> {
            trail.add("cancels");
            task.cancel("enough");
        });
        trail.add("asked for");
    }
}
