package dev.asyncio4j.tests.behaviour.testing;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.runCoroutineThreadsafe;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.testing.Trail;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SeedTest {

    private static VirtualTimeOptions seed(long seed) {
        return VirtualTimeOptions.DEFAULT.withSeed(seed);
    }

    /** Jobs in rounds, each beside a timer; the steps of the jobs and those after them are recorded. */
    private static List<String> trailOf(long seed) {
        var trail = new Trail();
        VirtualTime.run(
                () -> TaskGroup.run(group -> {
                    for (int i = 0; i < 5; i++) {
                        int number = i;
                        group.createTask(() -> work(trail, number));
                    }
                }),
                seed(seed));
        return trail.steps();
    }

    private static void work(Trail trail, int number) {
        for (int round = 0; round < 3; round++) {
            toThread(() -> trail.step("job " + number));
            trail.timedStep("task " + number);
            sleep(Duration.ofSeconds(1 + number % 2));
        }
    }

    @RepeatedTest(100)
    void withSeed_theSameTwice_givesTheSameRun() {
        assertThat(trailOf(7)).isEqualTo(trailOf(7)).hasSize(30);
    }

    @Test
    void withSeed_manySeeds_giveManyRuns() {
        var trails = new HashSet<List<String>>();
        LongStream.range(0, 20).forEach(seed -> trails.add(trailOf(seed)));
        assertThat(trails).hasSizeGreaterThan(10);
    }

    @Test
    void withSeed_jobsThatWaitForEachOther_endAllTheSame() throws Exception {
        VirtualTime.run(
                () -> {
                    var barrier = new CyclicBarrier(2);
                    var one = createTask(() -> toThread(() -> barrier.await()));
                    toThread(() -> barrier.await());
                    one.await();
                },
                seed(1));
    }

    @Test
    void withSeed_jobThatWaitsForTheLoop_endsAllTheSame() throws Exception {
        VirtualTime.run(
                () -> {
                    var loop = getRunningLoop();
                    var answer = toThread(() -> runCoroutineThreadsafe(() -> sleep(Duration.ZERO, "answer"), loop)
                            .get());
                    assertThat(answer).isEqualTo("answer");
                },
                seed(1));
    }

    @Test
    void withSeed_jobThatStartsAJob_runsBoth() {
        VirtualTime.run(
                () -> {
                    var first = createTask(() -> toThread(() -> "first"));
                    assertThat(first.await()).isEqualTo("first");
                    assertThat(toThread(() -> "second")).isEqualTo("second");
                },
                seed(1));
    }

    @Test
    void withSeed_jobsLeftAtTheEnd_areEnded() {
        VirtualTime.run(
                () -> {
                    getRunningLoop().runInExecutor(null, () -> "nobody waits");
                },
                seed(1));
    }

    @Test
    void forSeeds_programThatDependsOnOrder_failsAndNamesTheSeed() {
        assertThatThrownBy(() -> VirtualTime.forSeeds(50, () -> {
                    var order = new ArrayList<Integer>();
                    TaskGroup.run(group -> {
                        for (int i = 0; i < 3; i++) {
                            int number = i;
                            group.createTask(() -> {
                                toThread(() -> {});
                                order.add(number);
                            });
                        }
                    });
                    assertThat(order).containsExactly(0, 1, 2);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed with seed")
                .hasCauseInstanceOf(AssertionError.class);
    }

    @Test
    void forSeeds_programThatDoesNotDependOnOrder_passes() {
        VirtualTime.forSeeds(20, () -> sleep(Duration.ofHours(1)));
    }
}
