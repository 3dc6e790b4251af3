package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.tests.behaviour.sync.Turns.settle;
import static dev.asyncio4j.tests.behaviour.sync.Turns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.sync.ItemStore;
import dev.asyncio4j.sync.LifoQueue;
import dev.asyncio4j.sync.PriorityQueue;
import dev.asyncio4j.sync.Queue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Queues that give their items out in another order. */
class QueueOrderTest {

    private record Job(int priority, int number) {}

    private static <T> List<T> drain(Queue<T> queue) {
        var drained = new ArrayList<T>();
        while (!queue.empty()) {
            drained.add(queue.getNowait());
        }
        return drained;
    }

    @Test
    @DisplayName("Q-9: a priority queue gives the smallest first")
    void priorityQueue_randomItems_comeOutSorted() {
        var random = new Random(25);
        for (int size = 0; size < 100; size++) {
            var queue = new PriorityQueue<Integer>();
            var items =
                    IntStream.range(0, size).mapToObj(_ -> random.nextInt(20)).toList();
            items.forEach(queue::putNowait);
            assertThat(drain(queue)).isEqualTo(items.stream().sorted().toList());
        }
    }

    @Test
    @DisplayName("Q-9, strengthened: equal items come out in the order in which they were put")
    void priorityQueue_equalItems_keepTheirOrder() {
        var random = new Random(9);
        var queue = new PriorityQueue<Job>(0, Comparator.comparingInt(Job::priority));
        var waiting = new ArrayList<Job>();
        for (int number = 0; number < 5_000; number++) {
            if (random.nextInt(3) > 0 || waiting.isEmpty()) {
                var job = new Job(random.nextInt(5), number);
                queue.putNowait(job);
                waiting.add(job);
            } else {
                var expected = waiting.stream()
                        .min(Comparator.comparingInt(Job::priority).thenComparingInt(Job::number))
                        .orElseThrow();
                assertThat(queue.getNowait()).isEqualTo(expected);
                waiting.remove(expected);
            }
        }
        waiting.sort(Comparator.comparingInt(Job::priority).thenComparingInt(Job::number));
        assertThat(drain(queue)).isEqualTo(waiting);
    }

    @Test
    @DisplayName("Q-9: what cannot be compared is refused by put, the first item too, and nothing is lost")
    void priorityQueue_incomparable_isRefused() {
        var queue = new PriorityQueue<Object>();
        assertThatThrownBy(() -> queue.putNowait(new Object())).isInstanceOf(ClassCastException.class);
        assertThat(queue.empty()).isTrue();
        for (int item : new int[] {1, 2, 3, 4, 5, 6, 7}) {
            queue.putNowait(item);
        }
        assertThatThrownBy(() -> queue.putNowait("no number")).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> queue.putNowait(new Object())).isInstanceOf(ClassCastException.class);
        assertThat(queue.statistics().unfinished()).isEqualTo(7);
        assertThat(drain(queue)).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    @DisplayName("Q-9: a comparison that fails halfway, in put or get, loses no item")
    void priorityQueue_comparisonFails_losesNothing() {
        var random = new Random(3);
        var comparisonsLeft = new int[] {Integer.MAX_VALUE};
        var queue = new PriorityQueue<Integer>(0, (one, other) -> {
            if (comparisonsLeft[0]-- == 0) {
                throw new IllegalArgumentException("cannot compare now");
            }
            return Integer.compare(one, other);
        });
        var expected = new ArrayList<Integer>();
        for (int item = 0; item < 200; item++) {
            comparisonsLeft[0] = random.nextInt(6);
            int value = random.nextInt(1_000);
            try {
                queue.putNowait(value);
                expected.add(value);
            } catch (IllegalArgumentException e) {
                assertThat(queue.qsize()).isEqualTo(expected.size());
            }
            comparisonsLeft[0] = random.nextInt(6);
            if (expected.size() > 100) {
                try {
                    expected.remove((Object) queue.getNowait());
                } catch (IllegalArgumentException e) {
                    assertThat(queue.qsize()).isEqualTo(expected.size());
                }
            }
        }
        comparisonsLeft[0] = Integer.MAX_VALUE;
        expected.sort(null);
        assertThat(drain(queue)).isEqualTo(expected);
    }

    @Test
    @DisplayName("Q-4 for failures: a woken putter whose item is refused passes the place on")
    void put_itemRefusedAfterWaiting_nextGetsThePlace() {
        Asyncio.run(() -> {
            var turns = new Turns();
            var queue = new PriorityQueue<Object>(2);
            queue.putNowait(1);
            queue.putNowait(2);
            var refused = Asyncio.createTask(() -> queue.put("no number"));
            turns.start("next", () -> queue.put(3));
            turn();
            assertThat(queue.getNowait()).isEqualTo(1);
            settle();
            assertThatThrownBy(refused::await).isInstanceOf(ClassCastException.class);
            assertThat(turns.trail()).containsExactly("next");
            assertThat(drain(queue)).containsExactly(2, 3);
        });
    }

    @Test
    @DisplayName("Q-4 for failures: a woken getter whose comparison fails passes the item on")
    void get_comparisonFailsAfterWaiting_nextGetsTheItem() {
        Asyncio.run(() -> {
            var turns = new Turns();
            var failing = new boolean[1];
            var queue = new PriorityQueue<Integer>(0, (one, other) -> {
                if (failing[0]) {
                    failing[0] = false;
                    throw new IllegalArgumentException("cannot compare now");
                }
                return Integer.compare(one, other);
            });
            var failed = Asyncio.createTask(queue::get);
            for (int getter = 0; getter < 3; getter++) {
                turns.start("got", queue::get);
            }
            turn();
            for (int item = 0; item < 3; item++) {
                queue.putNowait(item);
            }
            failing[0] = true;
            settle();
            assertThatThrownBy(failed::await).isInstanceOf(IllegalArgumentException.class);
            assertThat(turns.trail()).containsExactly("got", "got", "got");
            assertThat(queue.empty()).isTrue();
        });
    }

    @Test
    @DisplayName("Q-2, Q-9: a getter that wakes up gets what is first then, not what woke it")
    void priorityQueue_getterWoken_getsTheSmallest() {
        Asyncio.run(() -> {
            var queue = new PriorityQueue<Integer>();
            var getter = Asyncio.createTask(queue::get);
            turn();
            queue.putNowait(2);
            queue.putNowait(1);
            assertThat(getter.await()).isEqualTo(1);
        });
    }

    @Test
    @DisplayName("Q-9: LIFO is a stack")
    void lifoQueue_items_comeOutBackwards() {
        var queue = new LifoQueue<Integer>(3);
        queue.putNowait(1);
        queue.putNowait(2);
        queue.putNowait(3);
        assertThat(queue.full()).isTrue();
        assertThat(drain(queue)).containsExactly(3, 2, 1);
        queue.putNowait(4);
        queue.shutdown(true);
        assertThat(queue.empty()).isTrue();
    }

    /** A store that drops what it has already. */
    private static final class DistinctStore implements ItemStore<String> {

        private final LinkedHashSet<String> items = new LinkedHashSet<>();

        @Override
        public void add(String item) {
            items.add(item);
        }

        @Override
        public String remove() {
            return items.removeFirst();
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public void clear() {
            items.clear();
        }
    }

    private static final class DistinctQueue extends Queue<String> {
        DistinctQueue() {
            super(2, new DistinctStore());
        }
    }

    @Test
    @DisplayName("override points: a store of one's own decides what is kept, and in which order")
    void queue_ownStore_isUsed() {
        var queue = new DistinctQueue();
        queue.putNowait("a");
        queue.putNowait("a");
        assertThat(queue.full()).isFalse();
        queue.putNowait("b");
        assertThat(queue.full()).isTrue();
        assertThat(drain(queue)).containsExactly("a", "b");
    }

    @Test
    void queue_filledAndEmptiedManyTimes_keepsItsOrder() {
        var queue = new Queue<Integer>();
        int next = 0;
        int expected = 0;
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            for (int puts = random.nextInt(300); puts > 0; puts--) {
                queue.putNowait(next++);
            }
            for (int gets = random.nextInt(300); gets > 0 && !queue.empty(); gets--) {
                assertThat(queue.getNowait()).isEqualTo(expected++);
            }
        }
        while (!queue.empty()) {
            assertThat(queue.getNowait()).isEqualTo(expected++);
        }
        assertThat(expected).isEqualTo(next);
    }
}
