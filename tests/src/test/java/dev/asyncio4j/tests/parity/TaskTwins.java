package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.me;
import static dev.asyncio4j.tests.parity.Loops.newEventLoop;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.Future;
import dev.asyncio4j.InvalidStateException;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.sync.Event;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Twins of the {@code task-…} scenarios. */
final class TaskTwins {

    private TaskTwins() {}

    @Twin("task-all-tasks-is-a-snapshot")
    static void allTasksIsASnapshot(Trace out) {
        run(() -> {
            me().setName("main");
            var gate = new Event();
            var a = createTask(() -> gate.await(), TaskOptions.named("a"));
            var b = createTask(() -> gate.await(), TaskOptions.named("b"));
            var snapshot = allTasks();
            out.print("now:", names(snapshot));
            a.cancel();
            out.print("after the request:", names(allTasks()));
            sleep(ZERO);
            out.print("after cancellation:", names(allTasks()));
            gate.set();
            b.await();
            out.print("at the end:", names(allTasks()));
            out.print("snapshot:", names(snapshot));
        });
    }

    private static String names(Collection<Task<?>> tasks) {
        return String.join(" ", tasks.stream().map(Task::name).sorted().toList());
    }

    @Twin("task-context-copied-or-shared")
    static void contextCopiedOrShared(Trace out) throws Exception {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            variable.set("set by main");
            var copied = createTask(() -> seeAndSet(out, variable, "copied"));
            variable.set("changed by main after creation");
            copied.await();
            out.print("main sees", variable.get());
            var shared = copyContext();
            var task = createTask(() -> seeAndSet(out, variable, "shared"), TaskOptions.DEFAULT.withContext(shared));
            out.print("own context:", task.context() == shared);
            task.await();
            out.print("in the shared context:", shared.run(variable::get));
            out.print("main sees", variable.get());
        });
    }

    private static void seeAndSet(Trace out, ContextVar<String> variable, String name) {
        out.print(name, "sees", variable.get());
        variable.set("set by " + name);
        sleep(ZERO);
        out.print(name, "still sees", variable.get());
    }

    @Twin("task-current-only-during-steps")
    static void currentOnlyDuringSteps(Trace out) {
        run(() -> {
            me().setName("main");
            var loop = getRunningLoop();
            var task = createTask(
                    () -> {
                        showCurrent(out, "child:");
                        sleep(ZERO);
                        showCurrent(out, "child again:");
                    },
                    TaskOptions.named("child"));
            task.addDoneCallback(_ -> showCurrent(out, "done-callback:"));
            loop.callSoon(() -> showCurrent(out, "callback:"));
            showCurrent(out, "main:");
            calledDirectly(out);
            task.await();
            sleep(ZERO);
            showCurrent(out, "main again:");
        });
    }

    private static void calledDirectly(Trace out) {
        showCurrent(out, "called directly:");
    }

    private static void showCurrent(Trace out, String where) {
        Optional<Task<?>> task = currentTask();
        out.print(where, task.map(Task::name).orElse(null));
    }

    @Twin("task-done-callbacks")
    static void doneCallbacks(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            var task = createTask(() -> {
                out.print("child ends");
                return "value";
            });
            task.addDoneCallback(t -> out.print("callback", t.result()));
            Consumer<Future<String>> removed = _ -> out.print("removed");
            task.addDoneCallback(removed);
            out.print("removed", task.removeDoneCallback(removed));
            task.addDoneCallback(_ -> loop.callSoon(() -> out.print("queued by callback")));
            out.print("main", task.await());
            sleep(ZERO);
            out.print("main again");
        });
    }

    @Twin("task-error-enters-at-the-await")
    static void errorEntersAtTheAwait(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var task = createTask(() -> {
                try {
                    return inner(out, future);
                } catch (Boom e) {
                    out.print("outer handles", type(e), e);
                    return "recovered";
                }
            });
            sleep(ZERO);
            future.setException(new Boom("error"));
            out.print(task.await());
        });
    }

    private static String inner(Trace out, Future<String> future) {
        try {
            return future.await();
        } finally {
            out.print("inner cleanup");
            sleep(ZERO);
            out.print("inner cleanup after an await");
        }
    }

    @Twin("task-exit-error-is-stored-and-leaves-the-loop")
    static void exitError(Trace out) {
        var loop = newEventLoop();
        Task<String> task = loop.createTask(() -> {
            sleep(ZERO);
            throw new ExitError(5);
        });
        var main = loop.createTask(() -> {
            try {
                return task.await();
            } catch (ExitError e) {
                out.print("main gets", type(e), e.code());
                return "main survived";
            }
        });
        try {
            loop.runUntilComplete(main);
        } catch (ExitError e) {
            out.print("run left with", type(e), e.code());
        }
        out.print("task done:", task.done(), type(task.exception()));
        out.print("main done:", main.done());
        out.print(loop.runUntilComplete(main));
        loop.close();
    }

    @Twin("task-first-step-is-deferred")
    static void firstStepIsDeferred(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            loop.callSoon(() -> out.print("queued before"));
            var first = createTask(() -> out.print("first", "starts"));
            loop.callSoon(() -> out.print("queued between"));
            var second = createTask(() -> out.print("second", "starts"));
            out.print("created, done:", first.done(), second.done());
            sleep(ZERO);
            out.print("main, done:", first.done(), second.done());
        });
    }

    @Twin("task-names")
    static void names(Trace out) {
        run(() -> {
            var named = createTask(() -> me().name(), TaskOptions.named("given"));
            var one = createTask(() -> me().name());
            var two = createTask(() -> me().name());
            out.print(named.name());
            out.print("counted up:", number(two) - number(one));
            two.setName("renamed");
            out.print("child sees", two.await());
            named.setName("renamed too");
            out.print("child sees", named.await());
            one.await();
        });
    }

    private static int number(Task<?> task) {
        return Integer.parseInt(task.name().substring("Task-".length()));
    }

    @Twin("task-outcomes")
    static void outcomes(Trace out) {
        run(() -> {
            for (String kind : List.of("returns", "fails", "raises cancelled")) {
                var task = createTask(() -> outcome(kind));
                Asyncio.wait(List.of(task));
                out.print(kind, "done", task.done(), "cancelled", task.cancelled(), "requests", task.cancelling());
                try {
                    out.print(task.result());
                } catch (Boom | CancelledError e) {
                    out.print(type(e), e);
                }
            }
        });
    }

    private static String outcome(String kind) {
        sleep(ZERO);
        return switch (kind) {
            case "fails" -> throw new Boom("error");
            case "raises cancelled" -> throw new CancelledError("nobody asked");
            default -> "value";
        };
    }

    @Twin("task-result-cannot-be-set-from-outside")
    static void resultCannotBeSet(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                sleep(ZERO);
                return "own value";
            });
            refused(out, "set_result", () -> task.setResult("foreign"));
            refused(out, "set_exception", () -> task.setException(new IllegalArgumentException()));
            refused(out, "result", task::result);
            refused(out, "exception", task::exception);
            out.print(task.await());
        });
    }

    private static void refused(Trace out, String name, Runnable call) {
        try {
            call.run();
        } catch (InvalidStateException e) {
            out.print(name, type(e));
        } catch (IllegalStateException e) {
            out.print(name, type(e));
        }
    }

    @Twin("task-runs-in-the-batch-after-completion")
    static void runsInTheBatchAfter(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            Future<String> future = loop.createFuture();
            var task = createTask(() -> out.print("waiter got", future.await()));
            sleep(ZERO);
            loop.callSoon(() -> out.print("before completion"));
            future.setResult("value");
            loop.callSoon(() -> out.print("after completion"));
            out.print("completed");
            sleep(ZERO);
            out.print("one iteration later, done:", task.done());
        });
    }

    @Twin("task-that-awaits-a-future-of-another-loop")
    static void futureOfAnotherLoop(Trace out) {
        run(() -> {
            var other = newEventLoop();
            Future<String> foreign = other.createFuture();
            try {
                foreign.await();
            } catch (IllegalStateException e) {
                out.print("main:", type(e));
            }
            out.print("foreign done:", foreign.done());
            foreign.setResult("done futures belong to everyone");
            out.print(foreign.await());
            other.close();
        });
    }

    @Twin(value = "task-that-awaits-itself", prints = """
                    main: RuntimeError
                    one iteration passes
                    main goes on
                    """)
    static void awaitsItself(Trace out) {
        run(() -> {
            var me = me();
            getRunningLoop().callSoon(() -> out.print("one iteration passes"));
            try {
                me.await();
            } catch (IllegalStateException e) {
                out.print("main:", type(e));
            }
            sleep(ZERO);
            out.print("main goes on");
        });
    }
}
