package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.tests.behaviour.sync.Turns.settle;
import static dev.asyncio4j.tests.behaviour.sync.Turns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Task;
import dev.asyncio4j.sync.Condition;
import dev.asyncio4j.sync.Lock;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConditionTest {

    private final Turns turns = new Turns();
    private final Condition condition = new Condition();

    private Task<@Nullable Void> waiter(String name) {
        return turns.start(name, () -> {
            try (var _ = condition.acquire()) {
                condition.await();
                assertThat(condition.locked()).isTrue();
            }
        });
    }

    private void signal(int count) {
        try (var _ = condition.acquire()) {
            condition.signal(count);
        }
    }

    @Test
    @DisplayName("COND-1: await and signal need the lock held, by anyone")
    void awaitAndSignal_unlocked_areRefused() {
        Asyncio.run(() -> {
            assertThatThrownBy(condition::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not locked");
            assertThatThrownBy(condition::signal).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(condition::signalAll).isInstanceOf(IllegalStateException.class);
            waiter("waiter");
            turn();
            try (var _ = condition.acquire()) {
                Asyncio.createTask(condition::signalAll).await();
            }
            settle();
            assertThat(turns.trail()).containsExactly("waiter");
        });
    }

    @Test
    @DisplayName("COND-2: await releases the lock while it waits, and holds it again at its end")
    void await_signalled_givesTheLockBackAndTakesItAgain() {
        Asyncio.run(() -> {
            waiter("waiter");
            turn();
            assertThat(condition.locked()).isFalse();
            try (var _ = condition.acquire()) {
                condition.signal();
                settle();
                assertThat(turns.trail()).isEmpty();
            }
            settle();
            assertThat(turns.trail()).containsExactly("waiter");
            assertThat(condition.locked()).isFalse();
        });
    }

    @Test
    @DisplayName("COND-3: signal(n) wakes the first n, in order, and passes over those woken already")
    void signal_someOfSeveral_wakesTheFirst() {
        Asyncio.run(() -> {
            for (String name : new String[] {"a", "b", "c", "d", "e"}) {
                waiter(name);
            }
            turn();
            try (var _ = condition.acquire()) {
                condition.signal(1);
                condition.signal(2);
                assertThat(condition.statistics().waiting()).isEqualTo(2);
            }
            settle();
            assertThat(turns.trail()).containsExactly("a", "b", "c");
            try (var _ = condition.acquire()) {
                condition.signalAll();
            }
            settle();
            assertThat(turns.trail()).containsExactly("a", "b", "c", "d", "e");
        });
    }

    @Test
    @DisplayName("COND-2: cancelled while waiting, the lock is taken back before the error is thrown")
    void cancel_whileWaiting_takesTheLockFirst() {
        Asyncio.run(() -> {
            var waiter = waiter("waiter");
            turn();
            try (var _ = condition.acquire()) {
                waiter.cancel();
                settle();
                assertThat(turns.trail()).isEmpty();
            }
            settle();
            assertThat(turns.trail()).containsExactly("waiter cancelled");
            assertThat(condition.locked()).isFalse();
        });
    }

    @Test
    @DisplayName("COND-2: cancels while taking the lock back do not end that; the latest is thrown")
    void cancel_againWhileTakingTheLock_latestIsThrown() {
        Asyncio.run(() -> {
            var waiter = Asyncio.createTask(() -> {
                try (var _ = condition.acquire()) {
                    try {
                        condition.await();
                    } catch (CancelledError e) {
                        turns.step("held: " + condition.locked() + ", " + e.getMessage());
                    }
                }
            });
            turn();
            try (var _ = condition.acquire()) {
                waiter.cancel("first");
                turn();
                waiter.cancel("second");
                turn();
                waiter.cancel("third");
                settle();
                assertThat(waiter.done()).isFalse();
            }
            waiter.await();
            assertThat(turns.trail()).containsExactly("held: true, third");
            assertThat(waiter.cancelling()).isEqualTo(3);
            assertThat(condition.locked()).isFalse();
        });
    }

    @Test
    @DisplayName("COND-2, COND-4: signalled, then cancelled while taking the lock: the signal goes to another")
    void cancel_signalledAndTakingTheLock_signalsAnother() {
        Asyncio.run(() -> {
            var signalled = waiter("signalled");
            waiter("other");
            turn();
            try (var _ = condition.acquire()) {
                condition.signal();
                turn();
                signalled.cancel();
            }
            settle();
            assertThat(turns.trail()).containsExactly("signalled cancelled", "other");
            assertThat(condition.locked()).isFalse();
        });
    }

    @Test
    @DisplayName("COND-4, CAN-12: signalled and cancelled in one iteration: the signal goes to another")
    void cancel_signalledInTheSameStep_signalsAnother() {
        Asyncio.run(() -> {
            var signalled = waiter("signalled");
            waiter("other");
            turn();
            signal(1);
            signalled.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("signalled cancelled", "other");
        });
    }

    @Test
    @DisplayName("COND-4: a signal does not go to a waiter that is cancelled already")
    void signal_headCancelled_wakesTheNext() {
        Asyncio.run(() -> {
            var head = waiter("head");
            waiter("next");
            turn();
            head.cancel();
            signal(1);
            settle();
            assertThat(turns.trail()).containsExactlyInAnyOrder("head cancelled", "next");
        });
    }

    @Test
    @DisplayName("COND-5: awaitUntil evaluates with the lock held, at once and after each signal")
    void awaitUntil_untrueAtFirst_looksAfterEachSignal() {
        Asyncio.run(() -> {
            var stock = new int[1];
            turns.start("buyer", () -> {
                try (var _ = condition.acquire()) {
                    condition.awaitUntil(() -> {
                        turns.step("looks, locked " + condition.locked());
                        return stock[0] == 2;
                    });
                }
            });
            turn();
            for (int delivery = 0; delivery < 2; delivery++) {
                stock[0]++;
                signal(1);
                settle();
            }
            assertThat(turns.trail())
                    .containsExactly("looks, locked true", "looks, locked true", "looks, locked true", "buyer");
        });
    }

    @Test
    @DisplayName("COND-5: awaitUntil does not suspend when true at once")
    void awaitUntil_true_doesNotSuspend() {
        Asyncio.run(() -> {
            turns.start("other", () -> {});
            try (var _ = condition.acquire()) {
                condition.awaitUntil(() -> true);
            }
            assertThat(turns.trail()).isEmpty();
        });
    }

    @Test
    @DisplayName("COND-5: awaitValue returns what the source came to give")
    void awaitValue_nullAtFirst_returnsTheValue() {
        Asyncio.run(() -> {
            var items = new ArrayDeque<String>();
            turns.start("taker", () -> {
                try (var _ = condition.acquire()) {
                    turns.step(condition.awaitValue(items::poll));
                }
            });
            turn();
            items.add("item");
            signal(1);
            settle();
            assertThat(turns.trail()).containsExactly("item", "taker");
        });
    }

    @Test
    @DisplayName("COND-6: conditions may share a lock; a signal concerns one of them")
    void signal_sharedLock_wakesItsOwnWaitersOnly() {
        Asyncio.run(() -> {
            var lock = new Lock();
            var notEmpty = new Condition(lock);
            var notFull = new Condition(lock);
            var waiter = turns.start("not empty", () -> {
                try (var _ = notEmpty.acquire()) {
                    notEmpty.await();
                }
            });
            turn();
            try (var _ = lock.acquire()) {
                assertThat(notFull.acquireNowait()).isFalse();
                notFull.signalAll();
            }
            settle();
            assertThat(waiter.done()).isFalse();
            try (var _ = notFull.acquire()) {
                notEmpty.signal();
            }
            settle();
            assertThat(turns.trail()).containsExactly("not empty");
        });
    }

    @Test
    @DisplayName("COND-2 in a cancelled scope: the lock is taken back behind a shield, and the scope then ends")
    void await_inACancelledScope_takesTheLockAndLeaves() {
        Asyncio.run(() -> {
            var scopes = new CancelScope[1];
            var waiter = Asyncio.createTask(() -> {
                CancelScope.run(scope -> {
                    scopes[0] = scope;
                    try (var _ = condition.acquire()) {
                        try {
                            condition.await();
                        } finally {
                            turns.step("held: " + condition.locked());
                        }
                    }
                });
                turns.step("goes on");
            });
            turn();
            try (var _ = condition.acquire()) {
                scopes[0].cancel();
                settle();
                assertThat(turns.trail()).isEmpty();
            }
            waiter.await();
            assertThat(turns.trail()).containsExactly("held: true", "goes on");
            assertThat(scopes[0].cancelledCaught()).isTrue();
            assertThat(condition.locked()).isFalse();
        });
    }

    @Test
    @DisplayName("LOOP-9: a loop that is closed ends the wait, though the lock cannot be had any more")
    void await_loopIsClosed_ends() {
        var loop = Asyncio.newEventLoop();
        var ended = new boolean[1];
        loop.createTask(() -> {
            try (var _ = condition.acquire()) {
                condition.await();
            } finally {
                ended[0] = true;
            }
        });
        loop.runUntilComplete(() -> {
            turn();
            return condition.acquire();
        });
        loop.close();
        assertThat(ended[0]).isTrue();
    }

    @Test
    void reports_nameTheCondition() {
        Asyncio.run(() -> {
            condition.setName("stock");
            var waiter = waiter("waiter");
            turn();
            assertThat(waiter).asString().contains("a signal of Condition stock");
            assertThat(condition).asString().startsWith("Condition stock (1 waiting, Lock-");
            waiter.cancel();
        });
    }
}
