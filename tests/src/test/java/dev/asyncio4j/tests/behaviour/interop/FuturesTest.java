package dev.asyncio4j.tests.behaviour.interop;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.interop.Futures.fromCompletionStage;
import static dev.asyncio4j.interop.Futures.toCompletableFuture;
import static dev.asyncio4j.interop.Futures.wrapFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.interop.Futures;
import dev.asyncio4j.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FuturesTest {

    private static final int PATIENCE_SECONDS = 30;

    private static void turns(int count) {
        for (int i = 0; i < count; i++) {
            sleep(Duration.ZERO);
        }
    }

    // ---- to completable futures

    @Test
    void toCompletableFuture_taskReturns_completesWithItsValue() {
        Asyncio.run(() -> {
            Task<String> task = createTask(() -> "value");
            CompletableFuture<String> view = toCompletableFuture(task);
            assertThat(view).isNotDone();
            turns(3);
            assertThat(view).isCompletedWithValue("value");
        });
    }

    @Test
    void toCompletableFuture_doneFuture_isDoneAtOnce() {
        Asyncio.run(() -> {
            Future<String> done = getRunningLoop().createFuture();
            done.setResult("value");
            assertThat(toCompletableFuture(done)).isCompletedWithValue("value");
        });
    }

    @Test
    void toCompletableFuture_taskFails_completesWithTheSameException() {
        Asyncio.run(() -> {
            var failure = new IOException("broken");
            Task<String> task = createTask(() -> {
                throw failure;
            });
            CompletableFuture<String> view = toCompletableFuture(task);
            turns(3);
            assertThatThrownBy(view::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isSameAs(failure);
        });
    }

    @Test
    void toCompletableFuture_taskCancelled_isCancelledWithTheMessage() {
        Asyncio.run(() -> {
            Task<String> task = createTask(() -> sleep(Duration.ofHours(1), "never"));
            CompletableFuture<String> view = toCompletableFuture(task);
            task.cancel("enough");
            turns(3);
            assertThat(view).isCancelled();
            assertThatThrownBy(view::get)
                    .isInstanceOf(CancellationException.class)
                    .hasStackTraceContaining("enough");
        });
    }

    @Test
    void toCompletableFuture_viewCancelled_cancelsTheTask() {
        Asyncio.run(() -> {
            Task<String> task = createTask(() -> sleep(Duration.ofHours(1), "never"));
            toCompletableFuture(task).cancel(true);
            turns(4);
            assertThat(task.cancelled()).isTrue();
        });
    }

    @Test
    void toCompletableFuture_viewCompletedByHand_leavesTheTaskAlone() {
        Asyncio.run(() -> {
            Task<String> task = createTask(() -> sleep(Duration.ZERO, "own value"));
            CompletableFuture<String> view = toCompletableFuture(task);
            view.complete("another");
            assertThat(task.await()).isEqualTo("own value");
            turns(2);
            assertThat(view).isCompletedWithValue("another");
        });
    }

    @Test
    void toCompletableFuture_dependentActions_runOnTheLoopsThread() {
        Asyncio.run(() -> {
            CompletableFuture<Boolean> onLoop =
                    toCompletableFuture(createTask(() -> "x")).thenApply(_ -> getRunningLoop() != null);
            turns(3);
            assertThat(onLoop).isCompletedWithValue(true);
        });
    }

    @Test
    void toCompletableFuture_waitedForByAThread_givesTheValueThere() throws Exception {
        Asyncio.run(() -> {
            var view = toCompletableFuture(createTask(() -> sleep(Duration.ZERO, "value")));
            assertThat(Asyncio.toThread(() -> view.get(PATIENCE_SECONDS, TimeUnit.SECONDS)))
                    .isEqualTo("value");
        });
    }

    @Test
    void toCompletableFuture_futureOfAnotherLoop_isRefused() {
        var other = Asyncio.newEventLoop();
        Future<String> foreign = other.createFuture();
        Asyncio.run(() -> assertThatThrownBy(() -> toCompletableFuture(foreign))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another event loop"));
        other.close();
    }

    // ---- from completion stages

    @Test
    void await_stageCompletedByAnotherThread_givesItsValue() {
        Asyncio.run(() -> {
            var stage = CompletableFuture.supplyAsync(() -> "value");
            assertThat(Futures.<String>await(stage)).isEqualTo("value");
        });
    }

    @Test
    void await_doneStage_doesNotSuspend() {
        Asyncio.run(() -> {
            String value = Asyncio.atomically(() -> Futures.<String>await(CompletableFuture.completedStage("value")));
            assertThat(value).isEqualTo("value");
        });
    }

    @Test
    void await_stageWithNull_givesNull() {
        Asyncio.run(() -> assertThat(Futures.<Void>await(CompletableFuture.runAsync(() -> {})))
                .isNull());
    }

    @Test
    void await_failedStage_throwsTheBareException() {
        Asyncio.run(() -> {
            var failure = new IOException("broken");
            CompletionStage<String> dependent =
                    CompletableFuture.<String>failedFuture(failure).thenApply(String::trim);
            assertThatThrownBy(() -> Futures.await(dependent, IOException.class))
                    .isSameAs(failure);
        });
    }

    @Test
    void await_callerCancelled_cancelsTheStage() {
        Asyncio.run(() -> {
            var stage = new CompletableFuture<String>();
            Task<String> task = createTask(() -> Futures.<String>await(stage));
            turns(1);
            task.cancel();
            turns(2);
            assertThat(task.cancelled()).isTrue();
            assertThat(stage).isCancelled();
        });
    }

    @Test
    void await_cancelledStage_throwsCancelledError() {
        Asyncio.run(() -> {
            var stage = new CompletableFuture<String>();
            stage.cancel(true);
            assertThatThrownBy(() -> Futures.await(stage)).isInstanceOf(CancelledError.class);
            assertThatThrownBy(() -> Futures.await(stage.thenApply(String::trim)))
                    .isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void fromCompletionStage_completedOnTheLoop_isDoneSoon() {
        Asyncio.run(() -> {
            var stage = new CompletableFuture<String>();
            Future<String> future = fromCompletionStage(stage);
            stage.complete("value");
            assertThat(future.done()).isFalse();
            turns(1);
            assertThat(future.result()).isEqualTo("value");
        });
    }

    @Test
    void fromCompletionStage_stageThatCannotBeCancelled_isLeftAlone() {
        Asyncio.run(() -> {
            var source = new CompletableFuture<String>();
            Future<String> future = fromCompletionStage(source.minimalCompletionStage());
            future.cancel();
            turns(2);
            assertThat(source).isNotDone();
        });
    }

    @Test
    void fromCompletionStage_completedAfterTheLoopWasClosed_doesNoHarm() {
        var stage = new CompletableFuture<String>();
        Asyncio.run(() -> {
            fromCompletionStage(stage);
        });
        assertThat(stage.complete("late")).isTrue();
    }

    @Test
    void fromCompletionStage_outsideALoop_isRefused() {
        assertThatThrownBy(() -> fromCompletionStage(new CompletableFuture<>()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void bothWays_valueAndCancel_comeThrough() {
        Asyncio.run(() -> {
            Task<String> task = createTask(() -> sleep(Duration.ofHours(1), "never"));
            Future<String> round = fromCompletionStage(toCompletableFuture(task));
            round.cancel();
            turns(5);
            assertThat(task.cancelled()).isTrue();
        });
    }

    // ---- from futures that block

    @Test
    void wrapFuture_blockingFuture_givesItsValue() {
        Asyncio.run(() -> {
            var release = new CountDownLatch(1);
            var blocking = new FutureTask<>(() -> {
                release.await();
                return "value";
            });
            Thread.ofPlatform().daemon().start(blocking);
            Future<String> future = wrapFuture(blocking);
            turns(2);
            assertThat(future.done()).isFalse();
            release.countDown();
            assertThat(future.await()).isEqualTo("value");
        });
    }

    @Test
    void wrapFuture_doneFuture_isDoneAtOnce() {
        Asyncio.run(() -> {
            var done = new FutureTask<>(() -> "value");
            done.run();
            assertThat(wrapFuture(done).result()).isEqualTo("value");
        });
    }

    @Test
    void wrapFuture_failedFuture_throwsTheBareException() {
        Asyncio.run(() -> {
            var failing = new FutureTask<>(() -> {
                throw new IOException("broken");
            });
            Future<Object> future = wrapFuture(failing);
            failing.run();
            assertThatThrownBy(future::await).isInstanceOf(IOException.class).hasMessage("broken");
        });
    }

    @Test
    void wrapFuture_cancelled_interruptsTheOtherThread() {
        Asyncio.run(() -> {
            var begun = new CompletableFuture<String>();
            var interrupted = new CompletableFuture<String>();
            var blocking = new FutureTask<>(() -> {
                begun.complete("begun");
                try {
                    return new CompletableFuture<String>().get();
                } catch (InterruptedException e) {
                    interrupted.complete("interrupted");
                    throw e;
                }
            });
            Thread.ofPlatform().daemon().start(blocking);
            Task<String> task = createTask(() -> FuturesTest.<String>waitFor(wrapFuture(blocking)));
            turns(1);
            Futures.<String>await(begun);
            task.cancel();
            assertThat(Futures.<String>await(interrupted)).isEqualTo("interrupted");
            turns(2);
            assertThat(task.cancelled()).isTrue();
        });
    }

    private static <T> T waitFor(Future<T> future) {
        return future.await();
    }

    @Test
    void wrapFuture_cancelledByTheExecutor_isCancelled() {
        Asyncio.run(() -> {
            var blocking = new FutureTask<>(() -> "never");
            Future<String> future = wrapFuture(blocking);
            blocking.cancel(true);
            assertThatThrownBy(future::await).isInstanceOf(CancelledError.class);
            assertThat(future.cancelled()).isTrue();
        });
    }

    @Test
    void wrapFuture_completableFuture_needsNoThread() {
        Asyncio.run(() -> {
            var stage = new CompletableFuture<String>();
            Future<String> future = wrapFuture(stage);
            stage.complete("value");
            turns(1);
            assertThat(future.result()).isEqualTo("value");
        });
    }

    // ---- loops that end, loops with a virtual clock

    @Test
    void toCompletableFuture_loopClosedFirst_fails() {
        var views = new ArrayList<CompletableFuture<String>>();
        var loop = Asyncio.newEventLoop();
        loop.runUntilComplete(() -> {
            views.add(toCompletableFuture(getRunningLoop().createFuture()));
            return null;
        });
        loop.close();
        assertThatThrownBy(views.getFirst()::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("the event loop was closed");
    }

    @Test
    void await_stageOfAnotherThreadUnderAVirtualClock_isNoDeadlockAndTakesNoTime() {
        VirtualTime.run(() -> {
            var release = new CountDownLatch(1);
            var stage = new CompletableFuture<String>();
            Thread.ofPlatform().daemon().start(() -> {
                awaitUninterrupted(release);
                stage.complete("value");
            });
            Task<String> sleeper = createTask(() -> sleep(Duration.ofHours(1), "slept"));
            getRunningLoop().callSoon(release::countDown);
            var begin = getRunningLoop().time();
            assertThat(Futures.<String>await(stage)).isEqualTo("value");
            assertThat(getRunningLoop().time()).isEqualTo(begin);
            assertThat(sleeper.await()).isEqualTo("slept");
        });
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void await_viewOfATaskOfTheSameLoop_letsVirtualTimePass() {
        VirtualTime.run(() -> {
            Task<String> task = createTask(() -> sleep(Duration.ofHours(1), "value"));
            assertThat(Futures.<String>await(toCompletableFuture(task))).isEqualTo("value");
        });
    }
}
