package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncio4j.AsyncGenerator;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.LoopOptions;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing a loop resumes what is suspended in it until every stack is unwound: an abandoned one is never collected. */
class CloseTest {

    private static final Duration LONG = Duration.ofHours(1);

    enum Wait {
        FOR_TIME {
            @Override
            void begin(EventLoop loop) {
                Asyncio.sleep(LONG);
            }
        },
        FOR_A_TURN {
            @Override
            void begin(EventLoop loop) {
                loop.stop();
                Asyncio.sleep(Duration.ZERO);
            }
        },
        FOR_A_FUTURE {
            @Override
            void begin(EventLoop loop) {
                loop.createFuture().await();
            }
        },
        FOR_A_TASK {
            @Override
            void begin(EventLoop loop) {
                loop.createTask(() -> Asyncio.sleep(LONG)).await();
            }
        },
        FOR_A_GROUP {
            @Override
            void begin(EventLoop loop) {
                TaskGroup.run(group -> group.createTask(() -> Asyncio.sleep(LONG)));
            }
        },
        IN_A_TIMEOUT {
            @Override
            void begin(EventLoop loop) {
                Asyncio.timeout(LONG, () -> Asyncio.sleep(LONG));
            }
        },
        IN_A_SHIELD {
            @Override
            void begin(EventLoop loop) {
                Asyncio.shield(loop.createTask(() -> Asyncio.sleep(LONG)));
            }
        },
        FOR_AN_EXECUTOR {
            @Override
            void begin(EventLoop loop) throws InterruptedException {
                Asyncio.toThread(() -> new CountDownLatch(1).await(1, TimeUnit.SECONDS));
            }
        };

        abstract void begin(EventLoop loop) throws InterruptedException;
    }

    @ParameterizedTest
    @EnumSource
    void close_withATaskThatWaits_resumesItWithCancelledError(Wait wait) throws Exception {
        var trail = new ArrayList<String>();

        Scene.play(() -> {
            EventLoop loop = Asyncio.newEventLoop();
            loop.createTask(() -> {
                try {
                    wait.begin(loop);
                    trail.add("went on");
                } catch (CancelledError e) {
                    trail.add("cancelled");
                    throw e;
                } finally {
                    trail.add("unwound");
                }
            });
            runOnce(loop);
            loop.close();
            return true;
        });

        assertThat(trail).containsExactly("cancelled", "unwound");
    }

    @Test
    void close_withATaskThatWaitsAgainInFinally_unwindsIt() throws Exception {
        var trail = new ArrayList<String>();

        Scene.play(() -> {
            EventLoop loop = Asyncio.newEventLoop();
            loop.createTask(() -> {
                try {
                    Asyncio.sleep(LONG);
                } finally {
                    for (int wait = 1; wait <= 3; wait++) {
                        trail.add(catchThrowable(() -> Asyncio.sleep(LONG))
                                .getClass()
                                .getSimpleName());
                    }
                    Scene.fail(() -> loop.createFuture().await());
                    trail.add("unwound");
                }
            });
            runOnce(loop);
            loop.close();
            return true;
        });

        assertThat(trail).containsExactly("CancelledError", "CancelledError", "CancelledError", "unwound");
    }

    @Test
    void close_withAGeneratorHalfIterated_unwindsIt() throws Exception {
        var trail = new ArrayList<String>();

        Scene.play(() -> {
            EventLoop loop = Asyncio.newEventLoop();
            var numbers = loop.runUntilComplete(() -> {
                var made = AsyncGenerator.<Integer>of(yielder -> {
                    try {
                        yielder.yield(1);
                    } finally {
                        Scene.fail(() -> Asyncio.sleep(LONG));
                        trail.add("unwound");
                    }
                });
                trail.add("item " + made.next());
                return made;
            });
            loop.close();
            assertThat((Object) numbers).as("still reachable").isNotNull();
            return true;
        });

        assertThat(trail).containsExactly("item 1", "unwound");
    }

    @Test
    void close_withManyTasks_unwindsThemAll() throws Exception {
        var unwound = new AtomicInteger();

        Scene.play(() -> {
            EventLoop loop = Asyncio.newEventLoop();
            for (int i = 0; i < 5_000; i++) {
                loop.createTask(() -> {
                    try {
                        Asyncio.sleep(LONG);
                    } finally {
                        unwound.incrementAndGet();
                    }
                });
            }
            runOnce(loop);
            loop.close();
            return true;
        });

        assertThat(unwound).hasValue(5_000);
    }

    @Test
    void close_withATaskThatHasNotBegun_cancelsItUnrun() throws Exception {
        var trail = new ArrayList<String>();

        Task<?> task = Scene.play(() -> {
            EventLoop loop = Asyncio.newEventLoop();
            Task<?> created = loop.createTask(() -> trail.add("ran"));
            loop.close();
            return created;
        });

        assertThat(trail).isEmpty();
        assertThat(task.cancelled()).isTrue();
    }

    @Test
    void close_withATaskThatStartsAnother_refusesThat() throws Exception {
        var trail = new ArrayList<String>();

        Scene.play(() -> {
            EventLoop loop = Asyncio.newEventLoop();
            loop.createTask(() -> {
                try {
                    Asyncio.sleep(LONG);
                } finally {
                    Scene.fail(() ->
                            loop.createTask(() -> trail.add("another ran")).await());
                    trail.add("unwound");
                }
            });
            runOnce(loop);
            loop.close();
            return true;
        });

        assertThat(trail).containsExactly("unwound");
    }

    @Test
    void close_withATaskThatSwallowsEveryCancellation_reportsItAndReturns() throws Exception {
        var enough = new AtomicInteger();

        try (var log = new LogCapture()) {
            Scene.play(() -> {
                EventLoop loop = Asyncio.newEventLoop();
                loop.createTask(() -> {
                    while (enough.get() == 0) {
                        Scene.fail(() -> Asyncio.sleep(LONG));
                    }
                });
                runOnce(loop);
                try {
                    loop.close();
                } finally {
                    enough.set(1);
                }
                return true;
            });

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("did not end when the event loop was closed");
        } finally {
            enough.set(1);
        }
    }

    // ---- blocked in the JDK

    @Tag("native")
    @Test
    void close_withATaskBlockedInTheJdk_interruptsItUntilItIsUnwound() throws Exception {
        assertThat(trailOfBlocked(LoopOptions.DEFAULT, () -> new ArrayBlockingQueue<String>(1).take()))
                .containsExactly("InterruptedException", "unwound");
    }

    @Tag("native")
    @Test
    void close_withATaskBlockedInTheJdk_endsItCancelledAndReportsNothing() throws Exception {
        try (var log = new LogCapture()) {
            Task<?> task = Scene.play(() -> {
                EventLoop loop = Asyncio.newEventLoop();
                Task<?> created = loop.createTask(() -> new ArrayBlockingQueue<String>(1).take());
                runOnce(loop);
                loop.close();
                return created;
            });

            assertThat(task.cancelled()).isTrue();
            assertThat(log.messages()).isEmpty();
        }
    }

    @Tag("native")
    @Test
    void close_withAWakeUpLeftInTheBatch_unwindsItsTask() throws Exception {
        var trail = new ArrayList<String>();

        Scene.play(() -> {
            EventLoop loop = Asyncio.newEventLoop();
            var queue = new ArrayBlockingQueue<String>(1);
            loop.createTask(() -> {
                try {
                    trail.add(queue.take());
                } finally {
                    trail.add("unwound");
                }
            });
            runOnce(loop);
            loop.callSoon(() -> {
                loop.callSoon(() -> {
                    throw new ExitError(3);
                });
                queue.add("woken");
            });
            trail.add(catchThrowable(loop::runForever).getClass().getSimpleName());
            loop.close();
            return true;
        });

        assertThat(trail).containsExactly("ExitError", "woken", "unwound");
    }

    /** A loop with a clock of its own gives blocking calls time on the machine's. */
    @Tag("native")
    @Test
    void close_withAClockThatStandsStill_waitsForBlockedTasks() throws Exception {
        Clock standing = () -> 0;

        assertThat(trailOfBlocked(LoopOptions.DEFAULT.withClock(standing), () -> {
                    try {
                        Thread.sleep(LONG);
                    } finally {
                        Thread.sleep(100);
                    }
                    return "never";
                }))
                .containsExactly("InterruptedException", "unwound");
    }

    @Tag("native")
    @Test
    void close_withATaskThatNeedsASecondForAMonitor_waitsForIt() throws Exception {
        var monitor = new Object();
        var held = new CountDownLatch(1);
        var closing = new CountDownLatch(1);
        var holder = Thread.ofPlatform().start(() -> {
            synchronized (monitor) {
                held.countDown();
                awaitAndSleep(closing, Duration.ofSeconds(1));
            }
        });
        held.await();

        var trail = trailOfBlocked(LoopOptions.DEFAULT, () -> {
            closing.countDown();
            synchronized (monitor) {
                return "the monitor";
            }
        });
        holder.join();

        assertThat(trail).containsExactly("the monitor", "unwound");
    }

    private static void awaitAndSleep(CountDownLatch latch, Duration length) {
        try {
            latch.await();
            Thread.sleep(length);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Tag("native")
    @Test
    void close_withACallbackBlockedInTheJdk_interruptsItUntilItIsUnwound() throws Exception {
        var trail = new ArrayList<String>();

        Scene.play(() -> {
            EventLoop loop = Asyncio.newEventLoop();
            loop.callSoon(() -> {
                try {
                    trail.add(
                            catchThrowable(() -> Thread.sleep(LONG)).getClass().getSimpleName());
                } finally {
                    trail.add("unwound");
                }
            });
            runOnce(loop);
            loop.close();
            return true;
        });

        assertThat(trail).containsExactly("InterruptedException", "unwound");
    }

    /** A loop whose tasks cannot be ended is closed all the same, and says so. */
    @Tag("native")
    @Test
    void close_withATaskThatNoInterruptEnds_reportsItWithinBounds() throws Exception {
        var over = new AtomicInteger();

        try (var log = new LogCapture()) {
            Scene.play(() -> {
                EventLoop loop = Asyncio.newEventLoop();
                loop.createTask(() -> {
                    while (over.get() == 0) {
                        LockSupport.parkNanos(TimeUnit.HOURS.toNanos(1));
                        Thread.interrupted();
                    }
                });
                runOnce(loop);
                loop.close();
                return true;
            });

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("did not end when the event loop was closed");
        } finally {
            over.set(1);
        }
    }

    /** What a task blocked in a call does when the loop is closed. */
    private static List<String> trailOfBlocked(LoopOptions options, Coroutine<String, Exception> call)
            throws Exception {
        var trail = new ArrayList<String>();
        Scene.play(() -> {
            EventLoop loop = new BaseEventLoop(options);
            loop.createTask(() -> {
                try {
                    trail.add(call.run());
                } catch (InterruptedException e) {
                    trail.add("InterruptedException");
                    throw e;
                } finally {
                    trail.add("unwound");
                }
            });
            runOnce(loop);
            loop.close();
            return true;
        });
        return trail;
    }

    /** One iteration: what is ready runs until it waits. */
    private static void runOnce(EventLoop loop) {
        loop.stop();
        loop.runForever();
    }

    // ---- afterwards

    @Tag("native")
    @Test
    void wakeUps_afterClose_areDroppedAndHarmNobody() throws Exception {
        var outcome = ChildJvm.of(Program.class).run();

        assertThat(outcome.err().lines().filter(line -> line.contains("Exception")))
                .as(outcome.err())
                .isEmpty();
        assertThat(outcome.out()).as(outcome.err()).isEqualTo("""
                        woken by: unpark, interrupt, timer, monitor
                        virtual threads sleep
                        virtual threads get contended monitors
                        coroutines sleep
                        coroutines get contended monitors
                        """);
        assertThat(outcome.exitCode()).isZero();
    }

    /** What was suspended deep on a big stack is unwound on one that is big enough: HotSpot does not survive the other. */
    @Tag("native")
    @Test
    void close_withATaskSuspendedDeep_unwindsIt() throws Exception {
        var outcome = ChildJvm.of(DeepProgram.class)
                .withOption("-Xmx2g")
                .withOption("-XX:+UseSerialGC")
                .run();

        assertThat(outcome.out()).as(outcome.err()).isEqualTo("suspended\nunwound\nclosed\n");
    }

    /** Suspends a task deep in a stack of sixteen megabytes, and closes the loop on a thread of the usual size. */
    static final class DeepProgram {

        private static final int DEPTH = 50_000;
        private static final long STACK_BYTES = 16L << 20;

        private DeepProgram() {}

        public static void main(String[] arguments) throws InterruptedException {
            EventLoop loop = Asyncio.newEventLoop();
            loop.createTask(() -> {
                try {
                    System.out.println(descend(DEPTH));
                } finally {
                    System.out.println("unwound");
                }
            });
            var big = new Thread(null, () -> runOnce(loop), "big", STACK_BYTES);
            big.start();
            big.join();
            System.out.println("suspended");
            loop.close();
            System.out.println("closed");
        }

        private static int descend(int depth) {
            if (depth == 0) {
                Asyncio.sleep(LONG);
                return 0;
            }
            return 1 + descend(depth - 1);
        }
    }

    /** Closes a loop that has stubborn tasks, wakes them by every means, and sees whether others are still woken. */
    static final class Program {

        private static final Object MONITOR = new Object();
        private static final List<Thread> STUBBORN = new ArrayList<>();

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            EventLoop loop = Asyncio.newEventLoop();
            synchronized (MONITOR) {
                closeWithStubbornTasks(loop);
            }
            STUBBORN.forEach(LockSupport::unpark);
            STUBBORN.forEach(Thread::interrupt);
            Thread.sleep(100);
            System.out.println("woken by: unpark, interrupt, timer, monitor");
            overheard(onVirtualThread(() -> Thread.sleep(1)), "virtual threads sleep");
            overheard(onVirtualThread(Program::contend), "virtual threads get contended monitors");
            Asyncio.run(() -> Thread.sleep(1));
            System.out.println("coroutines sleep");
            Asyncio.run(Program::contend);
            System.out.println("coroutines get contended monitors");
        }

        private static void closeWithStubbornTasks(EventLoop loop) {
            loop.createTask(() -> {
                STUBBORN.add(Thread.currentThread());
                while (true) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    Thread.interrupted();
                }
            });
            loop.createTask(() -> {
                STUBBORN.add(Thread.currentThread());
                while (true) {
                    LockSupport.park();
                    Thread.interrupted();
                }
            });
            loop.createTask(() -> {
                synchronized (MONITOR) {
                    return "the monitor";
                }
            });
            runOnce(loop);
            loop.close();
        }

        private static Thread onVirtualThread(ThrowingRunnable body) {
            return Thread.startVirtualThread(() -> {
                try {
                    body.run();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        private static void overheard(Thread thread, String line) throws InterruptedException {
            System.out.println(thread.join(Duration.ofSeconds(30)) ? line : "not: " + line);
        }

        /** Waits for a monitor that another thread holds until it sees the waiting. */
        private static void contend() throws InterruptedException {
            var monitor = new Object();
            var held = new CountDownLatch(1);
            var wanting = Thread.currentThread();
            Thread.ofPlatform().start(() -> {
                synchronized (monitor) {
                    held.countDown();
                    while (wanting.getState() != Thread.State.BLOCKED) {
                        Thread.onSpinWait();
                    }
                }
            });
            held.await();
            synchronized (monitor) {
                held.await();
            }
        }

        private interface ThrowingRunnable {
            void run() throws InterruptedException;
        }
    }
}
