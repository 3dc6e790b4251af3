package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.Outcome;
import dev.asyncio4j.Task;
import dev.asyncio4j.TimeoutException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Interrupts and cancels become each other, once, and leave no flag behind; an interrupted wait never spins. */
class InterruptTest {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void interrupt_ofAWaitOfOurs_isACancelThatSaysSo() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            Future<Thread> thread = newFuture();
            var task = Asyncio.createTask(() -> {
                thread.setResult(Thread.currentThread());
                trail.add(cancellationOf(() -> Asyncio.sleep(LONG)).getMessage());
                trail.add("cancelling " + currentTask().cancelling());
                trail.add("flag " + Thread.currentThread().isInterrupted());
                Asyncio.sleep(Duration.ZERO);
                trail.add("waited again");
            });
            Asyncio.toThread(thread.await()::interrupt);
            task.await();
        });

        assertThat(trail.getFirst()).contains("interrupted");
        assertThat(trail).endsWith("cancelling 1", "flag false", "waited again");
    }

    @Test
    void interrupt_ofAThreadThatClosesALoop_isStillThereAfterwards() throws Exception {
        boolean flag = Scene.play(() -> {
            EventLoop loop = Asyncio.newEventLoop();
            loop.createTask(() -> Asyncio.sleep(LONG));
            loop.stop();
            loop.runForever();
            Thread.currentThread().interrupt();
            loop.close();
            return Thread.interrupted();
        });

        assertThat(flag).isTrue();
    }

    @Test
    void interrupt_ofATaskThatWaitsOn_leavesTheLoopToOthers() throws Exception {
        var waits = new AtomicInteger();

        Scene.run(() -> {
            Future<Thread> thread = newFuture();
            var stubborn = Asyncio.createTask(() -> {
                thread.setResult(Thread.currentThread());
                while (waits.get() < 100) {
                    Scene.fail(() -> Asyncio.sleep(LONG));
                    waits.incrementAndGet();
                }
            });
            while (!stubborn.done()) {
                Asyncio.toThread(thread.await()::interrupt);
                Asyncio.sleep(Duration.ZERO);
            }
        });

        assertThat(waits).hasValue(100);
    }

    /** An eager child interrupts its creator, which has stepped aside and waits for nothing. */
    @Test
    void interrupt_ofACreatorThatStepsAside_isDeliveredAtItsNextWait() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var creator = Thread.currentThread();
            Asyncio.createTask(
                    () -> {
                        trail.add("child");
                        creator.interrupt();
                    },
                    dev.asyncio4j.TaskOptions.DEFAULT.withEagerStart(true));
            trail.add("creator");
            trail.add(cancellationOf(() -> Asyncio.sleep(LONG)).getMessage());
        });

        assertThat(trail).startsWith("child", "creator").hasSize(3);
        assertThat(trail.getLast()).contains("interrupted");
    }

    @Test
    void interrupt_beforeAWaitOfOurs_cancelsThatWait() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var never = newFuture();
            for (Runnable wait : List.<Runnable>of(
                    () -> Asyncio.sleep(LONG), () -> Asyncio.sleep(Duration.ZERO), () -> never.await())) {
                Thread.currentThread().interrupt();
                trail.add(cancellationOf(wait).getMessage());
                trail.add("flag " + Thread.currentThread().isInterrupted());
                currentTask().uncancel();
            }
        });

        assertThat(trail)
                .hasSize(6)
                .filteredOn(line -> line.equals("flag false"))
                .hasSize(3);
        assertThat(trail).filteredOn(line -> line.contains("interrupted")).hasSize(3);
    }

    @Test
    void interrupt_ofATask_isNotSeenByOthers() throws Exception {
        var flags = new ArrayList<Boolean>();

        Scene.run(() -> {
            var interrupted = Asyncio.createTask(() -> {
                Thread.currentThread().interrupt();
                Asyncio.sleep(Duration.ZERO);
            });
            var other = Asyncio.createTask(() -> {
                flags.add(Thread.currentThread().isInterrupted());
                Asyncio.sleep(Duration.ZERO);
                flags.add(Thread.currentThread().isInterrupted());
            });
            other.await();
            assertThat(outcomeOf(interrupted)).isInstanceOf(Outcome.Cancelled.class);
            flags.add(Thread.currentThread().isInterrupted());
        });

        assertThat(flags).containsExactly(false, false, false);
    }

    /** Callbacks share a thread; what one of them leaves behind must not meet the next. */
    @Test
    void interrupt_ofACallback_isNotSeenByTheNext() throws Exception {
        var flags = new ArrayList<Boolean>();

        Scene.run(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            Future<Boolean> done = newFuture();
            loop.callSoon(() -> Thread.currentThread().interrupt());
            loop.callSoon(() -> flags.add(Thread.currentThread().isInterrupted()));
            loop.callSoon(() -> done.setResult(true));
            done.await();
        });

        assertThat(flags).containsExactly(false);
    }

    @Test
    void interrupt_ofTheThreadOfARunner_cancelsItsMainTask() throws Exception {
        var message = Scene.play(() -> {
            var main = Thread.currentThread();
            return Asyncio.run(() -> {
                Thread.ofPlatform().start(() -> interruptOnceParked(main));
                return cancellationOf(() -> Asyncio.sleep(LONG)).getMessage();
            });
        });

        assertThat(message).contains("interrupted");
    }

    private static void interruptOnceParked(Thread thread) {
        while (thread.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        thread.interrupt();
    }

    @Test
    void interrupt_ofTheThreadOfARunner_whileACoroutineRuns_cancelsItsMainTask() throws Exception {
        var message = Scene.play(() -> {
            var main = Thread.currentThread();
            return Asyncio.run(() -> {
                main.interrupt();
                return cancellationOf(() -> Asyncio.sleep(LONG)).getMessage();
            });
        });

        assertThat(message).contains("interrupted");
    }

    @Test
    void interrupt_beforeRun_cancelsTheMainTask() throws Exception {
        Throwable thrown = Scene.play(() -> {
            Thread.currentThread().interrupt();
            return catchThrowable(() -> Asyncio.run(() -> Asyncio.sleep(LONG)));
        });

        assertThat(thrown).isInstanceOf(CancelledError.class);
    }

    /** Nobody is there to be cancelled; the flag must not make each poll return at once. */
    @Test
    void interrupt_ofALoopWithoutAMainTask_doesNotMakeItSpin() throws Exception {
        var polls = new AtomicInteger();

        Scene.play(() -> {
            try (var loop = new BaseEventLoop() {
                @Override
                protected void poll(long timeoutNanos) {
                    polls.incrementAndGet();
                    super.poll(timeoutNanos);
                }
            }) {
                Thread.currentThread().interrupt();
                loop.callLater(Duration.ofMillis(50), loop::stop);
                loop.runForever();
            }
            return true;
        });

        assertThat(polls.get()).isLessThan(100);
    }

    // ---- in calls of the JDK

    @Tag("native")
    @Test
    void interrupt_ofACallOfTheJdk_isAnInterruptedException() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            Future<Thread> thread = newFuture();
            var task = Asyncio.createTask(() -> {
                thread.setResult(Thread.currentThread());
                trail.add(catchThrowable(() -> Thread.sleep(LONG)).getClass().getSimpleName());
                trail.add("flag " + Thread.currentThread().isInterrupted());
                Asyncio.sleep(Duration.ZERO);
                trail.add("cancelling " + currentTask().cancelling());
            });
            Asyncio.toThread(thread.await()::interrupt);
            task.await();
        });

        assertThat(trail).containsExactly("InterruptedException", "flag false", "cancelling 0");
    }

    @Tag("native")
    @Test
    void cancel_ofATaskBlockedInTheJdk_endsItCancelledWithTheInterruptAsCause() throws Exception {
        var cancelled = cancelWhile(() -> new ArrayBlockingQueue<String>(1).take());

        assertThat(cancelled).hasMessage("enough").hasCauseInstanceOf(InterruptedException.class);
    }

    @Tag("native")
    @Test
    void cancel_ofATaskThatReadsASocket_endsItCancelledWithTheSocketsExceptionAsCause() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var cancelled = cancelWhile(() -> {
                try (var socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    return String.valueOf(socket.getInputStream().read());
                }
            });

            assertThat(cancelled).hasMessage("enough").hasCauseInstanceOf(SocketException.class);
        }
    }

    @Tag("native")
    @Test
    void cancel_ofATaskThatWrapsTheInterrupt_endsItCancelled() throws Exception {
        var cancelled = cancelWhile(() -> {
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                throw new IllegalStateException("as a driver does", new IOException(e));
            }
        });

        assertThat(cancelled).hasMessage("enough").hasCauseInstanceOf(IllegalStateException.class);
    }

    @Tag("native")
    @Test
    void timeout_overACallOfTheJdk_isATimeoutException() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            Throwable thrown = catchThrowable(() -> Asyncio.timeout(Duration.ofMillis(10), () -> Thread.sleep(LONG)));
            trail.add(thrown.getClass().getName());
            trail.add("flag " + Thread.currentThread().isInterrupted());
            trail.add("cancelling " + currentTask().cancelling());
            Thread.sleep(1);
            Asyncio.sleep(Duration.ofMillis(1));
        });

        assertThat(trail).containsExactly(TimeoutException.class.getName(), "flag false", "cancelling 0");
    }

    /** The library swallows the interrupt: the request stays, and the next wait of ours delivers it, once. */
    @Tag("native")
    @Test
    void cancel_thatALibrarySwallows_isDeliveredAtTheNextWait() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            Future<Boolean> begun = newFuture();
            var task = Asyncio.createTask(() -> {
                begun.setResult(true);
                Scene.fail(() -> Thread.sleep(LONG));
                trail.add("swallowed");
                trail.add(cancellationOf(() -> Asyncio.sleep(LONG)).getMessage());
                trail.add("flag " + Thread.currentThread().isInterrupted());
                Thread.sleep(1);
                Asyncio.sleep(Duration.ofMillis(1));
                trail.add("goes on");
            });
            begun.await();
            task.cancel("enough");
            task.await();
        });

        assertThat(trail).containsExactly("swallowed", "enough", "flag false", "goes on");
    }

    @Tag("native")
    @Test
    void cancel_again_interruptsAgain() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var blocks = new ArrayList<Future<Boolean>>();
            blocks.add(newFuture());
            blocks.add(newFuture());
            var task = Asyncio.createTask(() -> {
                for (Future<Boolean> block : blocks) {
                    block.setResult(true);
                    Scene.fail(() -> Thread.sleep(LONG));
                    trail.add("swallowed");
                }
            });
            for (Future<Boolean> block : blocks) {
                block.await();
                task.cancel("enough");
            }
            assertThat(outcomeOf(task)).isInstanceOf(Outcome.Cancelled.class);
        });

        assertThat(trail).containsExactly("swallowed", "swallowed");
    }

    /** The call had ended already when the cancel came: the interrupt must not meet what the task does later. */
    @Tag("native")
    @Test
    void uncancel_ofACancelThatInterrupted_leavesNoFlag() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var queue = new ArrayBlockingQueue<String>(1);
            Future<Boolean> begun = newFuture();
            var task = Asyncio.createTask(() -> {
                begun.setResult(true);
                try {
                    trail.add(queue.take());
                } catch (InterruptedException e) {
                    trail.add("interrupted");
                }
                currentTask().uncancel();
                Thread.sleep(1);
                Asyncio.sleep(Duration.ofMillis(1));
                trail.add("goes on");
            });
            begun.await();
            queue.put("a value");
            task.cancel("too late");
            task.await();
        });

        assertThat(trail).hasSize(2).endsWith("goes on");
    }

    /** Cancels a task that is blocked in a call of the JDK; returns how it ended. */
    private static CancelledError cancelWhile(dev.asyncio4j.Coroutine<String, Exception> call) throws Exception {
        return Scene.play(() -> Asyncio.run(() -> {
            Future<Boolean> begun = newFuture();
            var task = Asyncio.createTask(() -> {
                begun.setResult(true);
                return call.run();
            });
            begun.await();
            Asyncio.sleep(Duration.ofMillis(5));
            task.cancel("enough");
            Outcome<String> outcome = outcomeOf(task);
            assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
            return ((Outcome.Cancelled<String>) outcome).error();
        }));
    }

    private static <T> Outcome<T> outcomeOf(Task<T> task) {
        return Asyncio.<T>gatherOutcomes(List.of(task)).getFirst();
    }

    private static CancelledError cancellationOf(Runnable wait) {
        return catchThrowableOfType(CancelledError.class, wait::run);
    }

    private static Task<?> currentTask() {
        return Asyncio.currentTask().orElseThrow();
    }

    private static <T> Future<T> newFuture() {
        return Asyncio.getRunningLoop().createFuture();
    }
}
