package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.Event;
import java.util.List;

/** Twins of the {@code as-completed-…} scenarios. */
final class AsCompletedTwins {

    private AsCompletedTwins() {}

    @Twin("as-completed-abandoned-leaves-members-running")
    static void abandoned(Trace out) {
        run(() -> {
            var slow = createTask(() -> ending(out, "slow", 5));
            var fast = createTask(() -> ending(out, "fast", 1));
            for (Task<String> task : asCompleted(List.of(slow, fast))) {
                out.print("got", task.result());
                break;
            }
            out.print("slow done", slow.done());
            slow.await();
            int count = 0;
            for (Task<String> _ : asCompleted(List.of(slow, slow, fast))) {
                count++;
            }
            out.print("three given, got", count);
        });
    }

    private static String ending(Trace out, String name, int turns) {
        turns(turns);
        out.print(name, "ends");
        return name;
    }

    private static int turns(int turns) {
        for (int n = 0; n < turns; n++) {
            sleep(ZERO);
        }
        return turns;
    }

    @Twin("as-completed-consumer-cancelled")
    static void consumerCancelled(Trace out) {
        run(() -> {
            var gate = new Event();
            var task = createTask(() -> behind(gate, "unharmed"));
            var consuming = createTask(() -> consumer(out, task));
            sleep(ZERO);
            consuming.cancel();
            Asyncio.wait(List.of(consuming));
            out.print("member done", task.done(), "requests", task.cancelling());
            gate.set();
            out.print(task.await());
        });
    }

    private static String behind(Event gate, String value) {
        gate.await();
        return value;
    }

    private static void consumer(Trace out, Task<String> task) {
        try {
            for (Task<String> done : asCompleted(List.of(task))) {
                out.print("got", done.result());
            }
        } catch (CancelledError e) {
            out.print("consumer cancelled");
            throw e;
        }
    }

    @Twin("as-completed-gives-the-original-tasks")
    static void givesTheOriginalTasks(Trace out) {
        run(() -> {
            var tasks = List.of(
                    createTask(() -> turns(8), TaskOptions.named("c")),
                    createTask(() -> turns(1), TaskOptions.named("a")),
                    createTask(() -> turns(4), TaskOptions.named("b")));
            for (Task<Integer> task : asCompleted(tasks)) {
                out.print(task.name(), "done", task.done(), "one of mine:", tasks.contains(task), task.result());
            }
        });
    }

    @Twin("as-completed-in-order-of-completion")
    static void inOrderOfCompletion(Trace out) {
        run(() -> {
            var all = asCompleted(
                    () -> child("slow", 9, false), () -> child("failing", 5, true), () -> child("fast", 1, false));
            for (var next : all.nextResults()) {
                try {
                    out.print("got", next.await());
                } catch (Boom e) {
                    out.print("got", type(e), e);
                }
            }
        });
    }

    private static String child(String name, int turns, boolean fails) {
        turns(turns);
        if (fails) {
            throw new Boom(name);
        }
        return name;
    }

    @Twin("as-completed-timeout-cancels-nobody")
    static void timeoutCancelsNobody(Trace out) {
        run(() -> {
            var early = new Event();
            var late = new Event();
            early.set();
            var tasks = List.of(createTask(() -> behind(late, "late")), createTask(() -> behind(early, "early")));
            try {
                for (Task<String> task : asCompleted(tasks, ofMillis(20))) {
                    out.print("got", task.result());
                }
            } catch (TimeoutException e) {
                var first = tasks.getFirst();
                out.print(type(e), "late done", first.done(), "requests", first.cancelling());
            }
            late.set();
            out.print(tasks.getFirst().await());
        });
    }
}
