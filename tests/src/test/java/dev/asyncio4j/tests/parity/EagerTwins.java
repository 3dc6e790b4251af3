package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.me;
import static dev.asyncio4j.tests.parity.Loops.newEventLoop;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.args;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskFactory;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.sync.Event;
import java.util.List;

/** Twins of the {@code eager-…} scenarios. */
final class EagerTwins {

    private EagerTwins() {}

    /** {@code asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)}. */
    private static void startEagerly() {
        getRunningLoop().setTaskFactory(TaskFactory.EAGER);
    }

    @Twin("eager-cancel-before-start-no-longer-exists")
    static void cancelBeforeStart(Trace out) {
        run(() -> {
            startEagerly();
            var task = createTask(() -> {
                out.print("child begins");
                try {
                    forever();
                } finally {
                    out.print("child cleans up");
                }
            });
            task.cancel();
            out.print("cancel asked");
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled());
        });
    }

    @Twin(value = "eager-child-fails-in-a-group", prints = """
                    created, done True
                    other begins
                    created another
                    group Boom
                    """)
    static void childFailsInAGroup(Trace out) {
        run(() -> {
            startEagerly();
            try {
                TaskGroup.run(group -> {
                    var failed = group.createTask(() -> {
                        throw new Boom("eager");
                    });
                    out.print("created, done", failed.done());
                    group.createTask(() -> {
                        out.print("other begins");
                        forever();
                    });
                    out.print("created another");
                    sleep(ZERO);
                    out.print("not reached");
                });
            } catch (ExceptionGroup e) {
                out.print("group", each(e.exceptions().stream().map(Python::type)));
            }
        });
    }

    @Twin("eager-child-runs-before-its-creator-goes-on")
    static void runsBeforeItsCreator(Trace out) {
        run(() -> {
            var plain = createTask(() -> beginsAndEnds(out, "plain"));
            startEagerly();
            var eager = createTask(() -> beginsAndEnds(out, "eager"));
            out.print("created both");
            out.print(plain.await(), eager.await());
        });
    }

    private static String beginsAndEnds(Trace out, String name) {
        out.print(name, "begins");
        sleep(ZERO);
        out.print(name, "ends");
        return name;
    }

    @Twin("eager-child-that-cancels-itself")
    static void cancelsItself(Trace out) {
        run(() -> {
            startEagerly();
            for (boolean waits : List.of(false, true)) {
                var task = createTask(() -> cancelMyself(out, waits));
                out.print("created, done", task.done(), "requests", task.cancelling());
                Asyncio.wait(List.of(task));
                out.print("cancelled", task.cancelled());
            }
        });
    }

    private static String cancelMyself(Trace out, boolean waits) {
        me().cancel("self");
        if (waits) {
            try {
                sleep(ZERO);
            } catch (CancelledError e) {
                out.print("child", type(e), args(e));
                throw e;
            }
        }
        return "value";
    }

    @Twin("eager-child-that-never-waits-is-done-at-once")
    static void neverWaits(Trace out) {
        run(() -> {
            startEagerly();
            var task = createTask(() -> "value");
            out.print("done", task.done(), task.result());
            out.print("among all tasks:", allTasks().contains(task));
            out.print("body dropped:", true); // a task does not hand its body out
            getRunningLoop().callSoon(() -> out.print("next iteration"));
            out.print(task.await());
            out.print("cancel", task.cancel());
            sleep(ZERO);
        });
    }

    @Twin(value = "eager-children-of-a-group", prints = """
                    a begins
                    a ends
                    b begins
                    b ends
                    next iteration
                    first group ends
                    c begins
                    d begins
                    d ends
                    block ends
                    c ends
                    second group ends
                    """)
    static void childrenOfAGroup(Trace out) {
        run(() -> {
            startEagerly();
            getRunningLoop().callSoon(() -> out.print("next iteration"));
            TaskGroup.run(group -> {
                group.createTask(() -> child(out, "a", false));
                group.createTask(() -> child(out, "b", false));
            });
            out.print("first group ends");
            TaskGroup.run(group -> {
                group.createTask(() -> child(out, "c", true));
                group.createTask(() -> child(out, "d", false));
                out.print("block ends");
            });
            out.print("second group ends");
        });
    }

    private static void child(Trace out, String name, boolean waits) {
        out.print(name, "begins");
        if (waits) {
            sleep(ZERO);
        }
        out.print(name, "ends");
    }

    @Twin("eager-context-stays-private")
    static void contextStaysPrivate(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            startEagerly();
            variable.set("set by main");
            var task = createTask(() -> {
                out.print("child sees", variable.get());
                variable.set("set by child");
                sleep(ZERO);
                out.print("child still sees", variable.get());
            });
            out.print("main sees", variable.get());
            variable.set("changed by main");
            task.await();
            out.print("main sees", variable.get());
        });
    }

    @Twin("eager-current-task-is-the-child-then-the-creator")
    static void currentTaskIsTheChild(Trace out) {
        run(() -> {
            me().setName("main");
            startEagerly();
            var task = createTask(() -> nestedChild(out, 2));
            show(out, "main");
            task.await();
        });
    }

    private static void nestedChild(Trace out, int depth) {
        me().setName("child-" + depth);
        show(out, "child " + depth);
        if (depth > 0) {
            createTask(() -> nestedChild(out, depth - 1)).await();
            show(out, "child " + depth + " again");
        }
    }

    private static void show(Trace out, String where) {
        out.print(
                where,
                "current",
                me().name(),
                "| all",
                each(allTasks().stream().map(Task::name).sorted()));
    }

    @Twin("eager-done-callbacks-stay-asynchronous")
    static void doneCallbacks(Trace out) {
        run(() -> {
            startEagerly();
            getRunningLoop().callSoon(() -> out.print("queued before"));
            var task = createTask(() -> {
                out.print("child");
                return "value";
            });
            task.addDoneCallback(t -> out.print("callback", t.result()));
            out.print("main");
            sleep(ZERO);
            out.print("main again");
        });
    }

    @Twin("eager-error-is-stored")
    static void errorIsStored(Trace out) {
        run(() -> {
            startEagerly();
            var failed = createTask(() -> {
                throw new Boom("error");
            });
            out.print("created, done", failed.done());
            try {
                failed.await();
            } catch (Boom e) {
                out.print(type(e), e);
            }
            var cancelled = createTask(() -> {
                throw new CancelledError("own");
            });
            out.print("created, cancelled", cancelled.cancelled(), "done", cancelled.done());
        });
    }

    @Twin("eager-exit-error-reaches-the-creator")
    static void exitError(Trace out) {
        Coroutine<String, RuntimeException> main = () -> {
            startEagerly();
            try {
                createTask(() -> {
                    throw new ExitError(6);
                });
                out.print("not reached");
            } catch (ExitError e) {
                out.print("creator gets", type(e), e.code());
            }
            sleep(ZERO);
            return "main goes on";
        };
        out.print(run(main));
    }

    @Twin("eager-gather-is-done-at-once")
    static void gatherIsDone(Trace out) {
        run(() -> {
            startEagerly();
            var allEager = gatherFuture(List.of(createTask(() -> value(1, false)), createTask(() -> value(2, false))));
            out.print("all eager: done", allEager.done(), allEager.result());
            var mixed = gatherFuture(List.of(createTask(() -> value(1, false)), createTask(() -> value(2, true))));
            out.print("mixed: done", mixed.done());
            out.print(mixed.await());
        });
    }

    private static int value(int value, boolean waits) {
        if (waits) {
            sleep(ZERO);
        }
        return value;
    }

    @Twin("eager-nested-children-suspend-one-by-one")
    static void nestedChildren(Trace out) {
        run(() -> {
            startEagerly();
            var gate = new Event();
            var task = createTask(() -> enter(out, 2, gate));
            out.print("main created, done", task.done());
            gate.set();
            task.await();
            out.print("main ends");
        });
    }

    private static void enter(Trace out, int depth, Event gate) {
        out.print("enter", depth);
        if (depth > 0) {
            var inner = createTask(() -> enter(out, depth - 1, gate));
            out.print("created below", depth, "done", inner.done());
            inner.await();
        } else {
            gate.await();
        }
        out.print("leave", depth);
    }

    @Twin("eager-only-while-the-loop-runs")
    static void onlyWhileTheLoopRuns(Trace out) {
        var loop = newEventLoop();
        loop.setTaskFactory(TaskFactory.EAGER);
        var task = loop.createTask(() -> {
            out.print("child runs");
            return "value";
        });
        out.print("created, done", task.done());
        out.print(loop.runUntilComplete(task));
        out.print("factory:", loop.getTaskFactory() == TaskFactory.EAGER);
        loop.close();
    }

    @Twin("eager-task-by-hand")
    static void byHand(Trace out) throws Exception {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            var context = copyContext();
            context.run(() -> variable.set("set in the given context"));
            var options = TaskOptions.named("by-hand").withContext(context).withEagerStart(true);
            var task = createTask(
                    () -> {
                        out.print(me().name(), "sees", variable.get());
                        sleep(ZERO);
                        return "value";
                    },
                    options);
            out.print("main, done", task.done());
            out.print(task.await());
        });
    }
}
