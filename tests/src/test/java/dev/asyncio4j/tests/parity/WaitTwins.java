package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.type;
import static dev.asyncio4j.tests.parity.Several.cancelled;
import static dev.asyncio4j.tests.parity.Several.names;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ReturnWhen;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.WaitOptions;
import dev.asyncio4j.sync.Event;
import java.util.ArrayList;
import java.util.List;

/** Twins of the {@code wait-…} scenarios, but for those of {@code waitFor}, and of the race that is built on it. */
final class WaitTwins {

    private WaitTwins() {}

    @Twin("race-the-first-result-and-cancel-the-rest")
    static void race(Trace out) {
        run(() -> {
            var tasks = List.of(
                    createTask(() -> racer(out, "tortoise", 50)),
                    createTask(() -> racer(out, "hare", 5)),
                    createTask(() -> racer(out, "snail", 90)));
            var result = Asyncio.wait(tasks, ReturnWhen.FIRST_COMPLETED);
            for (var task : tasks) {
                if (result.pending().contains(task)) {
                    task.cancel();
                }
            }
            Asyncio.wait(result.pending());
            out.print("winner", each(result.done().stream().map(Task::result)));
            out.print("cancelled", cancelled(tasks));
        });
    }

    private static String racer(Trace out, String name, int turns) {
        try {
            turns(turns);
            return name;
        } catch (CancelledError e) {
            out.print(name, "cancelled");
            throw e;
        }
    }

    private static void turns(int turns) {
        for (int n = 0; n < turns; n++) {
            sleep(ZERO);
        }
    }

    @Twin("wait-cancelled-leaves-its-members")
    static void cancelledLeavesItsMembers(Trace out) {
        run(() -> {
            var gate = new Event();
            var task = createTask(() -> behind(gate, "unharmed"));
            var waiting = createTask(() -> {
                try {
                    Asyncio.wait(List.of(task));
                } catch (CancelledError e) {
                    out.print("waiter cancelled");
                    throw e;
                }
            });
            sleep(ZERO);
            waiting.cancel();
            Asyncio.wait(List.of(waiting));
            out.print("waiter", waiting.cancelled(), "member done", task.done(), "requests", task.cancelling());
            gate.set();
            out.print(task.await());
        });
    }

    private static String behind(Event gate, String value) {
        gate.await();
        return value;
    }

    @Twin("wait-first-completed")
    static void firstCompleted(Trace out) {
        run(() -> {
            var early = new Event();
            var late = new Event();
            var tasks = List.of(
                    createTask(() -> early.await(), TaskOptions.named("a")),
                    createTask(() -> late.await(), TaskOptions.named("b")),
                    createTask(() -> early.await(), TaskOptions.named("c")));
            getRunningLoop().callSoon(early::set);
            var first = Asyncio.wait(tasks, ReturnWhen.FIRST_COMPLETED);
            out.print("done:", names(first.done()), "| pending:", names(first.pending()));
            late.set();
            var rest = Asyncio.wait(first.pending());
            out.print("done:", names(rest.done()), "| pending:", names(rest.pending()));
        });
    }

    @Twin("wait-first-exception")
    static void firstException(Trace out) {
        run(() -> {
            for (boolean secondFails : List.of(true, false)) {
                var tasks = List.of(
                        createTask(() -> child(1, false), TaskOptions.named("a")),
                        createTask(() -> child(3, secondFails), TaskOptions.named("b")),
                        createTask(() -> child(9, false), TaskOptions.named("c")));
                var result = Asyncio.wait(tasks, ReturnWhen.FIRST_EXCEPTION);
                out.print("done:", names(result.done()), "| pending:", names(result.pending()));
                Asyncio.wait(tasks);
            }
        });
    }

    private static void child(int turns, boolean fails) {
        turns(turns);
        if (fails) {
            throw new Boom();
        }
    }

    @Twin("wait-first-exception-ignores-cancelled-members")
    static void firstExceptionIgnoresCancelled(Trace out) {
        run(() -> {
            var gate = new Event();
            var tasks = List.of(
                    createTask(() -> gate.await(), TaskOptions.named("a")),
                    createTask(() -> gate.await(), TaskOptions.named("b")));
            var waiting = createTask(() -> Asyncio.wait(tasks, ReturnWhen.FIRST_EXCEPTION));
            sleep(ZERO);
            tasks.getFirst().cancel();
            turns(5);
            out.print("a cancelled", tasks.getFirst().cancelled(), "wait over", waiting.done());
            gate.set();
            var result = waiting.await();
            out.print("done:", names(result.done()), "| pending:", names(result.pending()));
        });
    }

    @Twin("wait-for-all")
    static void forAll(Trace out) {
        run(() -> {
            var tasks = new ArrayList<Task<String>>();
            for (String kind : List.of("returns", "fails", "cancelled")) {
                tasks.add(createTask(() -> child(kind), TaskOptions.named(kind)));
            }
            var result = Asyncio.wait(tasks);
            out.print("done:", names(result.done()));
            out.print("pending:", result.pending().size());
            out.print("error kept:", tasks.get(1).exception());
            var again = Asyncio.wait(tasks);
            out.print("again:", names(again.done()));
        });
    }

    private static String child(String kind) {
        sleep(ZERO);
        return switch (kind) {
            case "fails" -> throw new Boom("error");
            case "cancelled" -> throw new CancelledError();
            default -> kind;
        };
    }

    @Twin("wait-needs-members")
    static void needsMembers(Trace out) {
        run(() -> {
            try {
                Asyncio.wait(List.<Task<String>>of());
            } catch (IllegalArgumentException e) {
                out.print("nothing:", type(e));
            }
            var task = createTask(() -> "value");
            var result = Asyncio.wait(List.of(task, task));
            out.print("done", result.done().size(), "pending", result.pending().size());
            getRunningLoop().callSoon(() -> out.print("next iteration"));
            Asyncio.wait(List.of(task));
            out.print("all done: no iteration used");
            sleep(ZERO);
        });
    }

    @Twin("wait-timeout-cancels-nobody")
    static void timeoutCancelsNobody(Trace out) {
        run(() -> {
            var gate = new Event();
            var task = createTask(() -> behind(gate, "value"));
            for (var limit : List.of(ofMillis(5), ZERO)) {
                var result = Asyncio.wait(List.of(task), WaitOptions.within(limit));
                out.print(
                        "done",
                        result.done().size(),
                        "pending",
                        result.pending().size(),
                        "requests",
                        task.cancelling());
            }
            gate.set();
            out.print(task.await());
        });
    }
}
