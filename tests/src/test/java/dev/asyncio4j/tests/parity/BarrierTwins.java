package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.type;
import static dev.asyncio4j.tests.parity.Several.done;
import static dev.asyncio4j.tests.parity.Several.tasks;
import static java.time.Duration.ZERO;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.sync.Barrier;
import dev.asyncio4j.sync.BrokenBarrierException;
import java.util.List;

/** Twins of the {@code barrier-…} scenarios. */
final class BarrierTwins {

    private BarrierTwins() {}

    @Twin("barrier-aborted")
    static void aborted(Trace out) {
        run(() -> {
            var barrier = new Barrier(3);
            var tasks = tasks(List.of("a", "b"), name -> unlessBroken(out, name, barrier));
            sleep(ZERO);
            barrier.abort();
            out.print("broken", barrier.broken(), "waiting", barrier.waiting());
            Asyncio.wait(tasks);
            unlessBroken(out, "latecomer", barrier);
            barrier.reset();
            out.print("broken", barrier.broken());
            gather(tasks(List.of("c", "d", "e"), name -> unlessBroken(out, name, barrier)));
        });
    }

    private static void unlessBroken(Trace out, String name, Barrier barrier) {
        try {
            barrier.await();
            out.print(name, "leaves");
        } catch (BrokenBarrierException e) {
            out.print(name, type(e));
        }
    }

    @Twin("barrier-as-a-block")
    static void asABlock(Trace out) {
        run(() -> {
            var barrier = new Barrier(2);
            gather(tasks(List.of("a", "b"), name -> {
                int index = barrier.await();
                out.print(name, "inside with", index);
                sleep(ZERO);
                out.print(name, "outside");
            }));
            try {
                new Barrier(0);
            } catch (IllegalArgumentException e) {
                out.print("no parties:", type(e));
            }
        });
    }

    @Twin("barrier-cancelled-waiter-just-leaves")
    static void cancelledWaiterJustLeaves(Trace out) {
        run(() -> {
            var barrier = new Barrier(2);
            var gone = createTask(() -> unlessCancelled(out, "gone", barrier));
            sleep(ZERO);
            out.print("waiting", barrier.waiting());
            gone.cancel();
            Asyncio.wait(List.of(gone));
            out.print("waiting", barrier.waiting(), "broken", barrier.broken());
            gather(tasks(List.of("a", "b"), name -> unlessCancelled(out, name, barrier)));
        });
    }

    private static void unlessCancelled(Trace out, String name, Barrier barrier) {
        try {
            barrier.await();
            out.print(name, "leaves");
        } catch (CancelledError e) {
            out.print(name, "cancelled");
            throw e;
        }
    }

    @Twin("barrier-cancelled-waiter-while-it-drains")
    static void cancelledWhileItDrains(Trace out) {
        run(() -> {
            var barrier = new Barrier(2);
            var task = createTask(() -> unlessCancelled(out, "a", barrier));
            sleep(ZERO);
            unlessCancelled(out, "last", barrier);
            task.cancel();
            Asyncio.wait(List.of(task));
            out.print("waiting", barrier.waiting(), "broken", barrier.broken());
            gather(tasks(List.of("c", "d"), name -> unlessCancelled(out, name, barrier)));
        });
    }

    @Twin(value = "barrier-index-after-a-cancelled-waiter", prints = """
                    indices 1 0 2
                    """)
    static void indexAfterACancelledWaiter(Trace out) {
        run(() -> {
            var barrier = new Barrier(3);
            var gone = createTask(() -> barrier.await());
            var second = createTask(() -> barrier.await());
            sleep(ZERO);
            gone.cancel();
            Asyncio.wait(List.of(gone));
            var third = createTask(() -> barrier.await());
            sleep(ZERO);
            var fourth = createTask(() -> barrier.await());
            out.print("indices", each(gather(second, third, fourth)));
        });
    }

    @Twin("barrier-lets-all-go-together")
    static void letsAllGo(Trace out) {
        run(() -> {
            var barrier = new Barrier(3);
            for (int round = 0; round < 2; round++) {
                gather(tasks(List.of("a", "b", "c"), name -> {
                    out.print(name, "arrives, waiting", barrier.waiting());
                    int index = barrier.await();
                    out.print(name, "leaves with", index);
                }));
                out.print("parties", barrier.parties(), "waiting", barrier.waiting(), "broken", barrier.broken());
            }
        });
    }

    @Twin("barrier-newcomer-waits-while-it-drains")
    static void newcomerWaits(Trace out) {
        run(() -> {
            var barrier = new Barrier(2);
            var tasks = tasks(List.of("a", "b", "c"), name -> leaving(out, name, barrier));
            for (int n = 0; n < 6; n++) {
                sleep(ZERO);
            }
            out.print("done", done(tasks), "| waiting", barrier.waiting());
            tasks.add(createTask(() -> leaving(out, "d", barrier)));
            Asyncio.wait(tasks);
        });
    }

    private static void leaving(Trace out, String name, Barrier barrier) {
        barrier.await();
        out.print(name, "leaves, waiting", barrier.waiting());
    }

    @Twin("barrier-reset-with-waiters")
    static void resetWithWaiters(Trace out) {
        run(() -> {
            var barrier = new Barrier(2);
            barrier.reset();
            out.print("reset when empty, broken", barrier.broken());
            var task = createTask(() -> unlessBroken(out, "a", barrier));
            sleep(ZERO);
            barrier.reset();
            out.print("reset, broken", barrier.broken(), "waiting", barrier.waiting());
            var late = createTask(() -> unlessBroken(out, "b", barrier));
            Asyncio.wait(List.of(task));
            gather(late, createTask(() -> unlessBroken(out, "c", barrier)));
        });
    }
}
