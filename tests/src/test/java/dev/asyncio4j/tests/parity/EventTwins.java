package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Several.tasks;
import static java.time.Duration.ZERO;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.sync.Event;
import java.util.List;

/** Twins of the {@code event-…} scenarios. Python's {@code wait} returns {@code True}, ours nothing. */
final class EventTwins {

    private EventTwins() {}

    @Twin("event-cleared-before-its-waiter-runs")
    static void clearedBeforeItsWaiterRuns(Trace out) {
        run(() -> {
            var event = new Event();
            var early = createTask(() -> looking(out, "early", event));
            sleep(ZERO);
            var late = createTask(() -> looking(out, "late", event));
            event.set();
            event.clear();
            sleep(ZERO);
            sleep(ZERO);
            out.print("done", early.done(), late.done());
            event.set();
            late.await();
        });
    }

    private static void looking(Trace out, String name, Event event) {
        event.await();
        out.print(name, true, "set", event.isSet());
    }

    @Twin("event-waiter-cancelled")
    static void waiterCancelled(Trace out) {
        run(() -> {
            var event = new Event();
            var tasks = tasks(List.of("a", "b", "c"), name -> {
                try {
                    waiter(out, name, event);
                } catch (CancelledError e) {
                    out.print(name, "cancelled");
                    throw e;
                }
            });
            sleep(ZERO);
            tasks.get(0).cancel();
            sleep(ZERO);
            event.set();
            tasks.get(1).cancel();
            Asyncio.wait(tasks);
            out.print("set", event.isSet());
        });
    }

    private static void waiter(Trace out, String name, Event event) {
        event.await();
        out.print(name, true);
    }

    @Twin("event-wakes-its-waiters-in-order")
    static void wakesInOrder(Trace out) {
        run(() -> {
            var event = new Event();
            var tasks = tasks(List.of("a", "b", "c"), name -> waiter(out, name, event));
            sleep(ZERO);
            out.print("set", event.isSet());
            event.set();
            event.set();
            out.print("set", event.isSet());
            getRunningLoop().callSoon(() -> out.print("queued after the waiters"));
            waiter(out, "main", event);
            Asyncio.wait(tasks);
        });
    }
}
