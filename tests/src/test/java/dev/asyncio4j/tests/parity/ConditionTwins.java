package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.args;
import static dev.asyncio4j.tests.parity.Python.type;
import static dev.asyncio4j.tests.parity.Several.done;
import static dev.asyncio4j.tests.parity.Several.tasks;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.Condition;
import dev.asyncio4j.sync.Lock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Twins of the {@code condition-…} scenarios. Python's {@code wait} and {@code wait_for} return {@code True}, ours nothing. */
final class ConditionTwins {

    private ConditionTwins() {}

    private static void turns(int turns) {
        for (int n = 0; n < turns; n++) {
            sleep(ZERO);
        }
    }

    @Twin("condition-cancelled-again-while-taking-the-lock")
    static void cancelledAgain(Trace out) {
        run(() -> {
            var condition = new Condition();
            var task = createTask(() -> cancelledWaiter(out, condition));
            sleep(ZERO);
            condition.acquire();
            for (String message : List.of("first", "second", "third")) {
                task.cancel(message);
                turns(2);
                out.print(message, "done", task.done());
            }
            condition.release();
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled(), "requests", task.cancelling(), "locked", condition.locked());
        });
    }

    private static void cancelledWaiter(Trace out, Condition condition) {
        try (var _ = condition.acquire()) {
            try {
                condition.await();
            } catch (CancelledError e) {
                out.print("waiter", type(e), args(e), "locked", condition.locked());
                throw e;
            }
        }
    }

    @Twin("condition-cancelled-waiter-holds-the-lock-first")
    static void cancelledHoldsTheLockFirst(Trace out) {
        run(() -> {
            var condition = new Condition();
            var task = createTask(() -> cancelledWaiter(out, condition));
            sleep(ZERO);
            condition.acquire();
            task.cancel("reason");
            turns(3);
            out.print("main holds the lock, waiter done", task.done());
            condition.release();
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled(), "locked", condition.locked());
        });
    }

    @Twin("condition-needs-its-lock")
    static void needsItsLock(Trace out) {
        run(() -> {
            var condition = new Condition();
            attempt(out, "wait", condition::await);
            attempt(out, "notify", condition::signal);
            attempt(out, "notify_all", condition::signalAll);
            var task = createTask(() -> {
                try (var _ = condition.acquire()) {
                    condition.await();
                    out.print("waiter woken");
                }
            });
            sleep(ZERO);
            condition.acquire();
            getRunningLoop().callSoon(condition::signal);
            sleep(ZERO);
            out.print("notified by a callback while main holds the lock");
            condition.release();
            task.await();
        });
    }

    private static void attempt(Trace out, String name, Runnable call) {
        try {
            call.run();
        } catch (IllegalStateException e) {
            out.print(name + ":", type(e));
        }
    }

    @Twin("condition-notified-and-cancelled-in-one-iteration")
    static void notifiedAndCancelled(Trace out) {
        run(() -> {
            var condition = new Condition();
            var tasks = tasks(List.of("first", "second", "third"), name -> {
                try (var _ = condition.acquire()) {
                    try {
                        condition.await();
                        out.print(name, "woken");
                    } catch (CancelledError e) {
                        out.print(name, "cancelled");
                        throw e;
                    }
                }
            });
            sleep(ZERO);
            try (var _ = condition.acquire()) {
                condition.signal(1);
                tasks.getFirst().cancel();
            }
            turns(6);
            out.print("done", done(tasks));
            try (var _ = condition.acquire()) {
                condition.signalAll();
            }
            Asyncio.wait(tasks);
        });
    }

    @Twin("condition-notified-then-cancelled-while-taking-the-lock")
    static void notifiedThenCancelled(Trace out) {
        run(() -> {
            var condition = new Condition();
            var tasks = tasks(List.of("first", "second"), name -> {
                try (var _ = condition.acquire()) {
                    try {
                        condition.await();
                        out.print(name, "woken");
                    } catch (CancelledError e) {
                        out.print(name, "cancelled, locked", condition.locked());
                        throw e;
                    }
                }
            });
            sleep(ZERO);
            try (var _ = condition.acquire()) {
                condition.signal(1);
                sleep(ZERO);
                tasks.getFirst().cancel();
                sleep(ZERO);
            }
            Asyncio.wait(tasks);
            out.print("locked", condition.locked());
        });
    }

    @Twin("condition-notify-skips-those-already-notified")
    static void notifySkips(Trace out) {
        run(() -> {
            var condition = new Condition();
            var tasks = tasks(List.of("a", "b", "c", "d"), name -> waiter(out, name, condition));
            sleep(ZERO);
            try (var _ = condition.acquire()) {
                condition.signal();
                condition.signal();
            }
            turns(5);
            out.print("done", done(tasks));
            try (var _ = condition.acquire()) {
                condition.signal(0);
                condition.signal(10);
            }
            Asyncio.wait(tasks);
        });
    }

    private static void waiter(Trace out, String name, Condition condition) {
        try (var _ = condition.acquire()) {
            condition.await();
            out.print(name, "woken");
        }
    }

    @Twin("condition-two-conditions-one-lock")
    static void twoConditions(Trace out) {
        run(() -> {
            var lock = new Lock();
            var one = new Condition(lock);
            var two = new Condition(lock);
            var tasks = List.of(createTask(() -> waiter(out, "one", one)), createTask(() -> waiter(out, "two", two)));
            sleep(ZERO);
            try (var _ = lock.acquire()) {
                out.print("locked", one.locked(), two.locked());
                two.signalAll();
            }
            Asyncio.wait(List.of(tasks.get(1)));
            out.print("done", done(tasks));
            try (var _ = two.acquire()) {
                one.signalAll();
            }
            tasks.getFirst().await();
        });
    }

    @Twin("condition-wait-for-a-predicate")
    static void waitForAPredicate(Trace out) {
        run(() -> {
            var condition = new Condition();
            var count = new AtomicInteger();
            BooleanSupplier ready = () -> {
                out.print("checked with", count.get(), "locked", condition.locked());
                return count.get() >= 2;
            };
            var task = createTask(() -> {
                try (var _ = condition.acquire()) {
                    condition.awaitUntil(ready);
                    out.print("result", true);
                    condition.awaitUntil(ready);
                    out.print("result", true);
                }
            });
            sleep(ZERO);
            for (int n = 0; n < 2; n++) {
                try (var _ = condition.acquire()) {
                    count.incrementAndGet();
                    condition.signal();
                }
                turns(2);
            }
            task.await();
        });
    }

    @Twin("condition-wait-gives-the-lock-back-and-takes-it-again")
    static void givesTheLockBack(Trace out) {
        run(() -> {
            var condition = new Condition();
            var tasks = tasks(List.of("a", "b", "c"), name -> {
                try (var _ = condition.acquire()) {
                    out.print(name, "waits");
                    condition.await();
                    out.print(name, "woken", true, "locked", condition.locked());
                }
            });
            sleep(ZERO);
            try (var _ = condition.acquire()) {
                out.print("main holds");
                condition.signal(2);
                turns(2);
                out.print("main releases");
            }
            turns(5);
            out.print("done", done(tasks));
            try (var _ = condition.acquire()) {
                condition.signalAll();
            }
            Asyncio.wait(tasks);
        });
    }

    @Twin("condition-wait-with-a-timeout")
    static void waitWithATimeout(Trace out) {
        run(() -> {
            var condition = new Condition();
            try (var _ = condition.acquire()) {
                try {
                    timeout(ofMillis(3), () -> condition.await());
                } catch (TimeoutException e) {
                    out.print(type(e), "locked", condition.locked());
                }
                try {
                    waitFor(() -> condition.await(), ofMillis(3));
                } catch (TimeoutException e) {
                    out.print(type(e), "locked", condition.locked());
                }
            }
            out.print("locked", condition.locked());
        });
    }
}
