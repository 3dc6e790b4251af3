package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.tests.behaviour.sync.Turns.settle;
import static dev.asyncio4j.tests.behaviour.sync.Turns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.Lock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LockTest {

    private final Turns turns = new Turns();
    private final Lock lock = new Lock();

    @Test
    @DisplayName("LOCK-2, TASK-3: acquire does not suspend when unlocked")
    void acquire_unlocked_doesNotSuspend() {
        Asyncio.run(() -> {
            turns.start("other", () -> {});
            try (var _ = lock.acquire()) {
                assertThat(lock.locked()).isTrue();
            }
            assertThat(lock.locked()).isFalse();
            assertThat(turns.trail()).isEmpty();
        });
    }

    @Test
    @DisplayName("LOCK-2: strict first come, first served")
    void acquire_severalWait_getItInOrder() {
        Asyncio.run(() -> {
            var first = lock.acquire();
            for (String name : new String[] {"a", "b", "c"}) {
                turns.start(name, () -> {
                    try (var _ = lock.acquire()) {
                        turn();
                    }
                });
            }
            turn();
            assertThat(lock.statistics().waiting()).isEqualTo(3);
            first.close();
            settle();
            assertThat(turns.trail()).containsExactly("a", "b", "c");
            assertThat(lock.locked()).isFalse();
        });
    }

    @Test
    @DisplayName("LOCK-3: ownership is taken by the waiter's step; until then unlocked, and newcomers queue")
    void release_waiterWoken_isUnlockedButNobodyOvertakes() {
        Asyncio.run(() -> {
            var first = lock.acquire();
            turns.start("waiter", () -> lock.acquire());
            turn();
            first.close();
            assertThat(lock.locked()).isFalse();
            assertThat(lock.acquireNowait()).isFalse();
            turns.start("newcomer", () -> lock.acquire());
            turn();
            assertThat(lock.locked()).isTrue();
            assertThat(turns.trail()).containsExactly("waiter");
            lock.release();
            settle();
            assertThat(turns.trail()).containsExactly("waiter", "newcomer");
        });
    }

    @Test
    @DisplayName("LOCK-2: the fast path is open when every waiter is cancelled")
    void acquire_onlyCancelledWaiters_doesNotSuspend() {
        Asyncio.run(() -> {
            var first = lock.acquire();
            var waiter = turns.start("waiter", () -> lock.acquire());
            turn();
            waiter.cancel();
            first.close();
            assertThat(lock.acquireNowait()).isTrue();
            settle();
            assertThat(turns.trail()).containsExactly("waiter cancelled");
            assertThat(lock.locked()).isTrue();
        });
    }

    @Test
    @DisplayName("LOCK-3, CAN-12: a woken waiter that is cancelled wakes the next")
    void cancel_wokenWaiter_passesTheTurnOn() {
        Asyncio.run(() -> {
            var first = lock.acquire();
            var woken = turns.start("woken", () -> lock.acquire());
            turns.start("next", () -> lock.acquire());
            turn();
            first.close();
            woken.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("woken cancelled", "next");
            assertThat(lock.locked()).isTrue();
        });
    }

    @Test
    @DisplayName("LOCK-3: a release that meets a cancelled waiter at the head is not lost")
    void release_headCancelledInTheSameStep_nextGetsIt() {
        Asyncio.run(() -> {
            var first = lock.acquire();
            var head = turns.start("head", () -> lock.acquire());
            turns.start("next", () -> lock.acquire());
            turn();
            head.cancel();
            first.close();
            settle();
            assertThat(turns.trail()).containsExactly("head cancelled", "next");
        });
    }

    @Test
    @DisplayName("LOCK-3: a newcomer after cancel and release does not take what the next waiter was promised")
    void acquire_afterCancelAndRelease_queuesBehindTheWaiters() {
        Asyncio.run(() -> {
            var first = lock.acquire();
            var woken = turns.start("woken", () -> lock.acquire());
            turns.start("next", () -> {
                try (var _ = lock.acquire()) {
                    turn();
                }
            });
            turn();
            first.close();
            woken.cancel();
            turns.start("newcomer", () -> lock.acquire());
            settle();
            assertThat(turns.trail()).containsExactly("woken cancelled", "next", "newcomer");
        });
    }

    @Test
    @DisplayName("CAN-12: the last waiter, woken and cancelled, leaves the lock free")
    void cancel_wokenAndAlone_leavesItUnlocked() {
        Asyncio.run(() -> {
            var first = lock.acquire();
            var woken = turns.start("woken", () -> lock.acquire());
            turn();
            first.close();
            woken.cancel();
            settle();
            assertThat(lock.locked()).isFalse();
            assertThat(lock.statistics().waiting()).isZero();
            assertThat(lock.acquireNowait()).isTrue();
        });
    }

    @Test
    @DisplayName("LOCK-4: not owned; releasing what is not locked is an error")
    void release_byAnotherTaskOrTwice_isAllowedOrRefused() {
        Asyncio.run(() -> {
            lock.acquire();
            Asyncio.createTask(lock::release).await();
            assertThat(lock.locked()).isFalse();
            assertThatThrownBy(lock::release)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not locked");
        });
    }

    @Test
    @DisplayName("LOCK-4: not re-entrant")
    void acquire_byTheHolder_waitsForItself() {
        Asyncio.run(() -> {
            try (var _ = lock.acquire()) {
                assertThatThrownBy(() -> Asyncio.timeout(Duration.ofMillis(1), () -> {
                            lock.acquire();
                        }))
                        .isInstanceOf(TimeoutException.class);
            }
            assertThat(lock.locked()).isFalse();
        });
    }

    @Test
    void hold_closedEarlyAndAgain_releasesOnce() {
        Asyncio.run(() -> {
            var mine = lock.acquire();
            mine.close();
            try (var _ = lock.acquire()) {
                mine.close();
                assertThat(lock.locked()).isTrue();
            }
        });
    }

    @Test
    void hold_closedWhileACancelIsPending_releasesAndDoesNotThrow() {
        Asyncio.run(() -> {
            var task = turns.start("task", () -> {
                try (var _ = lock.acquire()) {
                    Asyncio.currentTask().orElseThrow().cancel();
                }
                turns.step("released");
                turn();
            });
            settle();
            assertThat(turns.trail()).containsExactly("released", "task cancelled");
            assertThat(task.cancelled()).isTrue();
            assertThat(lock.locked()).isFalse();
        });
    }

    @Test
    void acquire_contendedInACallback_isRefusedAndLeavesNoWaiter() {
        Asyncio.run(() -> {
            lock.acquire();
            var refused = Asyncio.getRunningLoop().<Throwable>createFuture();
            Asyncio.getRunningLoop().callSoon(() -> {
                try {
                    lock.acquire();
                } catch (IllegalStateException e) {
                    refused.setResult(e);
                }
            });
            assertThat(refused.await()).hasMessageContaining("a callback cannot wait");
            assertThat(lock.statistics().waiting()).isZero();
        });
    }

    @Test
    void release_onAnotherThreadWhileATaskWaits_isRefusedAndChangesNothing() {
        Asyncio.run(() -> {
            lock.acquire();
            turns.start("waiter", () -> lock.acquire());
            turn();
            var other = CompletableFuture.runAsync(lock::release);
            assertThatThrownBy(other::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .hasMessageContaining("callSoonThreadsafe")
                    .hasMessageContaining(lock.name());
            assertThat(lock.locked()).isTrue();
            lock.release();
            settle();
            assertThat(turns.trail()).containsExactly("waiter");
        });
    }

    @Test
    void reports_nameTheLockAndItsOwner() {
        Asyncio.run(() -> {
            lock.setName("orders");
            assertThat(lock.name()).isEqualTo("orders");
            assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(false, null, 0));
            try (var _ = lock.acquire()) {
                var waiter = Asyncio.createTask(() -> {
                    lock.acquire();
                });
                turn();
                assertThat(waiter).asString().contains("the turn of Lock orders");
                assertThat(lock.statistics().owner())
                        .isSameAs(Asyncio.currentTask().orElseThrow());
                assertThat(lock)
                        .asString()
                        .startsWith("Lock orders (locked by ")
                        .endsWith("1 waiting)");
                waiter.cancel();
                assertThatThrownBy(waiter::await).isInstanceOf(CancelledError.class);
            }
            assertThat(new Lock().name()).startsWith("Lock-");
        });
    }
}
