package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.internal.loop.TimerHeap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerHeapTest {

    private static final int MANY = 1_000;

    private final Set<Integer> cancelled = new HashSet<>();
    private final TimerHeap<Integer> timers = new TimerHeap<>(cancelled::contains);

    private final List<Long> deadlines = new ArrayList<>();
    private final BitSet taken = new BitSet();

    private void cancel(int timer) {
        cancelled.add(timer);
        timers.noteCancelled();
    }

    private List<Integer> takeAll() {
        var taken = new ArrayList<Integer>();
        for (Integer timer = timers.pollDue(MANY); timer != null; timer = timers.pollDue(MANY)) {
            taken.add(timer);
        }
        return taken;
    }

    @Test
    void pollDue_timersAddedInAnyOrder_givesTheEarliestFirst() {
        // LOOP-1
        var deadlines = new ArrayList<>(IntStream.range(0, MANY).boxed().toList());
        Collections.shuffle(deadlines, new Random(20));
        deadlines.forEach(deadline -> timers.add(deadline, deadline));
        assertThat(timers.firstDeadline()).isZero();
        assertThat(takeAll()).isEqualTo(IntStream.range(0, MANY).boxed().toList());
    }

    @Test
    void pollDue_equalDeadlines_givesThemAsTheyWereAdded() {
        // LOOP-6
        IntStream.range(0, MANY).forEach(timer -> timers.add(7, timer));
        assertThat(takeAll()).isEqualTo(IntStream.range(0, MANY).boxed().toList());
    }

    @Test
    void purge_mostOfManyAreCancelled_dropsThemWhereverTheyAre() {
        // LOOP-1
        IntStream.range(0, MANY).forEach(timer -> timers.add(timer, timer));
        IntStream.range(MANY / 4, MANY).forEach(this::cancel);
        timers.purge();
        assertThat(timers.size()).isEqualTo(MANY / 4);
        assertThat(takeAll()).isEqualTo(IntStream.range(0, MANY / 4).boxed().toList());
    }

    @Test
    void purge_fewAreCancelled_dropsThoseOnTopOnly() {
        // LOOP-1
        IntStream.range(0, MANY).forEach(timer -> timers.add(timer, timer));
        cancel(0);
        cancel(1);
        cancel(500);
        timers.purge();
        assertThat(timers.size()).isEqualTo(MANY - 2);
        assertThat(timers.firstDeadline()).isEqualTo(2);
    }

    /** Deadlines over the end of the clock's range, in clusters and apart, some cancelled. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 1_000_000_000, 1L << 40})
    void pollDue_manyTimersAddedAndCancelledMeanwhile_givesThemAsAModelDoes(long spread) {
        // LOOP-1, LOOP-6
        var random = new SplittableRandom(spread);
        var model = new PriorityQueue<Integer>(
                Comparator.comparingLong(deadlines::get).thenComparing(timer -> timer));
        long now = Long.MAX_VALUE - spread;
        for (int round = 0; round < 100; round++) {
            for (int i = random.nextInt(2_500); i > 0; i--) {
                int timer = deadlines.size();
                long delay = random.nextLong(spread) / (random.nextInt(4) == 0 ? spread : 1);
                deadlines.add(now + delay - Long.MAX_VALUE); // the model compares plainly
                timers.add(now + delay, timer);
                model.add(timer);
            }
            for (int i = random.nextInt(1_500); i > 0 && !model.isEmpty(); i--) {
                int timer = random.nextInt(deadlines.size());
                if (!taken.get(timer) && !cancelled.contains(timer)) {
                    cancel(timer);
                }
            }
            timers.purge();
            now += random.nextLong(spread) / 8;
            takeDue(now, model);
        }
        takeDue(now + spread, model);
        assertThat(model).isEmpty();
    }

    private void takeDue(long end, PriorityQueue<Integer> model) {
        var expected = new ArrayList<Integer>();
        while (!model.isEmpty() && deadlines.get(model.peek()) < end - Long.MAX_VALUE) {
            taken.set(model.peek());
            expected.add(model.remove());
        }
        expected.removeIf(cancelled::contains);
        var due = new ArrayList<Integer>();
        for (Integer timer = timers.pollDue(end); timer != null; timer = timers.pollDue(end)) {
            due.add(timer);
        }
        due.removeIf(cancelled::contains);
        assertThat(due).isEqualTo(expected);
    }

    @Test
    void firstDeadline_ofMany_isThatOfTheNearest() {
        var random = new SplittableRandom(7);
        int count = 10_000;
        for (int timer = 0; timer < count; timer++) {
            timers.add(random.nextInt(count), timer);
        }
        timers.purge();
        assertThat(timers.size()).isEqualTo(count);
        long before = -1;
        while (timers.size() > 0) {
            long first = timers.firstDeadline();
            assertThat(first).isGreaterThanOrEqualTo(before);
            assertThat(timers.pollDue(first)).isNull();
            assertThat(timers.mayBeDue(first)).isTrue();
            assertThat(timers.pollDue(first + 1)).isNotNull();
            before = first;
        }
        assertThatIllegalStateException().isThrownBy(timers::firstDeadline).withMessage("there is no timer");
    }

    @Test
    void clear_ofMany_leavesNone() {
        IntStream.range(0, 20_000).forEach(timer -> timers.add(timer, timer));
        timers.purge();
        timers.clear();
        assertThat(timers.size()).isZero();
        assertThat(timers.pollDue(Long.MAX_VALUE)).isNull();
        timers.add(5, 5);
        assertThat(timers.firstDeadline()).isEqualTo(5);
    }
}
