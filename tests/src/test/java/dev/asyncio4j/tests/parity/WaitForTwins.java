package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.me;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.args;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.Timeout;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import java.time.Duration;
import java.util.List;

/** Twins of the {@code wait-for-…} scenarios, those of {@code asyncio.wait_for}. */
final class WaitForTwins {

    private WaitForTwins() {}

    @Twin("wait-for-a-lock-expires-without-losing-it")
    static void aLockExpires(Trace out) {
        run(() -> {
            var lock = new Lock();
            lock.acquire();
            var impatient = createTask(() -> {
                try {
                    waitFor(() -> lock.acquire(), ofMillis(3));
                } catch (TimeoutException e) {
                    out.print("impatient", type(e));
                }
            });
            var patient = createTask(() -> {
                try (var _ = lock.acquire()) {
                    out.print("patient holds");
                }
            });
            Asyncio.wait(List.of(impatient));
            lock.release();
            Asyncio.wait(List.of(impatient, patient));
            out.print("locked", lock.locked());
        });
    }

    @Twin("wait-for-around-a-shield")
    static void aroundAShield(Trace out) {
        run(() -> {
            var gate = new Event();
            var task = createTask(() -> {
                gate.await();
                return "value";
            });
            for (int time = 0; time < 2; time++) {
                try {
                    waitFor(shieldFuture(task), ofMillis(3));
                } catch (TimeoutException e) {
                    out.print(type(e), "task done", task.done(), "requests", task.cancelling());
                }
            }
            gate.set();
            out.print(waitFor(shieldFuture(task), ofHours(1)));
        });
    }

    @Twin("wait-for-caller-cancelled")
    static void callerCancelled(Trace out) {
        run(() -> {
            cancelTheCaller(out, () -> waitFor(() -> cleansUp(out), ofHours(1)));
            Task<Void> inner = createTask(() -> cleansUp(out));
            cancelTheCaller(out, () -> waitFor(inner, ofHours(1)));
        });
    }

    private static void cancelTheCaller(Trace out, Action<RuntimeException> waits) {
        var task = createTask(() -> {
            try {
                waits.run();
            } catch (CancelledError e) {
                out.print("caller", type(e), args(e));
                throw e;
            }
        });
        sleep(ZERO);
        sleep(ZERO);
        task.cancel("from main");
        Asyncio.wait(List.of(task));
        out.print("cancelled", task.cancelled());
    }

    private static Void cleansUp(Trace out) {
        try {
            forever();
            return null;
        } catch (CancelledError e) {
            out.print("child", args(e));
            sleep(ZERO);
            out.print("child cleaned up");
            throw e;
        }
    }

    /** gh-86296, bpo-37658. */
    @Twin("wait-for-cancel-meets-completion")
    static void cancelMeetsCompletion(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var task = createTask(() -> {
                try {
                    out.print("got", waitFor(future, ofHours(1)));
                } catch (CancelledError e) {
                    out.print("caller cancelled");
                    throw e;
                }
            });
            sleep(ZERO);
            future.setResult("value");
            task.cancel();
            Asyncio.wait(List.of(task));
            out.print("cancelled", task.cancelled(), "value lost:", future.result());
        });
    }

    @Twin("wait-for-expires")
    static void expires(Trace out) {
        run(() -> {
            try {
                waitFor(
                        () -> {
                            try {
                                forever();
                                return null;
                            } catch (CancelledError e) {
                                out.print("child cancelled, requests", me().cancelling());
                                throw e;
                            }
                        },
                        ofMillis(5));
            } catch (TimeoutException e) {
                out.print("main", type(e), "requests", me().cancelling());
            }
            var task = createTask(() -> sleep(ofHours(1)));
            try {
                waitFor(task, ofMillis(5));
            } catch (TimeoutException e) {
                out.print("main", type(e), "task cancelled", task.cancelled());
            }
        });
    }

    @Twin("wait-for-inner-cancelled-by-another")
    static void innerCancelledByAnother(Trace out) {
        run(() -> {
            var task = createTask(() -> forever());
            getRunningLoop().callSoon(() -> task.cancel("another"));
            try {
                waitFor(task, ofHours(1));
            } catch (CancelledError e) {
                out.print(type(e), args(e), "requests", me().cancelling());
            }
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    @Twin("wait-for-inner-fails-during-expiry")
    static void innerFailsDuringExpiry(Trace out) {
        run(() -> {
            try {
                waitFor(
                        () -> {
                            try {
                                forever();
                                return null;
                            } catch (CancelledError e) {
                                throw new Boom("cleanup failed");
                            }
                        },
                        ofMillis(5));
            } catch (Boom e) {
                out.print("main", type(e), e);
            }
            out.print("requests", me().cancelling());
        });
    }

    @Twin("wait-for-inner-swallows-the-expiry")
    static void innerSwallows(Trace out) {
        run(() -> {
            out.print(waitFor(
                    () -> {
                        try {
                            forever();
                        } catch (CancelledError e) {
                            out.print("swallowed");
                        }
                        return "value after expiry";
                    },
                    ofMillis(5)));
            out.print("requests", me().cancelling());
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    @Twin("wait-for-runs-in-the-calling-task")
    static void runsInTheCallingTask(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            var me = me();
            out.print(waitFor(() -> setInTask(out, variable, me), ofSeconds(10)));
            out.print("main sees", variable.get());
            // asyncio takes None for no limit, which is Timeout's null here
            out.print(Timeout.call(null, _ -> setInTask(out, variable, me)));
        });
    }

    private static String setInTask(Trace out, ContextVar<String> variable, Task<?> caller) {
        out.print("same task:", me() == caller);
        variable.set("set by child");
        sleep(ZERO);
        return "value";
    }

    @Twin("wait-for-waits-for-slow-cleanup")
    static void waitsForSlowCleanup(Trace out) {
        run(() -> {
            try {
                waitFor(() -> slowCleanup(out, new Event()), ofMillis(2));
            } catch (TimeoutException e) {
                out.print("main", type(e));
            }
        });
    }

    private static Void slowCleanup(Trace out, Event gate) {
        try {
            forever();
            return null;
        } finally {
            out.print("cleanup waits");
            getRunningLoop().callSoon(gate::set);
            gate.await();
            sleep(ofMillis(5));
            out.print("cleanup ends");
        }
    }

    @Twin("wait-for-without-time")
    static void withoutTime(Trace out) {
        run(() -> {
            for (Duration limit : List.of(ZERO, ofSeconds(-1))) {
                try {
                    waitFor(
                            () -> {
                                out.print("never starts");
                                return null;
                            },
                            limit);
                } catch (TimeoutException e) {
                    out.print("fresh:", type(e));
                }
            }
            Future<String> done = getRunningLoop().createFuture();
            done.setResult("value");
            out.print("done:", waitFor(done, ZERO));
            Future<String> pending = getRunningLoop().createFuture();
            try {
                waitFor(pending, ZERO);
            } catch (TimeoutException e) {
                out.print("pending:", type(e), "cancelled", pending.cancelled());
            }
            out.print("requests", me().cancelling());
        });
    }

    @Twin("wait-for-without-time-waits-for-the-end")
    static void withoutTimeWaitsForTheEnd(Trace out) {
        run(() -> {
            for (boolean swallow : List.of(false, true)) {
                var task = createTask(() -> lateValue(out, swallow));
                sleep(ZERO);
                try {
                    out.print("main got", waitFor(task, ZERO));
                } catch (TimeoutException e) {
                    out.print("main", type(e));
                }
                out.print("task cancelled", task.cancelled());
            }
        });
    }

    private static String lateValue(Trace out, boolean swallow) {
        try {
            forever();
        } catch (CancelledError e) {
            sleep(ZERO);
            out.print("child cleaned up");
            if (!swallow) {
                throw e;
            }
        }
        return "late value";
    }
}
