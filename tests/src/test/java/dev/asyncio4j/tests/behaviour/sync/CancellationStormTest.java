package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.tests.behaviour.sync.Turns.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Task;
import dev.asyncio4j.sync.Barrier;
import dev.asyncio4j.sync.BrokenBarrierException;
import dev.asyncio4j.sync.Condition;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import dev.asyncio4j.sync.Queue;
import dev.asyncio4j.sync.QueueShutDownException;
import dev.asyncio4j.sync.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CAN-12 for everything at once: tasks cancelled at random moments, and afterwards everything has to be there. */
class CancellationStormTest {

    /** Something that tasks do again and again while they are being cancelled. */
    private interface Scene {

        /** One round of a worker. */
        void round();

        /** What the main task does between two volleys of cancels. */
        default void tick() {}

        /** Lets those go who would wait for ever, now that the others have stopped. */
        default void finish() {}

        /** Looks whether everything is where it belongs. */
        void check();
    }

    private static final class Locked implements Scene {

        private final Lock lock = new Lock();
        private int inside;

        @Override
        public void round() {
            try (var _ = lock.acquire()) {
                assertThat(++inside).isEqualTo(1);
                try {
                    turn();
                } finally {
                    inside--;
                }
            }
        }

        @Override
        public void check() {
            assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(false, null, 0));
        }
    }

    private static final class Limited implements Scene {

        private static final int PERMITS = 5;
        private final Semaphore semaphore = new Semaphore(PERMITS);
        private int inside;

        @Override
        public void round() {
            try (var _ = semaphore.acquire()) {
                assertThat(++inside).isLessThanOrEqualTo(PERMITS);
                try {
                    turn();
                } finally {
                    inside--;
                }
            }
        }

        @Override
        public void check() {
            assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(PERMITS, 0));
        }
    }

    /** Every other round puts, the others get. */
    private static final class Queued implements Scene {

        private final Queue<Long> queue = new Queue<>(3);
        private long rounds;
        private long put;
        private long got;

        @Override
        public void round() {
            long number = rounds++;
            try {
                if (number % 2 == 0) {
                    queue.put(number);
                    put += number;
                } else {
                    got += queue.get();
                    queue.taskDone();
                }
            } catch (QueueShutDownException finishing) {
                // Those that come later may.
            }
            turn(); // what is ready does not suspend
        }

        @Override
        public void finish() {
            queue.shutdown();
        }

        @Override
        public void check() {
            while (!queue.empty()) {
                got += queue.getNowait();
                queue.taskDone();
            }
            assertThat(got).isEqualTo(put);
            assertThat(queue.statistics()).isEqualTo(new Queue.Statistics(0, 3, 0, 0, 0, true));
        }
    }

    private static final class Stocked implements Scene {

        private final Condition changed = new Condition();
        private long stock;
        private long stored;
        private long taken;
        private long rounds;
        private boolean finishing;

        @Override
        public void round() {
            boolean stores = rounds++ % 2 == 0;
            try (var _ = changed.acquire()) {
                if (stores) {
                    stock++;
                    stored++;
                    changed.signal();
                } else {
                    changed.awaitUntil(() -> stock > 0 || finishing);
                    take();
                }
                turn();
            }
        }

        private void take() {
            if (stock > 0) {
                stock--;
                taken++;
            }
        }

        @Override
        public void finish() {
            finishing = true;
            try (var _ = changed.acquire()) {
                changed.signalAll();
            }
        }

        @Override
        public void check() {
            assertThat(stock).isEqualTo(stored - taken);
            assertThat(changed.statistics())
                    .isEqualTo(new Condition.Statistics(0, new Lock.Statistics(false, null, 0)));
        }
    }

    private static final class Met implements Scene {

        private static final int PARTIES = 4;
        private final Barrier barrier = new Barrier(PARTIES);

        @Override
        public void round() {
            try {
                assertThat(barrier.await()).isBetween(0, PARTIES - 1);
            } catch (BrokenBarrierException e) {
                turn();
            }
        }

        @Override
        public void finish() {
            barrier.abort();
        }

        @Override
        public void check() {
            assertThat(barrier.statistics()).isEqualTo(new Barrier.Statistics(PARTIES, 0, true));
        }
    }

    private static final class Signalled implements Scene {

        private final Event event = new Event();

        @Override
        public void round() {
            event.await();
            turn();
        }

        @Override
        public void tick() {
            event.set();
            event.clear();
        }

        @Override
        public void finish() {
            event.set();
        }

        @Override
        public void check() {
            assertThat(event.statistics()).isEqualTo(new Event.Statistics(true, 0));
        }
    }

    /** A task that does not let itself be ended, and counts what it was told. */
    private final class Worker {

        private final Scene scene;
        private final Task<?> task;
        private boolean asked;

        Worker(Scene scene) {
            this.scene = scene;
            this.task = Asyncio.createTask(this::work);
        }

        private void work() {
            while (!stopping) {
                surviving(scene::round);
            }
            surviving(Turns::turn);
            assertThat(asked).as("a cancel was lost").isFalse();
        }

        private void surviving(Runnable body) {
            try {
                body.run();
            } catch (CancelledError e) {
                assertThat(asked).as("a cancel came from nowhere").isTrue();
                asked = false;
                delivered++;
                while (task.cancelling() > 0) {
                    task.uncancel();
                }
            }
        }

        void cancel() {
            asked |= task.cancel();
        }
    }

    /** Only a storm that has left somebody waiting for ever takes so long. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private boolean stopping;
    private long delivered;

    private void storm(int tasks, int cancels, int volley, long seed) {
        var random = new Random(seed);
        List<Scene> scenes =
                List.of(new Locked(), new Limited(), new Queued(), new Stocked(), new Met(), new Signalled());
        var workers = new ArrayList<Worker>();
        for (int task = 0; task < tasks; task++) {
            workers.add(new Worker(scenes.get(task % scenes.size())));
        }
        turn();
        for (int fired = 0; fired < cancels; ) {
            for (int left = random.nextInt(volley) + 1; left > 0 && fired < cancels; left--, fired++) {
                workers.get(random.nextInt(tasks)).cancel();
            }
            scenes.forEach(Scene::tick);
            turn();
        }
        stopping = true;
        scenes.forEach(Scene::finish);
        Asyncio.timeout(PATIENCE, () -> workers.forEach(worker -> worker.task.await()));
        scenes.forEach(Scene::check);
        assertThat(delivered).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("CAN-12: nothing is lost, few tasks and many cancels")
    void storm_fewTasks_nothingIsLost(long seed) {
        Asyncio.run(() -> storm(60, 3_000, 12, seed));
    }

    @Test
    @DisplayName("CAN-12: nothing is lost, more tasks")
    void storm_manyTasks_nothingIsLost() {
        Asyncio.run(() -> storm(1_200, 12_000, 200, 99));
    }

    @Test
    @Tag("deep")
    @DisplayName("CAN-12: nothing is lost, thousands in one queue")
    void storm_thousandsOfTasks_nothingIsLost() {
        Asyncio.run(() -> storm(20_000, 200_000, 4_000, 4));
    }
}
