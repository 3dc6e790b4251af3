package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.otherType;
import static dev.asyncio4j.tests.parity.Python.type;
import static dev.asyncio4j.tests.parity.Several.cancelled;
import static dev.asyncio4j.tests.parity.Several.done;
import static dev.asyncio4j.tests.parity.Several.tasks;
import static java.time.Duration.ZERO;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.sync.BoundedSemaphore;
import dev.asyncio4j.sync.Semaphore;
import java.util.List;

/** Twins of the {@code semaphore-…} scenarios. */
final class SemaphoreTwins {

    private SemaphoreTwins() {}

    @Twin("semaphore-bounds")
    static void bounds(Trace out) {
        run(() -> {
            var plain = new Semaphore(1);
            plain.release();
            plain.acquire();
            plain.acquire();
            out.print("plain: two acquired, locked", plain.locked());
            var bounded = new BoundedSemaphore(1);
            bounded.acquire();
            bounded.release();
            try {
                bounded.release();
            } catch (IllegalStateException e) {
                out.print("bounded:", otherType(e));
            }
            try {
                new Semaphore(-1);
            } catch (IllegalArgumentException e) {
                out.print("negative:", type(e));
            }
        });
    }

    @Twin("semaphore-burst-of-cancels-loses-no-permit")
    static void burstOfCancels(Trace out) {
        run(() -> {
            var semaphore = new Semaphore(0);
            var tasks = tasks(List.of("a", "b", "c", "d", "e"), name -> worker(out, name, semaphore));
            sleep(ZERO);
            semaphore.release();
            semaphore.release();
            tasks.get(0).cancel();
            tasks.get(1).cancel();
            tasks.get(3).cancel();
            Asyncio.wait(tasks);
            out.print("cancelled", cancelled(tasks));
            out.print("locked", semaphore.locked());
        });
    }

    private static void worker(Trace out, String name, Semaphore semaphore) {
        semaphore.acquire();
        out.print(name, "acquired");
    }

    @Twin("semaphore-granted-then-cancelled-passes-it-on")
    static void grantedThenCancelled(Trace out) {
        run(() -> {
            var semaphore = new Semaphore(0);
            var tasks = tasks(List.of("first", "second", "third"), name -> {
                try {
                    semaphore.acquire();
                } catch (CancelledError e) {
                    out.print(name, "cancelled");
                    throw e;
                }
                out.print(name, "acquired");
            });
            sleep(ZERO);
            semaphore.release();
            tasks.getFirst().cancel();
            for (int n = 0; n < 4; n++) {
                sleep(ZERO);
            }
            out.print("done", done(tasks));
            semaphore.release();
            Asyncio.wait(tasks);
            out.print("locked", semaphore.locked());
        });
    }

    @Twin("semaphore-is-first-come-first-served")
    static void firstComeFirstServed(Trace out) {
        run(() -> {
            var semaphore = new Semaphore(2);
            gather(tasks(List.of("a", "b", "c", "d", "e"), name -> {
                try (var _ = semaphore.acquire()) {
                    out.print(name, "enters, locked", semaphore.locked());
                    sleep(ZERO);
                    out.print(name, "leaves");
                }
            }));
            out.print("locked", semaphore.locked());
        });
    }

    @Twin("semaphore-only-granted-waiter-cancelled-keeps-the-permit")
    static void onlyGrantedWaiterCancelled(Trace out) {
        run(() -> {
            var semaphore = new Semaphore(1);
            semaphore.acquire();
            var task = createTask(() -> semaphore.acquire());
            sleep(ZERO);
            semaphore.release();
            task.cancel();
            out.print("locked", semaphore.locked());
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled(), "locked", semaphore.locked());
            semaphore.acquire();
            out.print("acquired", true);
        });
    }

    @Twin("semaphore-permit-is-reserved-for-the-woken")
    static void permitIsReserved(Trace out) {
        run(() -> {
            var semaphore = new Semaphore(1);
            semaphore.acquire();
            var waiting = createTask(() -> worker(out, "waiter", semaphore));
            sleep(ZERO);
            semaphore.release();
            out.print("released, locked", semaphore.locked());
            var newcomer = createTask(() -> worker(out, "newcomer", semaphore));
            sleep(ZERO);
            sleep(ZERO);
            out.print("done", waiting.done(), newcomer.done());
            semaphore.release();
            newcomer.await();
        });
    }

    @Twin("semaphore-several-releases-wake-several")
    static void severalReleases(Trace out) {
        run(() -> {
            var semaphore = new Semaphore(0);
            var tasks = tasks(List.of("a", "b", "c"), name -> worker(out, name, semaphore));
            sleep(ZERO);
            for (int n = 0; n < 4; n++) {
                semaphore.release();
            }
            out.print("released four, locked", semaphore.locked());
            Asyncio.wait(tasks);
            out.print("locked", semaphore.locked());
        });
    }

    @Twin("semaphore-waiter-cancelled-before-its-grant")
    static void cancelledBeforeItsGrant(Trace out) {
        run(() -> {
            var semaphore = new Semaphore(0);
            var tasks = tasks(List.of("first", "second"), name -> {
                try {
                    semaphore.acquire();
                } catch (CancelledError e) {
                    out.print(name, "cancelled, locked", semaphore.locked());
                    throw e;
                }
                out.print(name, "acquired");
            });
            sleep(ZERO);
            tasks.getFirst().cancel();
            semaphore.release();
            Asyncio.wait(tasks);
            out.print("locked", semaphore.locked());
            semaphore.release();
            out.print("locked", semaphore.locked());
        });
    }
}
