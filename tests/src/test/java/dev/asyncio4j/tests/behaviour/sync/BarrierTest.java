package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.tests.behaviour.sync.Turns.settle;
import static dev.asyncio4j.tests.behaviour.sync.Turns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Task;
import dev.asyncio4j.sync.Barrier;
import dev.asyncio4j.sync.BrokenBarrierException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BarrierTest {

    private final Turns turns = new Turns();
    private final Barrier barrier = new Barrier(3);

    private Task<@Nullable Void> arrive(String name) {
        return turns.start(name + " left", () -> {
            try {
                turns.step(name + " has " + barrier.await());
            } catch (BrokenBarrierException e) {
                turns.step(name + " broken");
            }
        });
    }

    @Test
    void constructor_noParties_isRefused() {
        assertThatThrownBy(() -> new Barrier(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(barrier.parties()).isEqualTo(3);
    }

    @Test
    @DisplayName("BAR-1, BAR-2: the n-th arrival wakes all and goes on first; indices by arrival")
    void await_allArrive_lastOneLeavesFirst() {
        Asyncio.run(() -> {
            arrive("a");
            arrive("b");
            turn();
            assertThat(barrier.waiting()).isEqualTo(2);
            assertThat(turns.trail()).isEmpty();
            arrive("c");
            settle();
            assertThat(turns.trail()).containsExactly("c has 2", "c left", "a has 0", "a left", "b has 1", "b left");
            assertThat(barrier.waiting()).isZero();
        });
    }

    @Test
    @DisplayName("BAR-1: it is used again and again, and a newcomer waits while it drains")
    void await_moreThanParties_newcomersFillTheNextRound() {
        Asyncio.run(() -> {
            for (String name : new String[] {"a", "b", "c", "d", "e", "f", "g"}) {
                arrive(name);
            }
            settle();
            assertThat(turns.trail().stream().filter(step -> step.contains(" has ")))
                    .containsExactly("c has 2", "a has 0", "b has 1", "f has 2", "d has 0", "e has 1");
            assertThat(barrier.waiting()).isEqualTo(1);
            arrive("h");
            arrive("i");
            settle();
            assertThat(barrier.waiting()).isZero();
        });
    }

    @Test
    void await_oneParty_doesNotSuspend() {
        Asyncio.run(() -> {
            turns.start("other", () -> {});
            assertThat(new Barrier(1).await()).isZero();
            assertThat(turns.trail()).isEmpty();
        });
    }

    @Test
    @DisplayName(
            "BAR-3: a cancelled waiter just leaves; BAR-2 done better: its index is free again, none is given twice")
    void cancel_waiter_leavesAndItsIndexIsReused() {
        Asyncio.run(() -> {
            var a = arrive("a");
            arrive("b");
            turn();
            a.cancel();
            settle();
            assertThat(barrier.broken()).isFalse();
            assertThat(barrier.waiting()).isEqualTo(1);
            arrive("c");
            arrive("d");
            settle();
            assertThat(turns.trail().stream().filter(step -> step.contains(" has ")))
                    .containsExactly("d has 2", "b has 1", "c has 0");
        });
    }

    @Test
    @DisplayName("BAR-3, CAN-12: cancelled while it drains, the others go on and the next round works")
    void cancel_whileDraining_othersGoOn() {
        Asyncio.run(() -> {
            var a = arrive("a");
            arrive("b");
            turn();
            barrier.await();
            a.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("a left cancelled", "b has 1", "b left");
            arrive("d");
            arrive("e");
            arrive("f");
            settle();
            assertThat(turns.trail()).contains("d has 0", "e has 1", "f has 2");
        });
    }

    @Test
    @DisplayName("BAR-4: abort breaks it for those who wait and those who come, until reset")
    void abort_waiters_areBrokenUntilReset() {
        Asyncio.run(() -> {
            arrive("a");
            turn();
            barrier.abort();
            assertThat(barrier.broken()).isTrue();
            assertThat(barrier.waiting()).isZero();
            settle();
            assertThatThrownBy(barrier::await)
                    .isInstanceOf(BrokenBarrierException.class)
                    .hasMessageContaining("is broken");
            assertThat(turns.trail()).containsExactly("a broken", "a left");
            barrier.reset();
            assertThat(barrier.broken()).isFalse();
            arrive("b");
            arrive("c");
            arrive("d");
            settle();
            assertThat(turns.trail()).contains("b has 0", "c has 1", "d has 2");
        });
    }

    @Test
    @DisplayName("BAR-4: reset throws the waiters out and fills again; without waiters at once")
    void reset_waiters_areThrownOut() {
        Asyncio.run(() -> {
            barrier.reset();
            arrive("a");
            arrive("b");
            turn();
            barrier.reset();
            arrive("c");
            settle();
            assertThat(turns.trail()).containsExactly("a broken", "a left", "b broken", "b left");
            assertThat(barrier.waiting()).isEqualTo(1);
            assertThat(barrier.broken()).isFalse();
            arrive("d");
            arrive("e");
            settle();
            assertThat(turns.trail()).contains("c has 0", "d has 1", "e has 2");
        });
    }

    @Test
    void reports_nameTheBarrier() {
        Asyncio.run(() -> {
            barrier.setName("round");
            var waiter = arrive("a");
            turn();
            assertThat(waiter).asString().contains("the others at Barrier round");
            assertThat(barrier).hasToString("Barrier round (filling, 1 of 3 waiting)");
            assertThat(barrier.statistics()).isEqualTo(new Barrier.Statistics(3, 1, false));
            waiter.cancel();
        });
    }
}
