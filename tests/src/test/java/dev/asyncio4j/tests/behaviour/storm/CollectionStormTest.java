package dev.asyncio4j.tests.behaviour.storm;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tasks that nobody refers to, and a garbage collection in every iteration of the loop. */
final class CollectionStormTest {

    private static final int TASKS = 200;
    private static final int KINDS = 5;
    private static final int LEAST_ITERATIONS = 20;
    private static final int MOST_ITERATIONS = 2_000;
    private static final Duration SOON = Duration.ofMillis(1);

    private int finished;
    private int cancelledAtTheEnd;

    /** gh-91887. */
    @Test
    void tasksThatNobodyRefersTo_aCollectionInEveryIteration_areAllThereAtTheEnd() {
        int[] iterations = {0};
        Asyncio.run(() -> {
            for (int i = 0; i < TASKS; i++) {
                startAndForget(i % KINDS);
                startAndForgetOneThatWaitsForever();
            }
            for (; iterations[0] < MOST_ITERATIONS; iterations[0]++) {
                if (finished == TASKS && iterations[0] >= LEAST_ITERATIONS) {
                    break;
                }
                System.gc();
                sleep(Duration.ZERO);
            }
            assertThat(finished).isEqualTo(TASKS);
            assertThat(Asyncio.allTasks()).hasSize(TASKS + 1);
        });
        assertThat(cancelledAtTheEnd).isEqualTo(TASKS);
        System.out.printf("collection storm: %,d tasks, %,d collections, 0 lost%n", 2 * TASKS, iterations[0]);
    }

    private void startAndForget(int kind) {
        createTask(() -> {
            switch (kind) {
                case 0 -> giveWay();
                case 1 -> sleep(SOON);
                case 2 -> awaitACallback();
                case 3 -> toThread(() -> "from a thread");
                default -> createTask(() -> sleep(SOON)).await();
            }
            finished++;
        });
    }

    private static void giveWay() {
        for (int i = 0; i < LEAST_ITERATIONS; i++) {
            sleep(Duration.ZERO);
        }
    }

    private static void awaitACallback() {
        EventLoop loop = getRunningLoop();
        Future<Boolean> future = loop.createFuture();
        loop.callLater(SOON, () -> future.setResult(true));
        future.await();
    }

    /** Nothing refers to what it waits for but the task, and nothing to the task but the loop. */
    private void startAndForgetOneThatWaitsForever() {
        createTask(() -> {
            try {
                getRunningLoop().createFuture().await();
            } catch (CancelledError e) {
                cancelledAtTheEnd++;
                throw e;
            }
        });
    }
}
