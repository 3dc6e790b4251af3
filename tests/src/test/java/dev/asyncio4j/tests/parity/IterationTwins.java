package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.run;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Awaitable;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import dev.asyncio4j.sync.Queue;
import dev.asyncio4j.sync.Semaphore;
import java.util.List;

/** Twins of the {@code iterations-…} scenarios: how many turns of the loop a wait takes. */
final class IterationTwins {

    private IterationTwins() {}

    /** Counts the iterations of a loop, by a callback that always schedules itself. */
    private static final class Ticks {

        private final EventLoop loop = getRunningLoop();
        private int count;

        /** Begins to count. */
        Ticks start() {
            loop.callSoon(this::tick);
            return this;
        }

        private void tick() {
            count++;
            loop.callSoon(this::tick);
        }
    }

    @Twin("iterations-none-when-nothing-has-to-wait")
    static void noneWhenNothingWaits(Trace out) {
        run(() -> {
            Future<Void> done = getRunningLoop().createFuture();
            done.setResult(null);
            var lock = new Lock();
            var semaphore = new Semaphore(1);
            var event = new Event();
            var queue = new Queue<String>(1);
            event.set();
            var ticks = new Ticks().start();
            sleep(ZERO);
            int before = ticks.count;
            done.await();
            immediate();
            lock.acquire();
            semaphore.acquire();
            event.await();
            queue.put("item");
            queue.get();
            waitFor(() -> immediate(), ofSeconds(10));
            TaskGroup.run(_ -> {});
            timeout(ofSeconds(10), () -> immediate());
            out.print("iterations:", ticks.count - before);
        });
    }

    private static Void immediate() {
        return null;
    }

    @Twin("iterations-of-a-cancelled-chain")
    static void cancelledChain(Trace out) {
        run(() -> {
            Future<Void> future = getRunningLoop().createFuture();
            var ticks = new Ticks();
            var inner = createTask(() -> level(out, ticks, "inner", future));
            var middle = createTask(() -> level(out, ticks, "middle", inner));
            var outer = createTask(() -> level(out, ticks, "outer", middle));
            ticks.start();
            sleep(ZERO);
            ticks.count = 0;
            out.print("cancel", outer.cancel(), "future cancelled", future.cancelled());
            Asyncio.wait(List.of(outer));
            out.print("main in iteration", ticks.count);
        });
    }

    private static void level(Trace out, Ticks ticks, String name, Awaitable<?> inner) {
        try {
            inner.await();
        } finally {
            out.print(name, "ends in iteration", ticks.count);
        }
    }

    @Twin("iterations-of-combinators")
    static void combinators(Trace out) {
        run(() -> {
            var ticks = new Ticks().start();
            sleep(ZERO);
            int before = ticks.count;
            gather(() -> immediate(), () -> immediate());
            out.print("gather:", ticks.count - before);
            before = ticks.count;
            Asyncio.wait(List.of(createTask(() -> immediate())));
            out.print("wait:", ticks.count - before);
            before = ticks.count;
            shield(() -> immediate());
            out.print("shield:", ticks.count - before);
            before = ticks.count;
            TaskGroup.run(group -> {
                group.createTask(() -> immediate());
                group.createTask(() -> immediate());
            });
            out.print("task group:", ticks.count - before);
        });
    }

    @Twin("iterations-of-sleep-and-task")
    static void sleepAndTask(Trace out) {
        run(() -> {
            var ticks = new Ticks().start();
            sleep(ZERO);
            int before = ticks.count;
            sleep(ZERO);
            out.print("sleep(0):", ticks.count - before);
            before = ticks.count;
            createTask(() -> immediate()).await();
            out.print("new task:", ticks.count - before);
            var task = createTask(() -> immediate());
            sleep(ZERO);
            before = ticks.count;
            task.await();
            out.print("finished task:", ticks.count - before);
        });
    }
}
