package dev.asyncio4j.tests.behaviour.testing;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.gather;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.shield;
import static dev.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.sync.Lock;
import dev.asyncio4j.testing.DeadlockError;
import dev.asyncio4j.testing.Trail;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlockTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final TaskOptions EAGER = TaskOptions.DEFAULT.withEagerStart(true);

    private final Trail trail = new Trail();

    @RepeatedTest(100)
    @Timeout(4)
    void run_twoTasksThatWaitForEachOther_failsAtOnceAndNamesTheCircle() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    var tasks = new ArrayList<Task<?>>();
                    tasks.add(createTask(() -> awaitPhilosopher(tasks, 1), TaskOptions.named("Kant")));
                    tasks.add(createTask(() -> awaitPhilosopher(tasks, 0), TaskOptions.named("Hume")));
                    tasks.getFirst().await();
                }))
                .isInstanceOf(DeadlockError.class)
                .hasMessageContaining("deadlock")
                .hasMessageContaining("waits for task Hume  at")
                .hasMessageContaining("waits for task Kant  at")
                .hasMessageContaining("DeadlockTest.awaitPhilosopher(DeadlockTest.java")
                .hasMessageContaining("a circle: Kant waits for Hume waits for Kant")
                .hasNoSuppressedExceptions();
    }

    private static void awaitPhilosopher(List<Task<?>> tasks, int number) {
        tasks.get(number).await();
    }

    @Test
    void run_twoTasksThatTakeTwoLocksInOppositeOrders_namesTheCircle() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    var left = new Lock();
                    var right = new Lock();
                    TaskGroup.run(group -> {
                        group.createTask(() -> takeBoth(left, right), TaskOptions.named("Kant"));
                        group.createTask(() -> takeBoth(right, left), TaskOptions.named("Hume"));
                    });
                }))
                .isInstanceOf(DeadlockError.class)
                .hasMessageContaining("a circle: Kant waits for Hume waits for Kant");
    }

    private static void takeBoth(Lock first, Lock second) {
        try (var _ = first.acquire()) {
            sleep(Duration.ofSeconds(1));
            second.acquire();
        }
    }

    @Test
    void run_afterACallbackThatStartedATaskEagerly_failsAtOnceAsWell() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    getRunningLoop().callSoon(() -> createTask(() -> sleep(DAY), EAGER));
                    sleep(DAY);
                    sleep(DAY);
                    getRunningLoop().createFuture("never").await();
                }))
                .isInstanceOf(DeadlockError.class)
                .hasMessageContaining("never");
    }

    @Test
    void run_aFutureThatNobodyCompletes_failsAndNamesItsLabel() {
        var error = catchThrowableOfType(
                DeadlockError.class,
                () -> VirtualTime.run(
                        () -> getRunningLoop().createFuture("the end of days").await()));
        assertThat(error).hasMessageContaining("waits for the end of days");
        assertThat(error.getMessage()).doesNotContain("circle");
    }

    @Test
    void run_deadlockAfterADay_failsAsWell() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    sleep(DAY);
                    getRunningLoop().createFuture("Godot").await();
                }))
                .isInstanceOf(DeadlockError.class);
    }

    @Test
    void run_circleThroughAGathering_isNamed() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    var tasks = new ArrayList<Task<?>>();
                    tasks.add(createTask(
                            () -> {
                                gather(List.of(tasks.get(1), tasks.get(2)));
                            },
                            TaskOptions.named("gatherer")));
                    tasks.add(createTask(() -> sleep(DAY), TaskOptions.named("sleeper")));
                    tasks.add(createTask(() -> awaitPhilosopher(tasks, 0), TaskOptions.named("back")));
                    tasks.getFirst().await();
                }))
                .isInstanceOf(DeadlockError.class)
                .hasMessageContaining("a circle: gatherer waits for back waits for gatherer");
    }

    @Test
    void run_circleThroughAGroupAndAShield_isNamed() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    var tasks = new ArrayList<Task<?>>();
                    tasks.add(createTask(
                            () -> TaskGroup.run(group -> group.createTask(
                                    () -> {
                                        shield(tasks.getFirst());
                                    },
                                    TaskOptions.named("child"))),
                            TaskOptions.named("parent")));
                    tasks.getFirst().await();
                }))
                .isInstanceOf(DeadlockError.class)
                .hasMessageContaining("a circle: parent waits for child waits for parent");
    }

    @Test
    void run_twoCircles_namesBoth() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    var tasks = new ArrayList<Task<?>>();
                    for (String name : List.of("a", "b", "c", "d")) {
                        int partner = tasks.size() ^ 1;
                        tasks.add(createTask(() -> awaitPhilosopher(tasks, partner), TaskOptions.named(name)));
                    }
                    tasks.getFirst().await();
                }))
                .hasMessageContaining("a circle: a waits for b waits for a")
                .hasMessageContaining("a circle: c waits for d waits for c");
    }

    @Test
    void run_chainOfManyTasks_isCutShortInTheTable() {
        var error = catchThrowableOfType(
                DeadlockError.class,
                () -> VirtualTime.run(() -> {
                    Future<?> last = getRunningLoop().createFuture("Godot");
                    for (int i = 0; i < 5_000; i++) {
                        Future<?> awaited = last;
                        last = createTask(() -> {
                            awaited.await();
                        });
                    }
                    last.await();
                }));
        assertThat(error.getMessage()).contains("and 4901 more tasks");
        assertThat(error.getMessage().lines().count()).isLessThan(110);
    }

    @Test
    void run_backgroundTaskThatWaitsForEver_isNoDeadlockOnceMainHasEnded() {
        VirtualTime.run(() -> {
            var forEver = createTask(() -> getRunningLoop().createFuture().await());
            sleep(DAY);
            forEver.cancel();
        });
    }

    @Test
    void run_thatDeadlocks_unwindsEveryTask() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    createTask(() -> waitForEver("child"));
                    sleep(Duration.ZERO);
                    waitForEver("main");
                }))
                .isInstanceOf(DeadlockError.class);
        assertThat(trail.steps()).containsExactlyInAnyOrder("child cancelled", "main cancelled");
    }

    private void waitForEver(String name) {
        try {
            getRunningLoop().createFuture().await();
        } catch (CancelledError e) {
            trail.step(name + " cancelled");
            throw e;
        }
    }

    @Test
    void run_taskThatHangsInItsCleanUpToo_isUnwoundAllTheSame() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    try {
                        waitForEver("body");
                    } finally {
                        waitForEver("clean-up");
                    }
                }))
                .isInstanceOf(DeadlockError.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(DeadlockError.class));
        trail.expect("body cancelled", "clean-up cancelled");
    }

    @Test
    void runForever_withNothingToDo_saysThatNoTaskIsLeft() {
        try (var loop = new VirtualTimeLoop()) {
            assertThatThrownBy(loop::runForever)
                    .isInstanceOf(DeadlockError.class)
                    .hasMessageContaining("no task is left");
        }
    }

    @Test
    void run_afterADeadlock_isNotDisturbed() {
        assertThatThrownBy(() -> VirtualTime.run(() -> waitForEver("main"))).isInstanceOf(DeadlockError.class);
        VirtualTime.run(() -> sleep(DAY));
    }
}
