package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.tests.behaviour.sync.Turns.settle;
import static dev.asyncio4j.tests.behaviour.sync.Turns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Task;
import dev.asyncio4j.sync.Queue;
import dev.asyncio4j.sync.QueueEmptyException;
import dev.asyncio4j.sync.QueueFullException;
import dev.asyncio4j.sync.QueueShutDownException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QueueTest {

    private final Turns turns = new Turns();

    private Task<@Nullable Void> getter(String name, Queue<Integer> queue) {
        return turns.start(name + " done", () -> {
            try {
                turns.step(name + " got " + queue.get());
            } catch (QueueShutDownException e) {
                turns.step(name + " shut down");
            }
        });
    }

    private Task<@Nullable Void> putter(String name, Queue<Integer> queue, int item) {
        return turns.start(name, () -> {
            try {
                queue.put(item);
            } catch (QueueShutDownException e) {
                turns.step(name + " shut down");
            }
        });
    }

    private static Queue<Integer> full() {
        var queue = new Queue<Integer>(1);
        queue.putNowait(0);
        return queue;
    }

    // ---- without waiting

    @Test
    @DisplayName("Q-1: maxsize of 0 or less means no limit")
    void full_noLimit_never() {
        for (int maxsize : new int[] {0, -1}) {
            var queue = new Queue<Integer>(maxsize);
            for (int item = 0; item < 10_000; item++) {
                queue.putNowait(item);
            }
            assertThat(queue.full()).isFalse();
            assertThat(queue.qsize()).isEqualTo(10_000);
            assertThat(queue.maxsize()).isEqualTo(maxsize);
            for (int item = 0; item < 10_000; item++) {
                assertThat(queue.getNowait()).isEqualTo(item);
            }
            assertThat(queue.empty()).isTrue();
        }
    }

    @Test
    @DisplayName("Q-1: non-blocking variants throw")
    void nowait_emptyOrFull_throws() {
        var queue = new Queue<Integer>(1);
        assertThatThrownBy(queue::getNowait).isInstanceOf(QueueEmptyException.class);
        queue.putNowait(1);
        assertThat(queue.full()).isTrue();
        assertThatThrownBy(() -> queue.putNowait(2)).isInstanceOf(QueueFullException.class);
        assertThat(queue.getNowait()).isEqualTo(1);
    }

    @Test
    @DisplayName("Q-3, TASK-3: a ready get or put does not suspend")
    void getAndPut_ready_doNotSuspend() {
        Asyncio.run(() -> {
            turns.start("other", () -> {});
            var queue = new Queue<Integer>(2);
            queue.put(1);
            queue.put(2);
            assertThat(queue.get()).isEqualTo(1);
            assertThat(queue.get()).isEqualTo(2);
            assertThat(turns.trail()).isEmpty();
        });
    }

    @Test
    void put_null_isAnItem() {
        Asyncio.run(() -> {
            var queue = new Queue<@Nullable String>();
            queue.put(null);
            queue.put("last");
            assertThat(queue.qsize()).isEqualTo(2);
            assertThat(queue.get()).isNull();
            assertThat(queue.get()).isEqualTo("last");
        });
    }

    // ---- waiting

    @Test
    @DisplayName("Q-2: getters are woken first come, first served")
    void put_severalGettersWait_servesThemInOrder() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            for (String name : new String[] {"a", "b", "c"}) {
                getter(name, queue);
            }
            turn();
            for (int item = 1; item <= 3; item++) {
                queue.putNowait(item);
            }
            settle();
            assertThat(turns.trail()).containsExactly("a got 1", "a done", "b got 2", "b done", "c got 3", "c done");
        });
    }

    @Test
    @DisplayName("Q-2: putters are woken first come, first served, one for each get")
    void get_severalPuttersWait_servesThemInOrder() {
        Asyncio.run(() -> {
            var queue = full();
            putter("a", queue, 1);
            putter("b", queue, 2);
            turn();
            assertThat(queue.statistics().putting()).isEqualTo(2);
            assertThat(queue.getNowait()).isZero();
            turn();
            assertThat(turns.trail()).containsExactly("a");
            assertThat(queue.get()).isEqualTo(1);
            assertThat(queue.get()).isEqualTo(2);
            assertThat(turns.trail()).containsExactly("a", "b");
        });
    }

    @Test
    @DisplayName("Q-2: another task may take the item first; the woken getter re-queues at the end")
    void getNowait_afterAPut_stealsFromTheWokenGetter() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            getter("robbed", queue);
            getter("second", queue);
            turn();
            queue.putNowait(1);
            assertThat(queue.getNowait()).isEqualTo(1);
            turn();
            queue.putNowait(2);
            queue.putNowait(3);
            settle();
            assertThat(turns.trail()).containsExactly("second got 2", "second done", "robbed got 3", "robbed done");
        });
    }

    @Test
    @DisplayName("Q-2: the same for a place")
    void putNowait_afterAGet_stealsFromTheWokenPutter() {
        Asyncio.run(() -> {
            var queue = full();
            putter("robbed", queue, 1);
            putter("second", queue, 2);
            turn();
            assertThat(queue.getNowait()).isZero();
            queue.putNowait(9);
            turn();
            assertThat(queue.statistics().putting()).isEqualTo(2);
            assertThat(queue.get()).isEqualTo(9);
            assertThat(queue.get()).isEqualTo(2);
            assertThat(queue.get()).isEqualTo(1);
            assertThat(turns.trail()).containsExactly("second", "robbed");
        });
    }

    @Test
    @DisplayName("Q-2: two items, two woken getters, one thief: nobody waits while an item is there")
    void getNowait_oneOfTwoItems_theOtherIsTaken() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            getter("a", queue);
            getter("b", queue);
            turn();
            queue.putNowait(1);
            queue.putNowait(2);
            assertThat(queue.getNowait()).isEqualTo(1);
            settle();
            assertThat(turns.trail()).containsExactly("a got 2", "a done");
            assertThat(queue.statistics().getting()).isEqualTo(1);
            queue.putNowait(3);
            settle();
            assertThat(turns.trail()).endsWith("b got 3", "b done");
        });
    }

    // ---- cancelling

    @Test
    @DisplayName("Q-4, CAN-12: a getter cancelled after being woken passes the wake-up on (python/asyncio 201)")
    void cancel_wokenGetter_nextGetsTheItem() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            var woken = getter("woken", queue);
            getter("next", queue);
            turn();
            queue.putNowait(1);
            woken.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("woken done cancelled", "next got 1", "next done");
        });
    }

    @Test
    @DisplayName("Q-4: alone, it leaves the item in the queue")
    void cancel_wokenGetterAlone_itemStays() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            var woken = getter("woken", queue);
            turn();
            queue.putNowait(1);
            woken.cancel();
            settle();
            assertThat(queue.getNowait()).isEqualTo(1);
        });
    }

    @Test
    @DisplayName("Q-4: robbed and cancelled, it wakes nobody for nothing")
    void cancel_wokenGetterRobbed_nextGoesOnWaiting() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            var woken = getter("woken", queue);
            getter("next", queue);
            turn();
            queue.putNowait(1);
            assertThat(queue.getNowait()).isEqualTo(1);
            woken.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("woken done cancelled");
            assertThat(queue.statistics().getting()).isEqualTo(1);
            queue.putNowait(2);
            settle();
            assertThat(turns.trail()).endsWith("next got 2", "next done");
        });
    }

    @Test
    @DisplayName("Q-4: a cancelled getter removes itself, and a put in the same step goes to the next")
    void cancel_waitingGetter_isPassedOver() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            var cancelled = getter("cancelled", queue);
            getter("next", queue);
            turn();
            cancelled.cancel();
            queue.putNowait(1);
            settle();
            assertThat(turns.trail()).containsExactly("cancelled done cancelled", "next got 1", "next done");
            assertThat(queue.statistics().getting()).isZero();
        });
    }

    @Test
    @DisplayName("Q-4, CAN-12: a putter cancelled after being woken passes the place on, and has put nothing")
    void cancel_wokenPutter_nextGetsThePlace() {
        Asyncio.run(() -> {
            var queue = full();
            var woken = putter("woken", queue, 1);
            putter("next", queue, 2);
            turn();
            assertThat(queue.getNowait()).isZero();
            woken.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("woken cancelled", "next");
            assertThat(queue.getNowait()).isEqualTo(2);
            assertThat(queue.empty()).isTrue();
        });
    }

    @Test
    @DisplayName("Q-4: a cancelled putter removes itself")
    void cancel_waitingPutters_areNotKept() {
        Asyncio.run(() -> {
            var queue = full();
            for (int item = 0; item < 5; item++) {
                putter("putter", queue, item).cancel();
            }
            turn();
            for (int item = 0; item < 5; item++) {
                var putter = putter("putter", queue, item);
                turn();
                putter.cancel();
                turn();
            }
            assertThat(queue.statistics()).isEqualTo(new Queue.Statistics(1, 1, 0, 0, 1, false));
        });
    }

    // ---- join

    @Test
    @DisplayName("Q-5: join returns when the work on all items is done; the counter rises on put, not on get")
    void join_itemsUnfinished_waitsForTaskDone() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            queue.join();
            queue.put(1);
            queue.put(2);
            turns.start("joined", queue::join);
            turns.start("joined too", queue::join);
            assertThat(queue.get() + queue.get()).isEqualTo(3);
            settle();
            assertThat(turns.trail()).isEmpty();
            queue.taskDone();
            settle();
            assertThat(turns.trail()).isEmpty();
            queue.taskDone();
            settle();
            assertThat(turns.trail()).containsExactly("joined", "joined too");
        });
    }

    @Test
    @DisplayName("Q-5: a join that was woken does not look again")
    void join_putAgainBeforeItRuns_returns() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            queue.put(1);
            turns.start("joined", queue::join);
            turn();
            queue.taskDone();
            queue.put(2);
            settle();
            assertThat(turns.trail()).containsExactly("joined");
        });
    }

    @Test
    @DisplayName("Q-5: taskDone more often than put is an error")
    void taskDone_tooOften_isRefused() {
        var queue = new Queue<Integer>();
        assertThatThrownBy(queue::taskDone)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more often");
        queue.putNowait(1);
        queue.taskDone();
        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancel_joining_leaves() {
        Asyncio.run(() -> {
            var queue = full();
            var joining = turns.start("joining", queue::join);
            turn();
            joining.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("joining cancelled");
            queue.taskDone();
        });
    }

    // ---- shutdown

    @Test
    @DisplayName("Q-6, Q-8: after shutdown puts throw, gets drain what is left and then throw, also without waiting")
    void shutdown_itemsLeft_areDrained() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            queue.put(1);
            queue.put(2);
            queue.shutdown();
            assertThatThrownBy(() -> queue.put(3)).isInstanceOf(QueueShutDownException.class);
            assertThatThrownBy(() -> queue.putNowait(3)).isInstanceOf(QueueShutDownException.class);
            assertThat(queue.get()).isEqualTo(1);
            assertThat(queue.getNowait()).isEqualTo(2);
            assertThatThrownBy(queue::get).isInstanceOf(QueueShutDownException.class);
            assertThatThrownBy(queue::getNowait).isInstanceOf(QueueShutDownException.class);
            queue.taskDone();
            queue.taskDone();
            queue.join();
        });
    }

    @Test
    @DisplayName("Q-6: a full queue that is shut down says so, and not that it is full")
    void putNowait_fullAndShutDown_saysShutDown() {
        var queue = full();
        queue.shutdown();
        assertThatThrownBy(() -> queue.putNowait(1)).isInstanceOf(QueueShutDownException.class);
    }

    @Test
    @DisplayName("Q-6: all blocked getters and putters are woken to look again")
    void shutdown_tasksWait_allAreWoken() {
        Asyncio.run(() -> {
            var empty = new Queue<Integer>();
            getter("a", empty);
            getter("b", empty);
            var full = full();
            putter("c", full, 1);
            putter("d", full, 2);
            turn();
            empty.shutdown();
            full.shutdown();
            settle();
            assertThat(turns.trail())
                    .containsExactly(
                            "a shut down", "a done", "b shut down", "b done", "c shut down", "c", "d shut down", "d");
            assertThat(full.qsize()).isEqualTo(1);
        });
    }

    @Test
    @DisplayName("Q-6: a getter woken for an item before the shutdown still gets it")
    void shutdown_afterAPut_wokenGetterGetsTheItem() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            getter("a", queue);
            getter("b", queue);
            turn();
            queue.putNowait(1);
            queue.shutdown();
            settle();
            assertThat(turns.trail()).containsExactly("a got 1", "a done", "b shut down", "b done");
        });
    }

    @Test
    @DisplayName("Q-6: does not release join; Q-7: shutdown at once does, by the items it drops")
    void shutdown_joinWaits_onlyDroppedItemsCount() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            queue.put(1);
            queue.put(2);
            turns.start("joined", queue::join);
            turn();
            queue.shutdown();
            settle();
            assertThat(turns.trail()).isEmpty();
            queue.shutdown(true);
            assertThat(queue.empty()).isTrue();
            settle();
            assertThat(turns.trail()).containsExactly("joined");
        });
    }

    @Test
    @DisplayName("Q-7: items that were taken already still need taskDone")
    void shutdownAtOnce_itemInWork_joinWaitsForIt() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            queue.put(1);
            queue.put(2);
            assertThat(queue.get()).isEqualTo(1);
            turns.start("joined", queue::join);
            queue.shutdown(true);
            settle();
            assertThat(turns.trail()).isEmpty();
            queue.taskDone();
            settle();
            assertThat(turns.trail()).containsExactly("joined");
        });
    }

    @Test
    @DisplayName("Q-7: the counter does not sink below zero")
    void shutdownAtOnce_taskDoneCalledEarly_countsToZero() {
        var queue = new Queue<Integer>();
        queue.putNowait(1);
        queue.putNowait(2);
        queue.taskDone();
        queue.shutdown(true);
        assertThat(queue.statistics()).isEqualTo(new Queue.Statistics(0, 0, 0, 0, 0, true));
        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("Q-6, CAN-12: woken by the shutdown and cancelled, it is cancelled")
    void cancel_wokenByShutdown_isCancelled() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            var a = getter("a", queue);
            getter("b", queue);
            turn();
            queue.shutdown();
            a.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("a done cancelled", "b shut down", "b done");
        });
    }

    // ---- threads and reports

    @Test
    @DisplayName("Q-10: a put on another thread, while a task waits, is refused and puts nothing")
    void put_onAnotherThreadWhileATaskWaits_isRefused() {
        Asyncio.run(() -> {
            var queue = new Queue<Integer>();
            getter("getter", queue);
            turn();
            var other = CompletableFuture.runAsync(() -> queue.putNowait(1));
            assertThatThrownBy(other::join).cause().hasMessageContaining("callSoonThreadsafe");
            assertThat(queue.empty()).isTrue();
            Asyncio.getRunningLoop().callSoonThreadsafe(() -> queue.putNowait(2));
            settle();
            assertThat(turns.trail()).containsExactly("getter got 2", "getter done");
        });
    }

    @Test
    void reports_nameTheQueue() {
        Asyncio.run(() -> {
            var queue = full();
            queue.setName("jobs");
            var putter = putter("putter", queue, 1);
            var joiner = turns.start("joiner", queue::join);
            turn();
            assertThat(putter).asString().contains("a place in Queue jobs");
            assertThat(joiner).asString().contains("the end of the work of Queue jobs");
            assertThat(queue).hasToString("Queue jobs (1 of 1 items, 0 getting, 1 putting, 1 unfinished)");
            var empty = new Queue<Integer>() {};
            var getter = getter("getter", empty);
            turn();
            assertThat(getter).asString().contains("an item of Queue-");
            putter.cancel();
            joiner.cancel();
            getter.cancel();
        });
    }
}
