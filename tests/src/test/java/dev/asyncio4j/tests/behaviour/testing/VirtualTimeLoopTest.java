package dev.asyncio4j.tests.behaviour.testing;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.timeout;
import static dev.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.interop.Futures;
import dev.asyncio4j.net.Datagrams;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.process.SubprocessOptions;
import dev.asyncio4j.process.Subprocesses;
import dev.asyncio4j.testing.ClockHold;
import dev.asyncio4j.testing.StandstillError;
import dev.asyncio4j.testing.Trail;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeLoop;
import dev.asyncio4j.testing.VirtualTimeOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VirtualTimeLoopTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final VirtualTimeOptions IMPATIENT =
            VirtualTimeOptions.DEFAULT.withStandstillLimit(Duration.ofMillis(100));

    /** Long enough for a socket or a process to be made on a machine that has other things to do. */
    private static final VirtualTimeOptions PATIENT =
            VirtualTimeOptions.DEFAULT.withStandstillLimit(Duration.ofSeconds(2));

    private final Trail trail = new Trail();

    // ---- the clock

    @Test
    @Timeout(10)
    void sleep_aDayBesideAnHourlyTask_takesAMoment() {
        VirtualTime.run(() -> {
            var hourly = createTask(() -> {
                while (true) {
                    sleep(HOUR);
                    trail.timedStep("tick");
                }
            });
            sleep(Duration.ofHours(24).plusMinutes(1));
            hourly.cancel();
            assertThat(VirtualTime.elapsed()).isEqualTo(Duration.ofHours(24).plusMinutes(1));
        });
        assertThat(trail.steps()).hasSize(24).startsWith("PT1H tick").endsWith("PT24H tick");
    }

    @Test
    void sleep_beyondTheLongestPoll_arrives() {
        VirtualTime.run(() -> {
            sleep(Duration.ofDays(365));
            assertThat(VirtualTime.elapsed()).isEqualTo(Duration.ofDays(365));
        });
    }

    @Test
    void elapsed_atTheStartOfEachRun_isZero() {
        for (int i = 0; i < 2; i++) {
            VirtualTime.run(() -> {
                assertThat(VirtualTime.elapsed()).isZero();
                sleep(HOUR);
            });
        }
    }

    @Test
    void elapsed_whileTasksAreReady_doesNotMove() {
        VirtualTime.run(() -> {
            var timer = createTask(() -> sleep(Duration.ofNanos(1)));
            for (int i = 0; i < 1_000; i++) {
                sleep(Duration.ZERO);
            }
            assertThat(VirtualTime.elapsed()).isZero();
            timer.await();
            assertThat(VirtualTime.elapsed()).isEqualTo(Duration.ofNanos(1));
        });
    }

    @Test
    void elapsed_outsideAVirtualLoop_saysWhatToUse() {
        assertThatThrownBy(() -> Asyncio.run(() -> VirtualTime.elapsed()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("VirtualTime.run");
    }

    @Test
    void timers_setInAnyOrder_runByDeadlineAndThenInOrder() {
        VirtualTime.run(() -> {
            var loop = getRunningLoop();
            loop.callLater(HOUR.multipliedBy(2), () -> trail.timedStep("late"));
            loop.callLater(HOUR, () -> trail.timedStep("first"));
            loop.callLater(HOUR, () -> trail.timedStep("second"));
            sleep(HOUR.multipliedBy(3));
        });
        trail.expect("PT1H first", "PT1H second", "PT2H late");
    }

    @Test
    void timeout_ofABodyThatNeverEnds_comesAtOnce() {
        VirtualTime.run(() -> {
            Future<Boolean> never = getRunningLoop().createFuture();
            assertThatThrownBy(() -> timeout(HOUR, () -> never.await())).isInstanceOf(TimeoutException.class);
            assertThat(VirtualTime.elapsed()).isEqualTo(HOUR);
        });
    }

    @Test
    void advance_overATimer_makesItLateAndRunsNothingMeanwhile() {
        VirtualTime.run(() -> {
            getRunningLoop().callLater(HOUR, () -> trail.timedStep("timer"));
            VirtualTime.advance(HOUR.multipliedBy(5));
            trail.timedStep("computed");
            sleep(Duration.ZERO);
        });
        trail.expect("PT5H computed", "PT5H timer");
    }

    @Test
    void advance_backwards_isRefused() {
        VirtualTime.run(() -> assertThatThrownBy(() -> VirtualTime.advance(HOUR.negated()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT1H"));
    }

    @Test
    void settle_withTasksThatTakeManyTurns_returnsWhenAllWait() {
        VirtualTime.run(() -> {
            var busy = createTask(() -> {
                for (int i = 0; i < 100; i++) {
                    sleep(Duration.ZERO);
                }
                trail.step("busy is through");
                sleep(HOUR);
            });
            VirtualTime.settle();
            trail.step("settled");
            assertThat(VirtualTime.elapsed()).isZero();
            busy.await();
        });
        trail.expect("busy is through", "settled");
    }

    @Test
    void settle_byTwoTasks_returnsToBoth() {
        VirtualTime.run(() -> {
            var other = createTask(() -> {
                VirtualTime.settle();
                trail.step("other");
            });
            VirtualTime.settle();
            trail.step("main");
            other.await();
        });
        assertThat(trail.steps()).containsExactlyInAnyOrder("main", "other");
    }

    @Test
    void run_onAVirtualThread_worksAsWell() throws Exception {
        var ended = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            VirtualTime.run(() -> sleep(HOUR));
            ended.countDown();
        });
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    // ---- the outside

    @RepeatedTest(100)
    void toThread_besideATimer_keepsTheClockStill() {
        VirtualTime.run(() -> {
            var release = new CountDownLatch(1);
            var timer = createTask(() -> {
                sleep(HOUR);
                trail.timedStep("timer");
            });
            var job = createTask(() -> {
                toThread(() -> release.await());
                trail.timedStep("job");
            });
            VirtualTime.settle();
            release.countDown();
            job.await();
            timer.await();
        });
        trail.expect("PT0S job", "PT1H timer");
    }

    @Test
    void runInExecutor_ofTheTests_keepsTheClockStill() {
        try (var executor = Executors.newSingleThreadExecutor()) {
            VirtualTime.run(() -> {
                var release = new CountDownLatch(1);
                Future<Boolean> job = getRunningLoop().runInExecutor(executor, () -> {
                    release.await();
                    return true;
                });
                Thread.ofPlatform().start(release::countDown);
                assertThat(job.await()).isTrue();
                assertThat(VirtualTime.elapsed()).isZero();
            });
        }
    }

    @Test
    void toThread_thatNeverEnds_failsAfterTheLimitAndNamesTheWaiter() {
        var never = new CountDownLatch(1);
        assertThatThrownBy(() -> VirtualTime.run(() -> toThread(() -> never.await()), IMPATIENT))
                .isInstanceOf(StandstillError.class)
                .hasMessageContaining("PT0.1S of real time")
                .hasMessageContaining("waits for a job in an executor")
                .hasMessageContaining("VirtualTimeLoopTest");
    }

    @Test
    @Tag("native")
    void blockingCall_besideATimer_keepsTheClockStill() {
        var queue = new ArrayBlockingQueue<String>(1);
        VirtualTime.run(() -> {
            var timer = createTask(() -> {
                sleep(HOUR);
                trail.timedStep("timer");
            });
            var blocked = createTask(() -> trail.timedStep(queue.take()));
            VirtualTime.settle();
            Thread.ofPlatform().start(() -> queue.add("taken"));
            blocked.await();
            timer.await();
        });
        trail.expect("PT0S taken", "PT1H timer");
    }

    @Test
    @Tag("native")
    void blockingCall_thatNeverEnds_failsAfterTheLimitAndNamesTheCall() {
        var queue = new ArrayBlockingQueue<String>(1);
        assertThatThrownBy(() -> VirtualTime.run(
                        () -> {
                            createTask(() -> sleep(HOUR));
                            takeFrom(queue);
                        },
                        IMPATIENT))
                .isInstanceOf(StandstillError.class)
                .hasMessageContaining("blocks in java.util.concurrent.ArrayBlockingQueue.take")
                .hasMessageContaining("VirtualTimeLoopTest.takeFrom(VirtualTimeLoopTest.java");
    }

    private void takeFrom(ArrayBlockingQueue<String> queue) throws InterruptedException {
        try {
            queue.take();
        } finally {
            trail.step("unwound");
        }
    }

    @Test
    @Tag("native")
    void blockingCall_thatNeverEnds_isInterruptedWhenTheRunFails() {
        var queue = new ArrayBlockingQueue<String>(1);
        assertThatThrownBy(() -> VirtualTime.run(() -> takeFrom(queue), IMPATIENT))
                .isInstanceOf(StandstillError.class);
        trail.expect("unwound");
    }

    @Test
    void holdClock_closedByAnotherThread_keepsTheClockStillUntilThen() {
        VirtualTime.run(() -> {
            var loop = getRunningLoop();
            Future<String> reply = loop.createFuture("the reply");
            var hold = VirtualTime.holdClock("the reply of a thread");
            Thread.ofPlatform().start(() -> {
                loop.callSoonThreadsafe(() -> reply.setResult("hello"));
                hold.close();
            });
            assertThat(timeout(HOUR, () -> reply.await())).isEqualTo("hello");
            assertThat(VirtualTime.elapsed()).isZero();
        });
    }

    @Test
    void holdClock_neverClosed_failsAfterTheLimitAndSaysWhy() {
        assertThatThrownBy(() -> VirtualTime.run(
                        () -> {
                            VirtualTime.holdClock("a bus that never comes");
                            sleep(HOUR);
                        },
                        IMPATIENT))
                .isInstanceOf(StandstillError.class)
                .hasMessageContaining("the clock is held for a bus that never comes");
    }

    @Test
    void holdClock_closedTwiceAndAfterTheRun_doesNothing() {
        ClockHold hold = VirtualTime.run(() -> {
            var made = VirtualTime.holdClock("nothing");
            made.close();
            return made;
        });
        hold.close();
    }

    @Test
    void heartbeat_thatGoesOnForEver_endsAtTheLimitOfTheRun() {
        var options = VirtualTimeOptions.DEFAULT.withRunLimit(Duration.ofMillis(100));
        assertThatThrownBy(() -> VirtualTime.run(
                        () -> {
                            createTask(() -> {
                                while (true) {
                                    sleep(HOUR);
                                }
                            });
                            getRunningLoop().createFuture("Godot").await();
                        },
                        options))
                .isInstanceOf(StandstillError.class)
                .hasMessageContaining("the run took longer than PT0.1S")
                .hasMessageContaining("waits for Godot");
    }

    // ---- what is named when the clock stands still

    private static void expectStandstill(String outside, Action<?> body) {
        assertThatThrownBy(() -> VirtualTime.run(body.asCoroutine(), IMPATIENT))
                .isInstanceOf(StandstillError.class)
                .hasMessageContaining("under way outside: " + outside);
    }

    @Test
    void standstill_becauseOfJobsInAnExecutor_countsThem() {
        var never = new CountDownLatch(1);
        expectStandstill("a job in an executor (2 times)", () -> {
            createTask(() -> toThread(() -> never.await()));
            toThread(() -> never.await());
        });
    }

    @Test
    void standstill_becauseOfACompletionStage_namesIt() {
        expectStandstill("the end of a completion stage", () -> Futures.await(new CompletableFuture<>()));
    }

    @Test
    void standstill_becauseOfAConnection_namesItAndTheNetworkInMemory() {
        assertThatThrownBy(() -> VirtualTime.run(
                        () -> {
                            try (var server = Streams.startServer(
                                            peer -> peer.reader().readLine(), "127.0.0.1", 0);
                                    var _ = Streams.openConnection(
                                            "127.0.0.1",
                                            server.sockets().getFirst().getPort())) {
                                sleep(HOUR);
                            }
                        },
                        PATIENT))
                .isInstanceOf(StandstillError.class)
                .hasMessageFindingMatch(
                        "(?m)^  under way outside: the connection of 127.0.0.1:\\d+ with 127.0.0.1:\\d+$")
                .hasMessageContaining("a program gets its connections from MemoryNetwork");
    }

    @Test
    void standstill_becauseOfADatagramSocket_namesItAndTheNetworkInMemory() {
        assertThatThrownBy(() -> VirtualTime.run(
                        () -> {
                            try (var socket = Datagrams.bind("127.0.0.1", 0)) {
                                socket.receive();
                            }
                        },
                        PATIENT))
                .isInstanceOf(StandstillError.class)
                .hasMessageFindingMatch("(?m)^  under way outside: the datagram socket 127.0.0.1:\\d+$")
                .hasMessageContaining("MemoryNetwork");
    }

    @Test
    void standstill_becauseOfAProcess_namesItAndNoNetwork() {
        assertThatThrownBy(() -> VirtualTime.run(
                        () -> {
                            try (var cat = Subprocesses.createSubprocessExec(List.of("cat"), SubprocessOptions.PIPES)) {
                                cat.await();
                            }
                        },
                        PATIENT))
                .isInstanceOf(StandstillError.class)
                .hasMessageMatching("(?s).*under way outside: the end of Subprocess\\[\\d+, cat].*")
                .message()
                .doesNotContain("MemoryNetwork");
    }

    @Test
    void standstill_becauseOfAHold_namesNothingElse() {
        assertThatThrownBy(() -> VirtualTime.run(
                        () -> {
                            getRunningLoop().createFuture("the bus");
                            VirtualTime.holdClock("a bus");
                            sleep(HOUR);
                        },
                        IMPATIENT))
                .isInstanceOf(StandstillError.class)
                .message()
                .doesNotContain("under way outside");
    }

    @Test
    void expectFromOutside_closedTwice_countsOnce() {
        VirtualTime.run(() -> {
            var loop = (BaseEventLoop) getRunningLoop();
            var other = loop.expectFromOutside("another");
            var expectation = loop.expectFromOutside("a reply");
            expectation.close();
            expectation.close();
            Thread.ofPlatform()
                    .start(() -> loop.callSoonThreadsafe(() -> {
                        trail.timedStep("reply");
                        other.close();
                    }));
            sleep(HOUR);
            trail.timedStep("timer");
        });
        trail.expect("PT0S reply", "PT1H timer");
    }

    @Test
    void withStandstillLimit_ofZero_isRefused() {
        assertThatThrownBy(() -> VirtualTimeOptions.DEFAULT.withStandstillLimit(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- determinism

    @RepeatedTest(100)
    void run_ofTheSameProgramTwice_leavesTheSameTrail() {
        assertThat(trailOfManyTasks()).isEqualTo(trailOfManyTasks()).hasSize(400);
    }

    private static List<String> trailOfManyTasks() {
        var trail = new Trail();
        VirtualTime.run(() -> {
            for (int i = 0; i < 20; i++) {
                int number = i;
                createTask(() -> walk(trail, number));
            }
            sleep(Duration.ofDays(1));
        });
        return trail.steps();
    }

    private static void walk(Trail trail, int number) {
        for (int step = 1; step <= 20; step++) {
            sleep(Duration.ofMillis(number * 7L * step % 11));
            trail.timedStep(number + "/" + step);
        }
    }

    // ---- the loop itself

    @Test
    void runUntilComplete_onALoopOfOnesOwn_jumpsAsWell() {
        try (var loop = new VirtualTimeLoop()) {
            loop.runUntilComplete(() -> {
                sleep(HOUR);
                return true;
            });
            assertThat(loop.time()).isEqualTo(HOUR);
        }
    }
}
