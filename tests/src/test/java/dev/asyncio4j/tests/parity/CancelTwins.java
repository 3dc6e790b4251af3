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

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Awaitable;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.Future;
import dev.asyncio4j.InvalidStateException;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.Event;
import java.util.List;

/** Twins of the {@code cancel-…} and {@code uncancel-…} scenarios. */
final class CancelTwins {

    private CancelTwins() {}

    @Twin("cancel-and-await-cannot-tell-who")
    static void cancelAndAwait(Trace out) {
        run(() -> {
            for (String way : List.of("await", "wait")) {
                for (boolean outside : List.of(false, true)) {
                    var inner = createTask(() -> forever());
                    sleep(ZERO);
                    var task = createTask(() -> closer(out, inner, way));
                    sleep(ZERO);
                    if (outside) {
                        task.cancel();
                    }
                    Asyncio.wait(List.of(task, inner));
                    out.print("---");
                }
            }
        });
    }

    private static void closer(Trace out, Task<?> inner, String way) {
        inner.cancel();
        try {
            if (way.equals("await")) {
                inner.await();
            } else {
                Asyncio.wait(List.of(inner));
                out.print("wait returned, inner cancelled", inner.cancelled());
            }
        } catch (CancelledError e) {
            out.print(way, "cancelled, requests", me().cancelling());
        }
    }

    @Twin("cancel-before-the-first-step")
    static void cancelBeforeTheFirstStep(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                out.print("body");
                try {
                    sleep(ZERO);
                } finally {
                    out.print("cleanup");
                }
            });
            task.addDoneCallback(t -> out.print("callback, cancelled", t.cancelled()));
            out.print("cancel", task.cancel("early"));
            out.print("done", task.done());
            try {
                task.await();
            } catch (CancelledError e) {
                out.print("main", type(e), args(e));
            }
        });
    }

    @Twin("cancel-both-the-task-and-what-it-awaits")
    static void cancelBoth(Trace out) {
        run(() -> {
            for (String order : List.of("outer first", "inner first")) {
                var inner = createTask(() -> {
                    try {
                        forever();
                    } catch (CancelledError e) {
                        out.print("inner", args(e), "requests", me().cancelling());
                        throw e;
                    }
                });
                var outer = createTask(() -> {
                    try {
                        inner.await();
                    } catch (CancelledError e) {
                        out.print("outer", args(e), "requests", me().cancelling());
                    }
                    sleep(ZERO);
                    return "outer goes on";
                });
                sleep(ZERO);
                List<Task<?>> pair = order.equals("outer first") ? List.of(outer, inner) : List.of(inner, outer);
                pair.forEach(task -> task.cancel(order));
                out.print(outer.await(), "| requests", inner.cancelling(), outer.cancelling());
            }
        });
    }

    @Twin("cancel-cleanup-awaits-freely")
    static void cancelCleanup(Trace out) {
        run(() -> {
            var gate = new Event();
            var task = createTask(() -> {
                try {
                    forever();
                } finally {
                    out.print("cleanup waits");
                    gate.await();
                    out.print("cleanup ends");
                }
            });
            sleep(ZERO);
            task.cancel();
            sleep(ZERO);
            out.print("done", task.done(), "requests", task.cancelling());
            gate.set();
            var done = Asyncio.wait(List.of(task)).done();
            out.print("waited for", done.size(), "cancelled", task.cancelled());
        });
    }

    @Twin("cancel-count-protocol-of-a-block")
    static void cancelCountProtocol(Trace out) {
        run(() -> {
            var alone = createTask(() -> block(out, "alone"));
            out.print(alone.await(), "requests", alone.cancelling());
            var both = createTask(() -> block(out, "both"));
            sleep(ZERO);
            both.cancel("from outside");
            Asyncio.wait(List.of(both));
            out.print("cancelled", both.cancelled(), "requests", both.cancelling());
        });
    }

    private static String block(Trace out, String name) {
        var me = me();
        int entry = me.cancelling();
        getRunningLoop().callSoon(me::cancel);
        try {
            forever();
        } catch (CancelledError e) {
            if (me.uncancel() > entry) {
                out.print(name, "passes the cancel on");
                throw e;
            }
            out.print(name, "swallows its own cancel");
        }
        sleep(ZERO);
        return "went on";
    }

    @Twin("cancel-during-cleanup-interrupts-it")
    static void cancelDuringCleanup(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    forever();
                } finally {
                    out.print("cleanup begins");
                    try {
                        forever();
                        out.print("never reached");
                    } catch (CancelledError e) {
                        out.print("cleanup interrupted:", args(e));
                        sleep(ZERO);
                        out.print("and still ends");
                    }
                }
            });
            sleep(ZERO);
            task.cancel("first");
            sleep(ZERO);
            out.print("main: second cancel");
            task.cancel("second");
            try {
                task.await();
            } catch (CancelledError e) {
                out.print("main", args(e));
            }
            out.print("requests", task.cancelling());
        });
    }

    @Twin("cancel-from-a-done-callback")
    static void cancelFromADoneCallback(Trace out) {
        run(() -> {
            for (boolean callbackFirst : List.of(true, false)) {
                Future<String> future = getRunningLoop().createFuture();
                var task = createTask(() -> {
                    try {
                        return future.await();
                    } catch (CancelledError e) {
                        out.print("waiter cancelled");
                        throw e;
                    }
                });
                if (!callbackFirst) {
                    sleep(ZERO);
                }
                future.addDoneCallback(_ -> out.print("cancel", task.cancel()));
                sleep(ZERO);
                future.setResult("value");
                Asyncio.wait(List.of(task));
                out.print("cancelled", task.cancelled());
            }
        });
    }

    @Twin("cancel-in-the-last-step-loses-the-value")
    static void cancelInTheLastStepValue(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                sleep(ZERO);
                me().cancel("self");
                out.print("child returns");
                return "value";
            });
            try {
                out.print("main got", task.await());
            } catch (CancelledError e) {
                out.print("main", type(e), args(e));
            }
            out.print("task cancelled", task.cancelled(), "requests", task.cancelling());
        });
    }

    @Twin("cancel-in-the-last-step-loses-to-an-error")
    static void cancelInTheLastStepError(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                sleep(ZERO);
                me().cancel("self");
                throw new Boom("error");
            });
            try {
                task.await();
            } catch (Boom e) {
                out.print("main", type(e), e);
            }
            out.print("task cancelled", task.cancelled(), "requests", task.cancelling());
        });
    }

    @Twin("cancel-is-a-request")
    static void cancelIsARequest(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("child", type(e), args(e));
                    throw e;
                }
            });
            sleep(ZERO);
            out.print("requests", task.cancelling());
            out.print("cancel", task.cancel("please"));
            out.print("cancelled", task.cancelled(), "done", task.done(), "requests", task.cancelling());
            try {
                task.await();
            } catch (CancelledError e) {
                out.print("main", type(e), args(e));
            }
            out.print("cancelled", task.cancelled(), "done", task.done(), "requests", task.cancelling());
        });
    }

    @Twin("cancel-meets-completion")
    static void cancelMeetsCompletion(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var task = createTask(() -> {
                try {
                    out.print("got", future.await());
                } catch (CancelledError e) {
                    out.print("waiter", type(e), args(e));
                    throw e;
                }
            });
            sleep(ZERO);
            future.setResult("value");
            out.print("cancel", task.cancel("too late"));
            Asyncio.wait(List.of(task));
            out.print("task cancelled", task.cancelled(), "future cancelled", future.cancelled());
            out.print("value still in the future:", future.result());
        });
    }

    @Twin("cancel-meets-completion-of-a-task")
    static void cancelMeetsCompletionOfATask(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    var child = createTask(() -> {
                        out.print("child returns");
                        return "value";
                    });
                    out.print("parent got", child.await());
                } catch (CancelledError e) {
                    out.print("parent cancelled");
                    throw e;
                }
            });
            sleep(ZERO);
            sleep(ZERO);
            out.print("cancel", task.cancel());
            Asyncio.wait(List.of(task));
            out.print("task cancelled", task.cancelled());
        });
    }

    @Twin("cancel-meets-failure")
    static void cancelMeetsFailure(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var task = createTask(() -> {
                try {
                    future.await();
                } catch (Boom | CancelledError e) {
                    out.print("waiter", type(e), args(e));
                    throw e;
                }
            });
            sleep(ZERO);
            future.setException(new Boom("error"));
            task.cancel("reason");
            Asyncio.wait(List.of(task));
            out.print("task cancelled", task.cancelled());
            out.print("error still in the future:", type(future.exception()));
        });
    }

    @Twin("cancel-merges-with-a-cancelled-future")
    static void cancelMerges(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var task = createTask(() -> {
                int seen = 0;
                List<Action<RuntimeException>> waits = List.of(future::await, () -> sleep(ZERO), () -> sleep(ZERO));
                for (var wait : waits) {
                    try {
                        wait.run();
                    } catch (CancelledError e) {
                        seen++;
                        out.print("waiter", type(e));
                    }
                }
                return seen;
            });
            sleep(ZERO);
            future.cancel("future");
            out.print("cancel", task.cancel("task"));
            out.print("seen", task.await(), "requests", task.cancelling());
        });
    }

    @Twin("cancel-message-travels")
    static void cancelMessageTravels(Trace out) {
        run(() -> {
            var task = createTask(() -> gather(() -> leaf(out), () -> leaf(out)));
            sleep(ZERO);
            sleep(ZERO);
            task.cancel("from main");
            try {
                task.await();
            } catch (CancelledError e) {
                out.print("main", args(e));
            }
        });
    }

    private static Void leaf(Trace out) {
        try {
            forever();
            return null;
        } catch (CancelledError e) {
            out.print("leaf", args(e));
            throw e;
        }
    }

    @Twin("cancel-of-a-done-task")
    static void cancelOfADoneTask(Trace out) {
        run(() -> {
            for (boolean fail : List.of(false, true)) {
                var task = createTask(() -> valueOrBoom(fail));
                Asyncio.wait(List.of(task));
                out.print("cancel", task.cancel("late"), "requests", task.cancelling(), "cancelled", task.cancelled());
                try {
                    out.print(task.result());
                } catch (Boom e) {
                    out.print(type(e), e);
                }
            }
            var gone = createTask(() -> valueOrBoom(false));
            out.print("cancel", gone.cancel());
            Asyncio.wait(List.of(gone));
            out.print("cancel again", gone.cancel(), "requests", gone.cancelling());
        });
    }

    private static String valueOrBoom(boolean fail) {
        if (fail) {
            throw new Boom("error");
        }
        return "value";
    }

    @Twin("cancel-of-an-inner-task-is-seen-by-its-awaiter")
    static void cancelOfAnInnerTask(Trace out) {
        run(() -> {
            for (boolean handles : List.of(true, false)) {
                var inner = createTask(() -> forever());
                var outer = createTask(() -> {
                    try {
                        inner.await();
                    } catch (CancelledError e) {
                        out.print("outer", args(e), "requests", me().cancelling());
                        if (!handles) {
                            throw e;
                        }
                    }
                    return "handled";
                });
                sleep(ZERO);
                inner.cancel("inner only");
                Asyncio.wait(List.of(outer));
                out.print("outer cancelled", outer.cancelled(), "requests", outer.cancelling());
            }
        });
    }

    @Twin("cancel-of-one-waiter-cancels-a-shared-future")
    static void cancelOfOneWaiter(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var bystander = createTask(() -> waiterOfShared(out, "bystander", future));
            var target = createTask(() -> waiterOfShared(out, "target", future));
            sleep(ZERO);
            target.cancel();
            Asyncio.wait(List.of(bystander, target));
            out.print("cancelled", future.cancelled(), bystander.cancelled(), target.cancelled());
        });
    }

    private static void waiterOfShared(Trace out, String name, Future<String> future) {
        try {
            future.await();
        } catch (CancelledError e) {
            out.print(name, "cancelled, requests", me().cancelling());
            throw e;
        }
    }

    @Twin("cancel-of-the-current-task")
    static void cancelOfTheCurrentTask(Trace out) {
        run(() -> {
            Future<String> done = getRunningLoop().createFuture();
            done.setResult(null);
            var child = createTask(() -> {
                out.print("cancel", me().cancel("self"));
                out.print("runs on");
                done.await();
                out.print("past an await that does not wait");
                try {
                    sleep(ZERO);
                } catch (CancelledError e) {
                    out.print("child", type(e), args(e));
                }
                sleep(ZERO);
                return "goes on";
            });
            out.print(child.await());
        });
    }

    @Twin("cancel-reaches-the-innermost-future")
    static void cancelReachesTheInnermost(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var inner = createTask(() -> level(out, "inner", future));
            var middle = createTask(() -> level(out, "middle", inner));
            var outer = createTask(() -> level(out, "outer", middle));
            sleep(ZERO);
            outer.cancel("from the top");
            out.print("future cancelled at once:", future.cancelled());
            out.print("requests", inner.cancelling(), middle.cancelling(), outer.cancelling());
            Asyncio.wait(List.of(outer));
            out.print("cancelled", inner.cancelled(), middle.cancelled(), outer.cancelled());
        });
    }

    private static void level(Trace out, String name, Awaitable<?> inner) {
        try {
            inner.await();
        } catch (CancelledError e) {
            out.print(name, type(e), args(e));
            throw e;
        }
    }

    @Twin("cancel-swallowed-once-is-over")
    static void cancelSwallowedOnce(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("swallowed");
                }
                for (int n = 0; n < 2; n++) {
                    sleep(ZERO);
                    out.print("later await", n);
                }
                return "value";
            });
            sleep(ZERO);
            task.cancel();
            out.print("result", task.await());
            out.print("cancelled", task.cancelled(), "requests", task.cancelling());
        });
    }

    @Twin("cancel-swallowed-then-cancelled-again")
    static void cancelSwallowedThenCancelledAgain(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                for (int n : List.of(1, 2)) {
                    try {
                        forever();
                    } catch (CancelledError e) {
                        out.print("caught", args(e), "requests", me().cancelling());
                        if (n == 2) {
                            throw e;
                        }
                    }
                }
            });
            sleep(ZERO);
            task.cancel("first");
            sleep(ZERO);
            sleep(ZERO);
            out.print("done", task.done());
            task.cancel("second");
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled(), "requests", task.cancelling());
        });
    }

    @Twin(value = "cancel-swallowed-then-group-fails", prints = """
                    swallowed
                    group child
                    not cancelled
                    """)
    static void cancelSwallowedThenGroupFails(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("swallowed");
                }
                try {
                    TaskGroup.run(group -> group.createTask(() -> {
                        throw new Boom("child");
                    }));
                } catch (ExceptionGroup e) {
                    out.print("group", each(e.exceptions()));
                }
                try {
                    sleep(ZERO);
                    out.print("not cancelled");
                } catch (CancelledError e) {
                    out.print("spurious cancel");
                }
            });
            sleep(ZERO);
            task.cancel();
            task.await();
        });
    }

    @Twin("cancel-swallowed-then-timeout-works")
    static void cancelSwallowedThenTimeout(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("swallowed");
                }
                try {
                    timeout(ofMillis(5), () -> forever());
                } catch (TimeoutException e) {
                    out.print(type(e), "requests", me().cancelling());
                }
                sleep(ZERO);
                return "finished";
            });
            sleep(ZERO);
            task.cancel();
            out.print(task.await());
        });
    }

    @Twin("cancel-the-awaiter-when-the-inner-task-swallows")
    static void cancelTheAwaiter(Trace out) {
        run(() -> {
            var inner = createTask(() -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("inner swallows");
                }
                return "inner value";
            });
            var outer = createTask(() -> {
                String value = inner.await();
                sleep(ZERO);
                return "outer got " + value;
            });
            sleep(ZERO);
            outer.cancel();
            out.print(outer.await());
            out.print("requests", inner.cancelling(), outer.cancelling(), "cancelled", outer.cancelled());
        });
    }

    @Twin("cancel-then-completion-is-too-late")
    static void cancelThenCompletion(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var task = createTask(() -> future.await());
            sleep(ZERO);
            task.cancel();
            out.print("future done", future.done());
            try {
                future.setResult("value");
            } catch (InvalidStateException e) {
                out.print("set_result", type(e));
            }
            Asyncio.wait(List.of(task));
            out.print("task cancelled", task.cancelled());
        });
    }

    @Twin("cancel-twice-before-delivery")
    static void cancelTwice(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("child", args(e), "requests", me().cancelling());
                }
                sleep(ZERO);
                out.print("no second error");
            });
            sleep(ZERO);
            out.print(task.cancel("first"), task.cancel("second"));
            task.await();
        });
    }

    @Twin("uncancel-does-not-revive-an-awaited-future")
    static void uncancelDoesNotRevive(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var task = createTask(() -> {
                try {
                    future.await();
                } catch (CancelledError e) {
                    out.print("child cancelled, requests", me().cancelling());
                    throw e;
                }
            });
            sleep(ZERO);
            task.cancel();
            out.print("uncancel", task.uncancel());
            out.print("future cancelled", future.cancelled());
            Asyncio.wait(List.of(task));
            out.print("task cancelled", task.cancelled());
        });
    }

    @Twin("uncancel-stops-at-zero")
    static void uncancelStopsAtZero(Trace out) {
        run(() -> {
            var me = me();
            out.print("uncancel", me.uncancel(), me.uncancel(), "requests", me.cancelling());
            me.cancel();
            out.print("requests", me.cancelling());
            out.print("uncancel", me.uncancel(), me.uncancel());
            me.cancel();
            out.print("one cancel counts again:", me.cancelling());
            me.uncancel();
            sleep(ZERO);
            out.print("done");
        });
    }

    @Twin("uncancel-withdraws-a-request-not-yet-delivered")
    static void uncancelWithdraws(Trace out) {
        run(() -> {
            var me = me();
            me.cancel();
            me.cancel();
            out.print("requests", me.cancelling());
            out.print("uncancel", me.uncancel());
            out.print("uncancel", me.uncancel());
            sleep(ZERO);
            out.print("not cancelled");
            me.cancel("one stays");
            me.cancel();
            out.print("uncancel", me.uncancel());
            try {
                sleep(ZERO);
            } catch (CancelledError e) {
                out.print("cancelled, requests", me.cancelling());
            }
            out.print("uncancel", me.uncancel());
        });
    }
}
