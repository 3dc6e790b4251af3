package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.tests.behaviour.sync.Turns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.sync.Barrier;
import dev.asyncio4j.sync.Condition;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import dev.asyncio4j.sync.Queue;
import dev.asyncio4j.sync.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LOCK-1, for everything that can be waited for. */
class LoopBindingTest {

    /** Something to wait for: what never waits, and what does. */
    record Kind(String name, Action<RuntimeException> withoutWaiting, Action<RuntimeException> waiting) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        var lock = new Lock();
        var event = new Event();
        var condition = new Condition();
        var semaphore = new Semaphore(1);
        var barrier = new Barrier(2);
        var gets = new Queue<Integer>();
        var puts = new Queue<Integer>(1);
        var joins = new Queue<Integer>();
        return Stream.of(
                new Kind("lock", () -> lock.acquire().close(), () -> {
                    try (var _ = lock.acquire()) {
                        lock.acquire();
                    }
                }),
                new Kind(
                        "event",
                        () -> {
                            event.set();
                            event.await();
                            event.clear();
                        },
                        event::await),
                new Kind("condition", () -> condition.acquire().close(), () -> {
                    try (var _ = condition.acquire()) {
                        condition.await();
                    }
                }),
                new Kind("semaphore", () -> semaphore.acquire().close(), () -> {
                    try (var _ = semaphore.acquire()) {
                        semaphore.acquire();
                    }
                }),
                new Kind("barrier", barrier::reset, barrier::await),
                new Kind(
                        "get",
                        () -> {
                            gets.put(1);
                            gets.get();
                        },
                        gets::get),
                new Kind(
                        "put",
                        () -> {
                            puts.put(1);
                            puts.get();
                        },
                        () -> {
                            try {
                                puts.put(1);
                                puts.put(2);
                            } finally {
                                puts.getNowait();
                            }
                        }),
                new Kind("join", joins::join, () -> {
                    joins.putNowait(1);
                    try {
                        joins.join();
                    } finally {
                        joins.taskDone();
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("LOCK-1: bound by the first real wait, not before, and checked only where one would wait")
    void use_inSeveralLoops_isRefusedOnlyWhereItWaits(Kind kind) {
        for (int loop = 0; loop < 3; loop++) {
            Asyncio.run(kind.withoutWaiting());
        }
        Asyncio.run(() -> {
            var waiter = Asyncio.createTask(kind.waiting());
            turn();
            assertThat(waiter.done()).isFalse();
            waiter.cancel();
            turn();
        });
        Asyncio.run(() -> {
            kind.withoutWaiting().run();
            assertThatThrownBy(() -> kind.waiting().run())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("belongs to another event loop");
            kind.withoutWaiting().run();
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void wait_outsideALoop_isRefused(Kind kind) {
        assertThatThrownBy(() -> kind.waiting().run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Asyncio.run");
    }
}
