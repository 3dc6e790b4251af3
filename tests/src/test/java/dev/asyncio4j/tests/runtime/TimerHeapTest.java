package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.internal.loop.TimerHeap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimerHeapTest {

    private static final int MANY = 1_000;

    private final Set<Integer> cancelled = new HashSet<>();
    private final TimerHeap<Integer> timers = new TimerHeap<>(cancelled::contains);

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
}
