package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.me;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.args;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.Future;
import dev.asyncio4j.Outcome;
import dev.asyncio4j.Task;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.Event;
import java.util.List;

/** Twins of the {@code gather-…} scenarios. */
final class GatherTwins {

    private GatherTwins() {}

    @Twin("gather-awaiter-cancelled")
    static void awaiterCancelled(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    gather(() -> endless(out, "a"), () -> endless(out, "b"));
                } catch (CancelledError e) {
                    out.print("gatherer cancelled, requests", me().cancelling());
                    throw e;
                }
            });
            sleep(ZERO);
            sleep(ZERO);
            task.cancel();
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled());
        });
    }

    private static Void endless(Trace out, String name) {
        try {
            forever();
            return null;
        } finally {
            out.print(name, "ends");
        }
    }

    @Twin("gather-cancelled-collecting-waits-for-all")
    static void cancelledCollecting(Trace out) {
        run(() -> {
            var slow = createTask(() -> cleansUp(out, "slow", 4, true));
            var fast = createTask(() -> cleansUp(out, "fast", 0, false));
            var future = gatherOutcomesFuture(List.of(slow, fast));
            sleep(ZERO);
            future.cancel();
            try {
                future.await();
            } catch (CancelledError e) {
                out.print("main", type(e));
            }
            out.print("done", slow.done(), fast.done());
            out.print("cancelled", slow.cancelled(), fast.cancelled());
        });
    }

    private static void cleansUp(Trace out, String name, int turns, boolean swallow) {
        try {
            forever();
        } catch (CancelledError e) {
            sleepTurns(turns);
            out.print(name, "cleaned up");
            if (!swallow) {
                throw e;
            }
        }
    }

    private static void sleepTurns(int turns) {
        for (int turn = 0; turn < turns; turn++) {
            sleep(ZERO);
        }
    }

    @Twin("gather-cancelled-ends-with-its-first-child")
    static void cancelledEndsWithItsFirstChild(Trace out) {
        run(() -> {
            var slow = createTask(() -> tellsAndCleansUp(out, "slow", 4));
            var fast = createTask(() -> tellsAndCleansUp(out, "fast", 0));
            var future = gatherFuture(List.of(slow, fast));
            sleep(ZERO);
            out.print("cancel", future.cancel("reason"), "done", future.done());
            try {
                future.await();
            } catch (CancelledError e) {
                out.print("main", type(e), args(e));
            }
            out.print("done", slow.done(), fast.done());
            Asyncio.wait(List.of(slow, fast));
        });
    }

    private static void tellsAndCleansUp(Trace out, String name, int turns) {
        try {
            forever();
        } catch (CancelledError e) {
            out.print(name, "cancelled", args(e));
            sleepTurns(turns);
            out.print(name, "cleaned up");
            throw e;
        }
    }

    @Twin("gather-child-cancelled-counts-as-failure")
    static void childCancelled(Trace out) {
        run(() -> {
            var gate = new Event();
            var one = createTask(() -> runsOnAfter(out, gate));
            var sibling = createTask(() -> runsOnAfter(out, gate));
            var future = gatherFuture(List.of(one, sibling));
            sleep(ZERO);
            one.cancel("only this one");
            try {
                future.await();
            } catch (CancelledError e) {
                out.print("main", type(e), args(e));
            }
            out.print("future cancelled", future.cancelled(), "done", future.done());
            out.print("exception", type(future.exception()));
            out.print("main requests", me().cancelling(), "sibling done", sibling.done());
            gate.set();
            sibling.await();
        });
    }

    private static void runsOnAfter(Trace out, Event gate) {
        gate.await();
        out.print("sibling runs on");
    }

    @Twin("gather-child-swallows-the-cancel")
    static void childSwallows(Trace out) {
        run(() -> {
            var values = gatherFuture(swallowers(out));
            sleep(ZERO);
            values.cancel();
            try {
                out.print("values", each(values.await()));
            } catch (CancelledError e) {
                out.print("main", type(e), "collecting", false);
            }
            var outcomes = gatherOutcomesFuture(swallowers(out));
            sleep(ZERO);
            outcomes.cancel();
            try {
                out.print("values", each(outcomes.await()));
            } catch (CancelledError e) {
                out.print("main", type(e), "collecting", true);
            }
        });
    }

    private static List<Task<String>> swallowers(Trace out) {
        return List.of(createTask(() -> swallower(out, "a")), createTask(() -> swallower(out, "b")));
    }

    private static String swallower(Trace out, String name) {
        try {
            forever();
        } catch (CancelledError e) {
            out.print(name, "swallows");
        }
        return name;
    }

    @Twin("gather-done-cannot-cancel-children")
    static void doneCannotCancel(Trace out) {
        run(() -> {
            var gate = new Event();
            var task = createTask(() -> {
                gate.await();
                return "unharmed";
            });
            Task<String> fail = createTask(() -> {
                throw new Boom("error");
            });
            var future = gatherFuture(List.of(fail, task));
            try {
                future.await();
            } catch (Boom e) {
                out.print(type(e), e);
            }
            out.print("cancel", future.cancel());
            gate.set();
            out.print(task.await());
        });
    }

    @Twin("gather-first-failure-leaves-siblings-running")
    static void firstFailure(Trace out) {
        run(() -> {
            getRunningLoop().setExceptionHandler((_, _) -> out.print("reported"));
            var tasks = List.of(
                    createTask(() -> endsAfter(out, "late failure", 3, true)),
                    createTask(() -> endsAfter(out, "first failure", 1, true)),
                    createTask(() -> endsAfter(out, "fine", 4, false)));
            try {
                gather(tasks);
            } catch (Boom e) {
                out.print("main", type(e), e);
            }
            out.print("done", each(tasks.stream().map(Future::done)));
            Asyncio.wait(tasks);
            out.print("cancelled", each(tasks.stream().map(Future::cancelled)));
        });
    }

    private static void endsAfter(Trace out, String name, int turns, boolean fails) {
        sleepTurns(turns);
        out.print(name, "ends");
        if (fails) {
            throw new Boom(name);
        }
    }

    @Twin("gather-inside-an-expiring-timeout")
    static void insideATimeout(Trace out) {
        run(() -> {
            try {
                timeout(
                        ofMillis(3),
                        () -> gather(() -> cancelledWithArguments(out, "a"), () -> cancelledWithArguments(out, "b")));
            } catch (TimeoutException e) {
                out.print(type(e), "requests", me().cancelling());
            }
            out.print("tasks", allTasks().size());
        });
    }

    private static Void cancelledWithArguments(Trace out, String name) {
        try {
            forever();
            return null;
        } catch (CancelledError e) {
            out.print(name, "cancelled", args(e).values().size());
            throw e;
        }
    }

    @Twin("gather-nested")
    static void nested(Trace out) {
        run(() -> {
            var numbers = gatherFuture(
                    List.of(createTask(() -> named(out, 1, 0, false)), createTask(() -> named(out, 2, 2, false))));
            out.print(gather(numbers, createTask(() -> named(out, 3, 0, false))));
            var rest = createTask(() -> named(out, "sibling", 6, false));
            var inner = gatherFuture(List.of(createTask(() -> named(out, "inner", 1, true)), rest));
            try {
                gather(inner, createTask(() -> named(out, "outer", 0, false)));
            } catch (Boom e) {
                out.print("main", type(e), e);
            }
            rest.await();
        });
    }

    private static <T> T named(Trace out, T name, int turns, boolean fails) {
        sleepTurns(turns);
        out.print(name);
        if (fails) {
            throw new Boom(name.toString());
        }
        return name;
    }

    @Twin("gather-of-nothing-is-done")
    static void ofNothing(Trace out) {
        run(() -> {
            Future<List<String>> future = gatherFuture(List.of());
            sleep(ZERO);
            out.print("done", future.done(), future.result().size());
            getRunningLoop().callSoon(() -> out.print("next iteration"));
            out.print(future.await().size());
            sleep(ZERO);
        });
    }

    @Twin("gather-return-exceptions-collects-all")
    static void returnExceptions(Trace out) {
        run(() -> {
            var results = gatherOutcomes(
                    () -> ofKind("one"), () -> ofKind("fails"), () -> ofKind("cancelled"), () -> ofKind("two"));
            for (Outcome<String> result : results) {
                switch (result) {
                    case Outcome.Failure(Throwable e) -> out.print(type(e));
                    case Outcome.Cancelled(CancelledError e) -> out.print(type(e));
                    case Outcome.Success(String value) -> out.print(value);
                }
            }
        });
    }

    private static String ofKind(String kind) {
        sleep(ZERO);
        return switch (kind) {
            case "fails" -> throw new Boom("error");
            case "cancelled" -> throw new CancelledError("message");
            default -> kind;
        };
    }

    @Twin("gather-runs-children-in-copies-of-the-context")
    static void copiesOfTheContext(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            variable.set("set by main");
            gather(() -> seeAndSet(out, variable, "a"), () -> seeAndSet(out, variable, "b"));
            out.print("after gather:", variable.get());
            shield(() -> seeAndSet(out, variable, "shielded"));
            out.print("after shield:", variable.get());
            seeAndSet(out, variable, "direct");
            out.print("after a direct call:", variable.get());
        });
    }

    private static Void seeAndSet(Trace out, ContextVar<String> variable, String name) {
        out.print(name, "sees", variable.get());
        variable.set("set by " + name);
        return null;
    }

    @Twin("gather-starts-its-children-unawaited")
    static void startsUnawaited(Trace out) {
        run(() -> {
            var future = gatherFuture(List.of(
                    createTask(() -> startsAndEnds(out, "slow", 3)),
                    createTask(() -> startsAndEnds(out, "middle", 2)),
                    createTask(() -> startsAndEnds(out, "fast", 1))));
            out.print("gathered");
            sleep(ZERO);
            out.print("main, done", future.done());
            out.print(each(future.await()));
        });
    }

    private static String startsAndEnds(Trace out, String name, int turns) {
        out.print(name, "starts");
        sleepTurns(turns);
        out.print(name, "ends");
        return name;
    }

    @Twin("gather-takes-the-same-task-twice")
    static void sameTaskTwice(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                out.print("child runs");
                sleep(ZERO);
                return "value";
            });
            Future<String> future = getRunningLoop().createFuture();
            future.setResult("future");
            out.print(each(gather(task, future, task)));
        });
    }
}
