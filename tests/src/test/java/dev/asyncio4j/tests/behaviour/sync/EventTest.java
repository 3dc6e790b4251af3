package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.tests.behaviour.sync.Turns.settle;
import static dev.asyncio4j.tests.behaviour.sync.Turns.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.sync.Event;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of Event have no numbers; they are cited in words. */
class EventTest {

    private final Turns turns = new Turns();
    private final Event event = new Event();

    @Test
    @DisplayName("TASK-3: waiting for a set event does not suspend")
    void await_set_doesNotSuspend() {
        Asyncio.run(() -> {
            turns.start("other", () -> {});
            event.set();
            event.await();
            assertThat(turns.trail()).isEmpty();
        });
    }

    @Test
    @DisplayName("waiters are woken in order")
    void set_severalWait_wakesAllInOrder() {
        Asyncio.run(() -> {
            for (String name : new String[] {"a", "b", "c"}) {
                turns.start(name, event::await);
            }
            turn();
            assertThat(event.statistics()).isEqualTo(new Event.Statistics(false, 3));
            event.set();
            assertThat(turns.trail()).isEmpty();
            turn();
            assertThat(turns.trail()).containsExactly("a", "b", "c");
            assertThat(event.statistics()).isEqualTo(new Event.Statistics(true, 0));
        });
    }

    @Test
    @DisplayName("a waiter completed by set goes on though clear ran before its step")
    void clear_beforeTheWokenTaskRuns_itGoesOn() {
        Asyncio.run(() -> {
            turns.start("woken", event::await);
            turn();
            event.set();
            event.clear();
            turns.start("late", event::await).setName("late");
            turn();
            assertThat(turns.trail()).containsExactly("woken");
            assertThat(event.isSet()).isFalse();
            event.set();
            settle();
            assertThat(turns.trail()).containsExactly("woken", "late");
        });
    }

    @Test
    @DisplayName("set on a set event does nothing")
    void set_again_changesNothing() {
        Asyncio.run(() -> {
            event.set();
            event.set();
            assertThat(event.isSet()).isTrue();
            event.clear();
            event.clear();
            assertThat(event.isSet()).isFalse();
        });
    }

    @Test
    @DisplayName("a cancelled waiter removes itself; CAN-4: one cancelled after set is cancelled all the same")
    void cancel_waiters_leaveTheOthersAlone() {
        Asyncio.run(() -> {
            var early = turns.start("early", event::await);
            var late = turns.start("late", event::await);
            turns.start("other", event::await);
            turn();
            early.cancel();
            turn();
            assertThat(event.statistics().waiting()).isEqualTo(2);
            event.set();
            late.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("early cancelled", "late cancelled", "other");
            assertThat(event.statistics().waiting()).isZero();
        });
    }

    @Test
    void reports_nameTheEvent() {
        Asyncio.run(() -> {
            event.setName("ready");
            var waiter = Asyncio.createTask(event::await);
            turn();
            assertThat(waiter).asString().contains("the setting of Event ready");
            assertThat(event).hasToString("Event ready (clear, 1 waiting)");
            event.set();
            waiter.await();
        });
    }
}
