package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.Future;
import dev.asyncio4j.Outcome;
import dev.asyncio4j.spi.IoDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever one coroutine or callback throws, the loop and the others go on. */
class FailureContainmentTest {

    enum Failure {
        RUNTIME_EXCEPTION(() -> new IllegalStateException("planted")),
        OUT_OF_MEMORY(() -> new OutOfMemoryError("planted")),
        STACK_OVERFLOW(FailureContainmentTest::overflow),
        LINKAGE(() -> new NoClassDefFoundError("planted")),
        ASSERTION(() -> new AssertionError("planted"));

        @SuppressWarnings("ImmutableEnumChecker")
        private final Supplier<Throwable> source;

        Failure(Supplier<Throwable> source) {
            this.source = source;
        }

        void happen() {
            switch (source.get()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                default -> throw new IllegalArgumentException();
            }
        }
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static Throwable overflow() {
        return new IllegalArgumentException("not reached" + overflow());
    }

    @ParameterizedTest
    @EnumSource
    void failure_inACoroutine_failsThatTaskOnly(Failure failure) throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var other = Asyncio.createTask(() -> {
                for (int turn = 0; turn < 3; turn++) {
                    Asyncio.sleep(Duration.ZERO);
                    trail.add("another runs");
                }
            });
            var failing = Asyncio.createTask(() -> {
                Asyncio.sleep(Duration.ZERO);
                failure.happen();
                return true;
            });
            Outcome<Boolean> outcome =
                    Asyncio.<Boolean>gatherOutcomes(List.of(failing)).getFirst();
            assertThat(outcome).isInstanceOf(Outcome.Failure.class);
            other.await();
            Asyncio.sleep(Duration.ofMillis(1));
        });

        assertThat(trail).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void failure_inACallback_goesToTheHandlerAndTheNextRuns(Failure failure) throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            Future<Boolean> last = loop.createFuture();
            loop.setExceptionHandler(
                    (_, context) -> trail.add("handler " + context.exception().isPresent()));
            loop.callSoon(failure::happen);
            loop.callSoon(() -> {
                trail.add("next");
                last.setResult(true);
            });
            last.await();
        });

        assertThat(trail).containsExactly("handler true", "next");
    }

    @ParameterizedTest
    @EnumSource
    void failure_inTheHandlerItself_isLoggedAndTheLoopGoesOn(Failure failure) throws Exception {
        try (var log = new LogCapture()) {
            Scene.run(() -> {
                EventLoop loop = Asyncio.getRunningLoop();
                loop.setExceptionHandler((_, _) -> failure.happen());
                loop.callSoon(() -> {
                    throw new IllegalStateException("handled badly");
                });
                Asyncio.sleep(Duration.ofMillis(1));
            });

            assertThat(log.messages()).singleElement().asString().contains("exception handler itself failed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void failure_inADoneCallback_leavesTheOthersAlone(Failure failure) throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            loop.setExceptionHandler((_, _) -> trail.add("handler"));
            Future<String> future = loop.createFuture();
            future.addDoneCallback(_ -> failure.happen());
            future.addDoneCallback(_ -> trail.add("second callback"));
            future.setResult("the value");
            trail.add(future.await());
            Asyncio.sleep(Duration.ZERO);
        });

        assertThat(trail).containsExactlyInAnyOrder("the value", "handler", "second callback");
    }

    @Test
    void exit_thrownByTheHandler_leavesTheRunCall() throws Exception {
        Throwable thrown = Scene.play(() -> {
            try (var loop = Asyncio.newEventLoop()) {
                loop.setExceptionHandler((_, _) -> {
                    throw new ExitError(3);
                });
                loop.callSoon(() -> {
                    throw new IllegalStateException("to be handled");
                });
                loop.callLater(Duration.ofSeconds(2), loop::stop);
                return catchThrowable(loop::runForever);
            }
        });

        assertThat(thrown).isInstanceOf(ExitError.class);
    }

    /** The stack ends somewhere in our own code, at every depth there is: the loop's queues must stay whole. */
    @DisabledIfSystemProperty(
            named = "asyncio4j.runtime",
            matches = "native",
            disabledReason =
                    "HotSpot crashes now and then when it resumes a stack that ends within a few bytes of the limit")
    @Test
    void stackOverflow_inTheMiddleOfAWait_leavesTheLoopWhole() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            for (int round = 0; round < 20; round++) {
                var diver = Asyncio.createTask(() -> dive(new int[1]));
                Asyncio.<Object>gatherOutcomes(List.of(diver));
                for (int turn = 0; turn < 3; turn++) {
                    Asyncio.sleep(Duration.ofNanos(100_000));
                    trail.add("the loop goes on");
                }
            }
        });

        assertThat(trail).hasSize(60);
    }

    /** Waits at the bottom of the stack, and again at each of the next levels up. */
    @SuppressWarnings("InfiniteRecursion")
    private static void dive(int[] waits) {
        try {
            dive(waits);
        } catch (StackOverflowError e) {
            if (waits[0]++ < 60) {
                Asyncio.sleep(Duration.ofNanos(1 + waits[0] % 2));
            }
        }
    }

    /** A driver of somebody's that fails to wake up must not end the JDK's threads that wake virtual ones. */
    @Tag("native")
    @Test
    void driver_thatFailsToWakeUp_doesNotHarmTheJdksThreads() throws Exception {
        var outcome = ChildJvm.of(FailingDriver.class).run();

        assertThat(outcome.out()).as(outcome.err()).isEqualTo("virtual threads get contended monitors\n");
    }

    /** A loop whose driver throws when it is to be woken; then plain virtual threads that need the JDK's threads. */
    static final class FailingDriver implements IoDriver {

        private static final Object MONITOR = new Object();

        private FailingDriver() {}

        public static void main(String[] arguments) throws Exception {
            var held = new CountDownLatch(1);
            var polled = new CountDownLatch(1);
            var options = dev.asyncio4j.LoopOptions.DEFAULT.withDriver(new FailingDriver());
            Thread.ofPlatform().daemon().start(() -> hold(held));
            held.await();
            var loop = new dev.asyncio4j.BaseEventLoop(options);
            loop.createTask(() -> {
                synchronized (MONITOR) {
                    polled.countDown();
                }
                return true;
            });
            loop.callLater(Duration.ofMillis(500), loop::stop);
            loop.runForever();
            contend();
            System.exit(0);
        }

        private static void hold(CountDownLatch held) {
            synchronized (MONITOR) {
                held.countDown();
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }

        private static void contend() throws InterruptedException {
            var got = new CountDownLatch(1);
            var monitor = new Object();
            synchronized (monitor) {
                var thread = Thread.startVirtualThread(() -> {
                    synchronized (monitor) {
                        got.countDown();
                    }
                });
                while (thread.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
            }
            System.out.println(
                    got.await(20, TimeUnit.SECONDS)
                            ? "virtual threads get contended monitors"
                            : "virtual threads hang");
        }

        @Override
        public void poll(long timeoutNanos) {
            java.util.concurrent.locks.LockSupport.parkNanos(Math.min(timeoutNanos, 50_000_000));
        }

        @Override
        public void wakeup() {
            throw new IllegalStateException("the driver cannot be woken");
        }

        @Override
        public void close() {
            // There is nothing to release.
        }
    }
}
