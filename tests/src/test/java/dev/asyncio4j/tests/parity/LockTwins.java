package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.type;
import static dev.asyncio4j.tests.parity.Several.tasks;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import dev.asyncio4j.sync.Queue;
import dev.asyncio4j.sync.Semaphore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Twins of the {@code lock-…} scenarios, and of the one on how all primitives belong to a loop. */
final class LockTwins {

    private LockTwins() {}

    @Twin("lock-binds-to-a-loop-when-it-has-to-wait")
    static void bindsWhenItHasToWait(Trace out) {
        var lock = new Lock();
        out.print("first loop, uncontended:", run(() -> uncontended(lock)));
        out.print("second loop, uncontended:", run(() -> uncontended(lock)));
        out.print("third loop, contended:", run(() -> contended(lock)));
        out.print("fourth loop, uncontended:", run(() -> uncontended(lock)));
        out.print("fifth loop, contended:", run(() -> contended(lock)));
    }

    private static String uncontended(Lock lock) {
        try (var _ = lock.acquire()) {
            return "used";
        }
    }

    private static Object contended(Lock lock) {
        lock.acquire();
        var waiting = createTask(() -> {
            lock.acquire();
            return true;
        });
        sleep(ZERO);
        lock.release();
        try {
            return waiting.await();
        } catch (IllegalStateException e) {
            return type(e);
        } finally {
            if (lock.locked()) {
                lock.release();
            }
        }
    }

    @Twin("primitives-bind-to-a-loop-when-they-have-to-wait")
    static void allBindWhenTheyHaveToWait(Trace out) {
        var event = new Event();
        var semaphore = new Semaphore(0);
        var queue = new Queue<String>();
        Map<String, Action<RuntimeException>> waits = new LinkedHashMap<>();
        waits.put("event", event::await);
        waits.put("semaphore", semaphore::acquire);
        waits.put("queue", queue::get);
        waits.forEach((name, wait) -> {
            out.print(name, "first loop:", run(() -> bind(wait)));
            out.print(name, "second loop:", run(() -> bind(wait)));
        });
    }

    private static String bind(Action<RuntimeException> wait) {
        var task = createTask(wait);
        sleep(ZERO);
        task.cancel();
        Asyncio.wait(List.of(task));
        return task.cancelled() ? "waited" : type(task.exception());
    }

    @Twin("lock-cancelled-waiter-leaves")
    static void cancelledWaiterLeaves(Trace out) {
        run(() -> {
            var lock = new Lock();
            lock.acquire();
            var tasks = tasks(List.of("a", "b", "c", "d"), name -> {
                try (var _ = lock.acquire()) {
                    out.print(name, "holds");
                } catch (CancelledError e) {
                    out.print(name, "cancelled");
                    throw e;
                }
            });
            sleep(ZERO);
            tasks.get(2).cancel();
            tasks.get(0).cancel();
            lock.release();
            out.print("locked", lock.locked());
            Asyncio.wait(tasks);
            out.print("locked", lock.locked());
        });
    }

    @Twin("lock-fast-path-when-all-waiters-are-cancelled")
    static void fastPath(Trace out) {
        run(() -> {
            var lock = new Lock();
            lock.acquire();
            var task = createTask(() -> {
                lock.acquire();
                out.print("never holds");
            });
            sleep(ZERO);
            task.cancel();
            lock.release();
            getRunningLoop().callSoon(() -> out.print("next iteration"));
            lock.acquire();
            out.print("taken at once, waiter done", task.done());
            Asyncio.wait(List.of(task));
            out.print("locked", lock.locked());
        });
    }

    @Twin("lock-has-no-owner")
    static void hasNoOwner(Trace out) {
        run(() -> {
            var lock = new Lock();
            lock.acquire();
            var task = createTask(() -> {
                lock.release();
                out.print("released by another task");
            });
            lock.acquire();
            out.print("acquired again");
            lock.release();
            try {
                lock.release();
            } catch (IllegalStateException e) {
                out.print("free:", type(e));
            }
            task.await();
        });
    }

    @Twin("lock-is-first-come-first-served")
    static void firstComeFirstServed(Trace out) {
        run(() -> {
            var lock = new Lock();
            gather(tasks(List.of("a", "b", "c"), name -> {
                out.print(name, "asks");
                try (var _ = lock.acquire()) {
                    out.print(name, "holds");
                    sleep(ZERO);
                }
                out.print(name, "released");
            }));
            out.print("locked", lock.locked());
        });
    }

    @Twin("lock-is-not-reentrant")
    static void notReentrant(Trace out) {
        run(() -> {
            var lock = new Lock();
            try (var _ = lock.acquire()) {
                try {
                    timeout(ofMillis(5), () -> {
                        try (var _ = lock.acquire()) {
                            out.print("not reached");
                        }
                    });
                } catch (TimeoutException e) {
                    out.print(type(e), "locked", lock.locked());
                }
            }
            out.print("locked", lock.locked());
        });
    }

    @Twin("lock-release-hands-over-through-the-queue")
    static void handsOverThroughTheQueue(Trace out) {
        run(() -> {
            var lock = new Lock();
            lock.acquire();
            var waiting = createTask(() -> worker(out, "waiter", lock));
            sleep(ZERO);
            var newcomer = createTask(() -> worker(out, "newcomer", lock));
            lock.release();
            out.print("released, locked", lock.locked());
            out.print("main asks again");
            lock.acquire();
            out.print("main holds");
            lock.release();
            gather(waiting, newcomer);
        });
    }

    private static void worker(Trace out, String name, Lock lock) {
        out.print(name, "asks, locked", lock.locked());
        lock.acquire();
        out.print(name, "holds");
        lock.release();
    }

    @Twin("lock-released-when-the-block-fails")
    static void releasedWhenTheBlockFails(Trace out) {
        run(() -> {
            var lock = new Lock();
            var held = new Event();
            try (var _ = lock.acquire()) {
                throw new Boom("in the block");
            } catch (Boom e) {
                out.print(type(e), e, "locked", lock.locked());
            }
            var task = createTask(() -> {
                try (var _ = lock.acquire()) {
                    held.set();
                    forever();
                }
            });
            held.await();
            out.print("locked", lock.locked());
            task.cancel();
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled(), "locked", lock.locked());
        });
    }

    @Twin("lock-woken-waiter-cancelled-passes-it-on")
    static void wokenWaiterCancelled(Trace out) {
        run(() -> {
            var lock = new Lock();
            lock.acquire();
            var tasks = tasks(List.of("first", "second", "third"), name -> {
                try {
                    lock.acquire();
                } catch (CancelledError e) {
                    out.print(name, "cancelled");
                    throw e;
                }
                out.print(name, "holds");
                lock.release();
            });
            sleep(ZERO);
            lock.release();
            tasks.getFirst().cancel();
            Asyncio.wait(tasks);
            out.print("locked", lock.locked());
        });
    }
}
