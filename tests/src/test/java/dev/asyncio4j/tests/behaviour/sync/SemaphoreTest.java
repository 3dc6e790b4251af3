package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.tests.behaviour.sync.Turns.settle;
import static dev.asyncio4j.tests.behaviour.sync.Turns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.sync.BoundedSemaphore;
import dev.asyncio4j.sync.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SemaphoreTest {

    private final Turns turns = new Turns();

    @Test
    @DisplayName("SEM-1, TASK-3: acquire does not suspend while a permit is left")
    void acquire_permitLeft_doesNotSuspend() {
        var semaphore = new Semaphore(2);
        Asyncio.run(() -> {
            turns.start("other", () -> {});
            try (var _ = semaphore.acquire()) {
                assertThat(semaphore.locked()).isFalse();
                try (var _ = semaphore.acquire()) {
                    assertThat(semaphore.locked()).isTrue();
                    assertThat(semaphore.acquireNowait()).isFalse();
                }
            }
            assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(2, 0));
            assertThat(turns.trail()).isEmpty();
        });
    }

    @Test
    void constructor_negative_isRefused() {
        assertThatThrownBy(() -> new Semaphore(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BoundedSemaphore(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Semaphore(0).locked()).isTrue();
    }

    @Test
    @DisplayName("SEM-2: release reserves the permit for the first waiter before that runs")
    void release_taskWaits_permitIsReserved() {
        var semaphore = new Semaphore(0);
        Asyncio.run(() -> {
            turns.start("waiter", semaphore::acquire);
            turn();
            semaphore.release();
            assertThat(semaphore.statistics().value()).isZero();
            assertThat(semaphore.acquireNowait()).isFalse();
            turns.start("newcomer", semaphore::acquire);
            settle();
            assertThat(turns.trail()).containsExactly("waiter");
            semaphore.release();
            settle();
            assertThat(turns.trail()).containsExactly("waiter", "newcomer");
        });
    }

    @Test
    @DisplayName("SEM-1: locked also when a permit is left but someone is queued")
    void locked_permitLeftAndWaiterGranted_isTrue() {
        var semaphore = new Semaphore(0);
        Asyncio.run(() -> {
            turns.start("waiter", semaphore::acquire);
            turn();
            semaphore.release();
            semaphore.release();
            assertThat(semaphore.statistics().value()).isEqualTo(1);
            assertThat(semaphore.locked()).isTrue();
            settle();
            assertThat(semaphore.locked()).isFalse();
        });
    }

    @Test
    @DisplayName("SEM-1: a newcomer waits behind a granted waiter, and is served although nobody releases again")
    void acquire_behindAGrantedWaiter_isWokenByIt() {
        var semaphore = new Semaphore(0);
        Asyncio.run(() -> {
            turns.start("waiter", semaphore::acquire);
            turn();
            semaphore.release();
            semaphore.release();
            var newcomer = Asyncio.createTask(() -> {
                semaphore.acquire();
                turns.step("newcomer");
            });
            settle();
            assertThat(turns.trail()).containsExactly("waiter", "newcomer");
            assertThat(newcomer.done()).isTrue();
            assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(0, 0));
        });
    }

    @Test
    @DisplayName(
            "SEM-3: a waiter cancelled after being granted gives the permit to the next (bpo-90155, python/asyncio 343)")
    void cancel_grantedWaiter_nextGetsThePermit() {
        var semaphore = new Semaphore(0);
        Asyncio.run(() -> {
            var granted = turns.start("granted", semaphore::acquire);
            turns.start("next", semaphore::acquire);
            turn();
            semaphore.release();
            granted.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("granted cancelled", "next");
            assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(0, 0));
        });
    }

    @Test
    @DisplayName("SEM-3: the same with nobody behind it: the permit is back")
    void cancel_grantedAndAlone_permitIsBack() {
        var semaphore = new Semaphore(0);
        Asyncio.run(() -> {
            var granted = turns.start("granted", semaphore::acquire);
            turn();
            semaphore.release();
            granted.cancel();
            settle();
            assertThat(semaphore.locked()).isFalse();
            assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(1, 0));
        });
    }

    @Test
    @DisplayName("SEM-3: cancelled before the grant, it just leaves")
    void cancel_waiting_leavesThePermitsAlone() {
        var semaphore = new Semaphore(0);
        Asyncio.run(() -> {
            var waiter = turns.start("waiter", semaphore::acquire);
            turns.start("next", semaphore::acquire);
            turn();
            waiter.cancel();
            semaphore.release();
            settle();
            assertThat(turns.trail()).containsExactly("waiter cancelled", "next");
            assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(0, 0));
        });
    }

    @Test
    @DisplayName("SEM-3: all granted ones are cancelled at once, and all permits go on")
    void cancel_allGranted_permitsReachTheOthers() {
        var semaphore = new Semaphore(0);
        Asyncio.run(() -> {
            var one = turns.start("1", semaphore::acquire);
            var two = turns.start("2", semaphore::acquire);
            turns.start("3", semaphore::acquire);
            turns.start("4", semaphore::acquire);
            turn();
            semaphore.release();
            semaphore.release();
            one.cancel();
            two.cancel();
            settle();
            assertThat(turns.trail()).containsExactly("1 cancelled", "2 cancelled", "3", "4");
            assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(0, 0));
        });
    }

    @Test
    @DisplayName("SEM-1: a releaser that comes back at once queues behind those who wait")
    void acquire_afterOwnRelease_takesTurns() {
        var semaphore = new Semaphore(1);
        Asyncio.run(() -> {
            for (String name : new String[] {"a", "b"}) {
                turns.start(name + " done", () -> {
                    for (int round = 0; round < 3; round++) {
                        try (var _ = semaphore.acquire()) {
                            turns.step(name);
                            turn();
                        }
                    }
                });
            }
            settle();
            assertThat(turns.trail()).containsExactly("a", "b", "a", "b", "a", "a done", "b", "b done");
        });
    }

    @Test
    @DisplayName("SEM-3: a cancelled head does not keep a released permit from those behind it")
    void release_cancelledHead_isSkipped() {
        var semaphore = new Semaphore(1);
        Asyncio.run(() -> {
            semaphore.acquire();
            var head = turns.start("head", semaphore::acquire);
            turns.start("next", semaphore::acquire);
            turn();
            head.cancel();
            semaphore.release();
            turns.start("newcomer", semaphore::acquire);
            settle();
            assertThat(turns.trail()).containsExactly("head cancelled", "next");
        });
    }

    @Test
    @DisplayName("SEM-4: a plain semaphore may exceed its first value, a bounded one not")
    void release_tooOften_isAllowedOrRefused() {
        var plain = new Semaphore(1);
        plain.release();
        assertThat(plain.statistics().value()).isEqualTo(2);
        var bounded = new BoundedSemaphore(1);
        assertThatThrownBy(bounded::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("released too often");
        Asyncio.run(() -> {
            try (var _ = bounded.acquire()) {
                assertThat(bounded.locked()).isTrue();
            }
        });
        assertThat(bounded.statistics().value()).isEqualTo(1);
    }

    @Test
    void reports_nameTheSemaphore() {
        var semaphore = new BoundedSemaphore(0);
        Asyncio.run(() -> {
            semaphore.setName("slots");
            var waiter = turns.start("waiter", semaphore::acquire);
            turn();
            assertThat(waiter).asString().contains("a permit of BoundedSemaphore slots");
            assertThat(semaphore).hasToString("BoundedSemaphore slots (0 left, 1 waiting)");
            waiter.cancel();
        });
    }
}
