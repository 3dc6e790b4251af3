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
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.Timeout;
import dev.asyncio4j.sync.Event;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;

/** Twins of the {@code taskgroup-…} scenarios. */
final class TaskGroupTwins {

    private TaskGroupTwins() {}

    private static Void fail(String message) {
        throw new Boom(message);
    }

    private static Void failLater(String message) {
        sleep(ZERO);
        throw new Boom(message);
    }

    private static void sleepTurns(int turns) {
        for (int turn = 0; turn < turns; turn++) {
            sleep(ZERO);
        }
    }

    @Twin("taskgroup-aborted-before-its-child-starts")
    static void abortedBeforeItsChildStarts(Trace out) {
        run(() -> {
            try {
                createTask(() -> TaskGroup.run(group -> {
                            group.createTask(() -> startsAndWaits(out, "failing block:"));
                            throw new Boom("block");
                        }))
                        .await();
            } catch (ExceptionGroup e) {
                out.print("group", each(e.exceptions()));
            }
            var task = createTask(() -> TaskGroup.run(group -> {
                group.createTask(() -> startsAndWaits(out, "cancelling block:"));
                me().cancel("self");
            }));
            try {
                task.await();
            } catch (CancelledError e) {
                out.print(type(e), args(e), "cancelled", task.cancelled());
            }
        });
    }

    private static void startsAndWaits(Trace out, String name) {
        out.print(name, "child starts");
        forever();
    }

    @Twin("taskgroup-body-error-is-wrapped")
    static void bodyErrorIsWrapped(Trace out) {
        run(() -> {
            for (boolean fails : List.of(false, true)) {
                try {
                    TaskGroup.run(group -> {
                        group.createTask(() -> cancelledOrFails(out, fails));
                        sleep(ZERO);
                        throw new Boom("block");
                    });
                } catch (ExceptionGroup e) {
                    var messages = e.exceptions().stream()
                            .map(Throwable::getMessage)
                            .sorted()
                            .toList();
                    out.print("group", String.join(" and ", messages));
                }
                out.print("requests", me().cancelling());
            }
        });
    }

    private static void cancelledOrFails(Trace out, boolean fails) {
        try {
            forever();
        } catch (CancelledError e) {
            out.print("child cancelled");
            if (fails) {
                throw new Boom("child");
            }
            throw e;
        }
    }

    @Twin("taskgroup-body-raises-cancelled-by-itself")
    static void bodyRaisesCancelled(Trace out) {
        run(() -> {
            try {
                TaskGroup.run(group -> {
                    group.createTask(() -> endless(out, "child"));
                    sleep(ZERO);
                    throw new CancelledError("own");
                });
            } catch (CancelledError e) {
                out.print(type(e), args(e), "requests", me().cancelling());
            }
        });
    }

    private static void endless(Trace out, String name) {
        try {
            forever();
        } finally {
            out.print(name, "ends");
        }
    }

    @Twin("taskgroup-body-swallows-the-abort")
    static void bodySwallows(Trace out) {
        run(() -> {
            var me = me();
            try {
                TaskGroup.run(group -> {
                    group.createTask(() -> fail("child"));
                    try {
                        forever();
                    } catch (CancelledError e) {
                        out.print("swallowed, requests", me.cancelling());
                    }
                    sleep(ZERO);
                    sleep(ofMillis(1));
                    out.print("block ends");
                });
            } catch (ExceptionGroup e) {
                out.print("group", each(e.exceptions()), "| requests", me.cancelling());
            }
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    @Twin("taskgroup-cancelled-child-is-ignored")
    static void cancelledChildIsIgnored(Trace out) {
        run(() -> {
            var gate = new Event();
            var stays = new AtomicReference<Task<String>>();
            TaskGroup.run(group -> {
                var gone = group.createTask(() -> valueAfter(gate));
                stays.set(group.createTask(() -> valueAfter(gate)));
                var own = group.createTask(() -> {
                    throw new CancelledError("own");
                });
                sleep(ZERO);
                gone.cancel();
                sleep(ZERO);
                out.print("block goes on, cancelled", gone.cancelled(), own.cancelled());
                gate.set();
            });
            out.print("group ends", stays.get().result(), "requests", me().cancelling());
        });
    }

    private static String valueAfter(Event gate) {
        gate.await();
        return "value";
    }

    @Twin("taskgroup-cancelled-from-outside")
    static void cancelledFromOutside(Trace out) {
        run(() -> {
            for (boolean inBlock : List.of(true, false)) {
                var task = createTask(() -> parentWithChild(out, inBlock));
                sleep(ZERO);
                sleep(ZERO);
                task.cancel("outside");
                Asyncio.wait(List.of(task));
                out.print("cancelled", task.cancelled());
            }
        });
    }

    private static void parentWithChild(Trace out, boolean inBlock) {
        try {
            TaskGroup.run(group -> {
                group.createTask(() -> cleansUp(out, "child"));
                if (inBlock) {
                    forever();
                }
            });
        } catch (CancelledError e) {
            out.print("parent", type(e), args(e), "requests", me().cancelling());
            throw e;
        }
    }

    private static void cleansUp(Trace out, String name) {
        try {
            forever();
        } finally {
            sleep(ZERO);
            out.print(name, "cleaned up");
        }
    }

    @Twin("taskgroup-cancelled-outside-while-aborting")
    static void cancelledWhileAborting(Trace out) {
        run(() -> {
            var gate = new Event();
            var task = createTask(() -> {
                try {
                    TaskGroup.run(group -> {
                        group.createTask(() -> slow(out, gate));
                        group.createTask(() -> fail("child"));
                    });
                } catch (ExceptionGroup e) {
                    out.print("group", each(e.exceptions()), "| requests", me().cancelling());
                }
                sleep(ZERO);
                out.print("not reached");
            });
            sleepTurns(4);
            out.print("aborting, requests", task.cancelling());
            task.cancel("outside");
            sleepTurns(3);
            out.print("still waiting:", !task.done());
            gate.set();
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled(), "requests", task.cancelling());
        });
    }

    private static void slow(Trace out, Event gate) {
        try {
            forever();
        } finally {
            gate.await();
            out.print("slow child cleaned up");
        }
    }

    @Twin("taskgroup-cancelled-twice-while-waiting")
    static void cancelledTwice(Trace out) {
        run(() -> {
            var gate = new Event();
            var task = createTask(() -> TaskGroup.run(group -> group.createTask(() -> {
                try {
                    forever();
                } finally {
                    out.print("cleanup waits");
                    gate.await();
                    out.print("cleanup ends");
                }
            })));
            sleep(ZERO);
            sleep(ZERO);
            for (String message : List.of("first", "second")) {
                task.cancel(message);
                sleepTurns(3);
                out.print(message, "done", task.done(), "requests", task.cancelling());
            }
            gate.set();
            try {
                task.await();
            } catch (CancelledError e) {
                out.print("main", type(e));
            }
        });
    }

    @Twin("taskgroup-child-fails")
    static void childFails(Trace out) {
        run(() -> {
            var me = me();
            try {
                TaskGroup.run(group -> {
                    group.createTask(() -> failLater("child"));
                    group.createTask(() -> {
                        try {
                            forever();
                        } catch (CancelledError e) {
                            out.print("sibling cancelled");
                            throw e;
                        }
                    });
                    try {
                        forever();
                    } catch (CancelledError e) {
                        out.print("block cancelled, requests", me.cancelling());
                        throw e;
                    }
                });
            } catch (ExceptionGroup e) {
                out.print("group", each(e.exceptions()), "| requests", me.cancelling());
            }
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    @Twin("taskgroup-child-fails-while-the-group-waits")
    static void childFailsWhileTheGroupWaits(Trace out) {
        run(() -> {
            var me = me();
            try {
                TaskGroup.run(group -> {
                    group.createTask(() -> cleansUp(out, "sibling"));
                    group.createTask(() -> failLater("child"));
                    out.print("block ends");
                });
            } catch (ExceptionGroup e) {
                out.print("group", each(e.exceptions()), "| requests", me.cancelling());
            }
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    @Twin("taskgroup-child-swallows-the-abort")
    static void childSwallows(Trace out) {
        run(() -> {
            var task = new AtomicReference<Task<String>>();
            try {
                TaskGroup.run(group -> {
                    task.set(group.createTask(() -> stubborn(out)));
                    group.createTask(() -> fail("first"));
                });
            } catch (ExceptionGroup e) {
                out.print(
                        "group", each(e.exceptions()), "| stubborn", task.get().result());
            }
        });
    }

    private static String stubborn(Trace out) {
        try {
            forever();
        } catch (CancelledError e) {
            out.print("swallowed");
        }
        sleepTurns(3);
        out.print("stubborn ends");
        return "value";
    }

    @Twin("taskgroup-children-copy-the-context")
    static void childrenCopyTheContext(Trace out) throws Exception {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            variable.set("one");
            var given = copyContext();
            TaskGroup.run(group -> {
                group.createTask(() -> seeAndSet(out, variable, "first"));
                variable.set("two");
                group.createTask(() -> seeAndSet(out, variable, "second"));
                group.createTask(() -> seeAndSet(out, variable, "third"), TaskOptions.DEFAULT.withContext(given));
            });
            out.print("main sees", variable.get());
            out.print("given context:", given.run(variable::get));
        });
    }

    private static void seeAndSet(Trace out, ContextVar<String> variable, String name) {
        out.print(name, "sees", variable.get());
        variable.set("set by " + name);
    }

    @Twin("taskgroup-children-failing-with-a-timeout-and-a-cancel")
    static void timeoutAndCancel(Trace out) {
        run(() -> {
            var task = createTask(() -> limitedParent(out));
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled(), "requests", task.cancelling());
        });
    }

    private static void limitedParent(Trace out) {
        var me = me();
        var loop = getRunningLoop();
        var limit = new AtomicReference<Timeout>();
        try {
            Timeout.run(ofHours(1), t -> {
                limit.set(t);
                TaskGroup.run(group -> {
                    group.createTask(() -> failsInCleanup("child"));
                    sleep(ZERO);
                    t.reschedule(loop.time().minusSeconds(1));
                    loop.callSoon(() -> me.cancel("outside"));
                    forever();
                });
            });
        } catch (ExceptionGroup e) {
            boolean expired = limit.get().expired();
            out.print("group", each(e.exceptions()), "| expired", expired, "requests", me.cancelling());
        }
        try {
            sleep(ZERO);
            out.print("not reached");
        } catch (CancelledError e) {
            out.print("cancelled at the next await");
            throw e;
        }
    }

    private static void failsInCleanup(String message) {
        try {
            forever();
        } catch (CancelledError e) {
            throw new Boom(message);
        }
    }

    @Twin("taskgroup-collects-several-errors")
    static void collectsSeveralErrors(Trace out) {
        run(() -> {
            try {
                TaskGroup.run(group -> {
                    group.createTask(() -> failsAfterTheAbort("slow cleanup", 3));
                    group.createTask(() -> failsAfterTheAbort("quick cleanup", 1));
                    group.createTask(() -> failAfter("first", 1));
                    group.createTask(() -> failAfter("same iteration", 1));
                });
            } catch (ExceptionGroup e) {
                for (Throwable error : e.exceptions()) {
                    out.print(type(error), error);
                }
            }
        });
    }

    private static void failAfter(String name, int turns) {
        sleepTurns(turns);
        throw new Boom(name);
    }

    private static void failsAfterTheAbort(String name, int turns) {
        try {
            forever();
        } catch (CancelledError e) {
            failAfter(name, turns);
        }
    }

    @Twin("taskgroup-empty-does-not-wait")
    static void emptyDoesNotWait(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            loop.callSoon(() -> out.print("next iteration"));
            TaskGroup.run(_ -> out.print("empty block"));
            out.print("left");
            TaskGroup.run(group -> {
                group.createTask(() -> out.print("child"));
                sleep(ZERO);
                sleep(ZERO);
                loop.callSoon(() -> out.print("another iteration"));
            });
            out.print("left again");
            sleep(ZERO);
        });
    }

    @Twin("taskgroup-error-group-by-type")
    static void errorGroupByType(Trace out) {
        run(() -> {
            try {
                TaskGroup.run(group -> {
                    group.createTask(() -> fail("one"));
                    group.createTask(() -> {
                        throw new Bang("two");
                    });
                    group.createTask(() -> fail("three"));
                });
            } catch (ExceptionGroup e) {
                var split = e.split(Boom.class::isInstance);
                out.print("booms", each(split.matching().orElseThrow().exceptions()));
                out.print("rest", each(split.rest().orElseThrow().exceptions()));
                out.print("no match", e.subgroup(NoSuchElementException.class).orElse(null));
            }
        });
    }

    @Twin("taskgroup-exit-error-of-a-child-comes-bare")
    static void exitErrorOfAChild(Trace out) {
        var loop = newEventLoop();
        Task<Void> task = loop.createTask(() -> {
            try {
                TaskGroup.run(group -> {
                    group.createTask(() -> endless(out, "sibling"));
                    group.createTask(() -> {
                        throw new ExitError(7);
                    });
                });
            } catch (ExitError e) {
                out.print("main", type(e));
                throw e;
            }
        });
        try {
            loop.runUntilComplete(task);
        } catch (ExitError e) {
            out.print("run left with", type(e), e.code());
        }
        try {
            loop.runUntilComplete(task);
        } catch (ExitError e) {
            out.print("run left again with", type(e), e.code());
        }
        out.print("main task", type(task.exception()));
        loop.close();
    }

    @Twin("taskgroup-fails-and-is-cancelled-in-one-iteration")
    static void failsAndIsCancelled(Trace out) {
        run(() -> {
            Future<Void> future = getRunningLoop().createFuture();
            var task = createTask(() -> {
                try {
                    TaskGroup.run(group -> {
                        group.createTask(() -> {
                            future.await();
                            throw new Boom("child");
                        });
                        forever();
                    });
                } catch (ExceptionGroup e) {
                    out.print("group", each(e.exceptions()), "| requests", me().cancelling());
                }
                sleep(ZERO);
                out.print("not reached");
            });
            sleep(ZERO);
            sleep(ZERO);
            future.setResult(null);
            sleep(ZERO);
            task.cancel("outside");
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled(), "requests", task.cancelling());
        });
    }

    /** gh-116720. */
    @Twin("taskgroup-fails-while-cancelled-outside")
    static void failsWhileCancelled(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    TaskGroup.run(group -> {
                        group.createTask(() -> failsInCleanup("cleanup failed"));
                        forever();
                    });
                } catch (ExceptionGroup e) {
                    out.print("group", each(e.exceptions()), "| requests", me().cancelling());
                }
                out.print("parent goes on to its next await");
                try {
                    sleep(ZERO);
                } catch (CancelledError e) {
                    out.print("next await cancelled, requests", me().cancelling());
                    throw e;
                }
            });
            sleep(ZERO);
            sleep(ZERO);
            task.cancel("outside");
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled());
        });
    }

    @Twin("taskgroup-in-a-cancelled-task-that-goes-on")
    static void inACancelledTask(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                var me = me();
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("swallowed, requests", me.cancelling());
                }
                Task<String> child = TaskGroup.call(group -> group.createTask(() -> {
                    sleep(ZERO);
                    return "value";
                }));
                out.print("group ends", child.result(), "requests", me.cancelling());
                sleep(ZERO);
                out.print("task goes on");
            });
            sleep(ZERO);
            task.cancel();
            task.await();
        });
    }

    @Twin("taskgroup-nested-both-fail")
    static void nestedBothFail(Trace out) {
        run(() -> {
            var me = me();
            try {
                TaskGroup.run(outer -> {
                    outer.createTask(() -> failLater("outer child"));
                    TaskGroup.run(inner -> inner.createTask(() -> failsInCleanup("inner child")));
                });
            } catch (ExceptionGroup e) {
                show(out, e, 0);
            }
            out.print("requests", me.cancelling());
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    private static void show(Trace out, Throwable error, int depth) {
        if (error instanceof ExceptionGroup group) {
            out.print("  ".repeat(depth) + "group");
            group.exceptions().forEach(part -> show(out, part, depth + 1));
        } else {
            out.print("  ".repeat(depth) + type(error), error);
        }
    }

    @Twin("taskgroup-nested-inner-failure-handled")
    static void nestedInnerFailureHandled(Trace out) {
        run(() -> {
            var gate = new Event();
            Task<String> task = TaskGroup.call(outer -> {
                var child = outer.createTask(() -> {
                    gate.await();
                    return "outer child unharmed";
                });
                try {
                    TaskGroup.run(inner -> inner.createTask(() -> fail("inner")));
                } catch (ExceptionGroup e) {
                    out.print("inner group", each(e.exceptions()));
                }
                gate.set();
                return child;
            });
            out.print(task.result(), "requests", me().cancelling());
        });
    }

    @Twin("taskgroup-nested-outer-child-fails")
    static void nestedOuterChildFails(Trace out) {
        run(() -> {
            var me = me();
            try {
                TaskGroup.run(outer -> {
                    outer.createTask(() -> endless(out, "outer sibling"));
                    outer.createTask(() -> failLater("outer child"));
                    try {
                        TaskGroup.run(inner -> inner.createTask(() -> endless(out, "inner child")));
                    } catch (CancelledError e) {
                        out.print("inner group passes the cancel on, requests", me.cancelling());
                        throw e;
                    }
                });
            } catch (ExceptionGroup e) {
                out.print("outer group", each(e.exceptions()), "| requests", me.cancelling());
            }
        });
    }

    @Twin("taskgroup-refuses-children-when-it-is-over")
    static void refusesWhenOver(Trace out) {
        run(() -> {
            var group = TaskGroup.call(g -> g);
            try {
                group.createTask(() -> out.print("never starts"));
            } catch (IllegalStateException e) {
                out.print("finished:", type(e));
            }
            sleep(ZERO);
            out.print("tasks", allTasks().size());
        });
    }

    @Twin("taskgroup-refuses-children-while-aborting")
    static void refusesWhileAborting(Trace out) {
        run(() -> {
            try {
                TaskGroup.run(group -> {
                    group.createTask(() -> fail("first"));
                    try {
                        forever();
                    } catch (CancelledError cancelled) {
                        try {
                            group.createTask(() -> out.print("never starts"));
                        } catch (IllegalStateException e) {
                            out.print("aborting:", type(e));
                        }
                        throw cancelled;
                    }
                });
            } catch (ExceptionGroup e) {
                out.print("group", each(e.exceptions()));
            }
        });
    }

    @Twin("taskgroup-takes-children-while-waiting")
    static void takesChildrenWhileWaiting(Trace out) {
        run(() -> {
            TaskGroup.run(group -> group.createTask(() -> childOfDepth(out, group, 2)));
            out.print("group ends");
        });
    }

    private static void childOfDepth(Trace out, TaskGroup group, int depth) {
        out.print("child", depth);
        sleep(ZERO);
        if (depth > 0) {
            group.createTask(() -> childOfDepth(out, group, depth - 1));
        }
        out.print("child", depth, "ends");
    }

    @Twin("taskgroup-waits-for-its-children")
    static void waitsForItsChildren(Trace out) {
        run(() -> {
            var slow = new AtomicReference<Task<String>>();
            var fast = new AtomicReference<Task<String>>();
            TaskGroup.run(group -> {
                slow.set(group.createTask(() -> endsAfter(out, "slow", 3), TaskOptions.named("named")));
                fast.set(group.createTask(() -> endsAfter(out, "fast", 1)));
                out.print("block ends, done", slow.get().done(), fast.get().done());
            });
            out.print(
                    "group ends",
                    slow.get().result(),
                    fast.get().result(),
                    slow.get().name());
        });
    }

    private static String endsAfter(Trace out, String name, int turns) {
        sleepTurns(turns);
        out.print(name, "ends");
        return name;
    }
}
