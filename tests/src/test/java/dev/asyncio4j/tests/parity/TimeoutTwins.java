package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.me;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.args;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.Future;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.Timeout;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.Lock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Twins of the {@code timeout-…} scenarios. */
final class TimeoutTwins {

    private TimeoutTwins() {}

    /** A time that has passed. */
    private static Duration past() {
        return getRunningLoop().time().minusSeconds(1);
    }

    @Twin("timeout-and-outer-cancel-together")
    static void outerCancelTogether(Trace out) {
        run(() -> {
            for (boolean outsideFirst : List.of(true, false)) {
                var task = createTask(() -> limitedAndCancelled(out, outsideFirst));
                Asyncio.wait(List.of(task));
                out.print("cancelled", task.cancelled());
            }
        });
    }

    private static void limitedAndCancelled(Trace out, boolean outsideFirst) {
        var loop = getRunningLoop();
        var me = me();
        var limit = new AtomicReference<Timeout>();
        if (outsideFirst) {
            loop.callSoon(() -> me.cancel("outside"));
        }
        try {
            Timeout.runAt(past(), t -> {
                limit.set(t);
                if (!outsideFirst) {
                    loop.callSoon(() -> me.cancel("outside"));
                }
                forever();
            });
        } catch (CancelledError e) {
            out.print(type(e), "expired", limit.get().expired(), "requests", me.cancelling());
            throw e;
        }
    }

    @Twin("timeout-around-a-failing-task-group")
    static void aroundAFailingTaskGroup(Trace out) {
        run(() -> {
            var me = me();
            var limit = new AtomicReference<Timeout>();
            try {
                Timeout.run(ofMillis(3), t -> {
                    limit.set(t);
                    TaskGroup.run(group -> group.createTask(() -> {
                        try {
                            forever();
                        } catch (CancelledError e) {
                            throw new Boom("cleanup failed");
                        }
                    }));
                });
            } catch (ExceptionGroup e) {
                out.print(
                        "group", each(e.exceptions()), "| expired", limit.get().expired(), "requests", me.cancelling());
            }
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    @Twin("timeout-around-a-task-group")
    static void aroundATaskGroup(Trace out) {
        run(() -> {
            List<String> cleanedUp = new ArrayList<>();
            try {
                timeout(
                        ofMillis(3),
                        () -> TaskGroup.run(group -> {
                            group.createTask(() -> cleansUp(cleanedUp, "a"));
                            group.createTask(() -> cleansUp(cleanedUp, "b"));
                        }));
            } catch (TimeoutException e) {
                out.print(type(e), "requests", me().cancelling());
            }
            out.print("cleaned up:", each(cleanedUp.stream().sorted()));
        });
    }

    private static void cleansUp(List<String> cleanedUp, String name) {
        try {
            forever();
        } finally {
            sleep(ZERO);
            cleanedUp.add(name);
        }
    }

    @Twin("timeout-block-fails-while-expiring")
    static void blockFails(Trace out) {
        run(() -> {
            var limit = new AtomicReference<Timeout>();
            try {
                Timeout.run(ofMillis(3), t -> {
                    limit.set(t);
                    try {
                        forever();
                    } catch (CancelledError e) {
                        throw new Boom("in place of the cancellation");
                    }
                });
            } catch (Boom e) {
                out.print(type(e), e, "| expired", limit.get().expired(), "requests", me().cancelling());
            }
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    @Twin("timeout-expires")
    static void expires(Trace out) {
        run(() -> {
            var me = me();
            var limit = new AtomicReference<Timeout>();
            try {
                Timeout.run(ofMillis(5), t -> {
                    limit.set(t);
                    try {
                        forever();
                    } catch (CancelledError e) {
                        int arguments = args(e).values().size();
                        out.print("inside", type(e), arguments, "expired", t.expired(), "requests", me.cancelling());
                        throw e;
                    }
                });
            } catch (TimeoutException e) {
                out.print("outside", type(e), "expired", limit.get().expired(), "requests", me.cancelling());
            }
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    @Twin("timeout-foreign-cancellation-is-not-converted")
    static void foreignCancellation(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            getRunningLoop().callSoon(() -> future.cancel("future"));
            var limit = new AtomicReference<Timeout>();
            try {
                Timeout.run(ofHours(1), t -> {
                    limit.set(t);
                    future.await();
                });
            } catch (CancelledError e) {
                out.print(type(e), args(e), "expired", limit.get().expired());
            }
            try {
                Timeout.run(ofHours(1), _ -> {
                    throw new TimeoutException("own", null);
                });
            } catch (TimeoutException e) {
                out.print(type(e), args(e));
            }
        });
    }

    @Twin("timeout-in-the-cleanup-of-a-cancelled-task")
    static void inTheCleanup(Trace out) {
        run(() -> {
            var task = createTask(() -> {
                try {
                    forever();
                } finally {
                    out.print("cleanup, requests", me().cancelling());
                    try {
                        timeout(ofMillis(3), () -> forever());
                    } catch (TimeoutException e) {
                        out.print("cleanup", type(e), "requests", me().cancelling());
                    }
                }
            });
            sleep(ZERO);
            task.cancel("reason");
            try {
                task.await();
            } catch (CancelledError e) {
                out.print("main", type(e), args(e));
            }
        });
    }

    @Twin("timeout-in-the-past-block-that-never-waits")
    static void blockThatNeverWaits(Trace out) {
        run(() -> {
            var limit = Timeout.call(ZERO, t -> {
                out.print("zero: block runs");
                return t;
            });
            out.print("expired", limit.expired());
            limit = Timeout.call(ofSeconds(-1), t -> {
                out.print("negative: block runs");
                return t;
            });
            out.print("expired", limit.expired());
            limit = Timeout.callAt(past(), t -> {
                out.print("past: block runs");
                return t;
            });
            out.print("expired", limit.expired());
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    @Twin("timeout-in-the-past-block-that-waits")
    static void blockThatWaits(Trace out) {
        run(() -> {
            for (Duration when : List.of(past(), getRunningLoop().time())) {
                var limit = new AtomicReference<Timeout>();
                try {
                    Timeout.runAt(when, t -> {
                        limit.set(t);
                        out.print("before the wait, expired", t.expired());
                        sleep(ZERO);
                        out.print("not reached");
                    });
                } catch (TimeoutException e) {
                    out.print(type(e), "expired", limit.get().expired());
                }
            }
        });
    }

    @Twin("timeout-inside-a-task-group")
    static void insideATaskGroup(Trace out) {
        run(() -> {
            try {
                TaskGroup.run(group -> {
                    group.createTask(() -> timeout(ofMillis(3), () -> forever()));
                    group.createTask(() -> {
                        try {
                            forever();
                        } catch (CancelledError e) {
                            out.print("sibling cancelled");
                            throw e;
                        }
                    });
                });
            } catch (ExceptionGroup e) {
                out.print("group", each(e.exceptions().stream().map(Python::type)));
            }
        });
    }

    @Twin("timeout-meets-a-released-lock")
    static void meetsAReleasedLock(Trace out) {
        run(() -> {
            var lock = new Lock();
            var limit = new AtomicReference<Timeout>();
            lock.acquire();
            var limited = createTask(() -> {
                try {
                    Timeout.run(ofHours(1), t -> {
                        limit.set(t);
                        try (var _ = lock.acquire()) {
                            out.print("limited holds");
                        }
                    });
                } catch (TimeoutException e) {
                    out.print("limited", type(e));
                }
            });
            var patient = createTask(() -> {
                try (var _ = lock.acquire()) {
                    out.print("patient holds");
                }
            });
            sleep(ZERO);
            limit.get().reschedule(past());
            getRunningLoop().callSoon(() -> out.print("expired in this iteration"));
            lock.release();
            Asyncio.wait(List.of(limited, patient));
            out.print("locked", lock.locked());
        });
    }

    /** gh-107547. */
    @Twin("timeout-meets-completion")
    static void meetsCompletion(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            getRunningLoop().callSoon(() -> future.setResult("value"));
            try {
                Timeout.runAt(past(), _ -> out.print("got", future.await()));
            } catch (TimeoutException e) {
                out.print(type(e), "value lost:", future.result());
            }
            out.print("requests", me().cancelling());
        });
    }

    @Twin("timeout-nested-both-expire-together")
    static void nestedBothExpire(Trace out) {
        run(() -> {
            var me = me();
            var inner = new AtomicReference<Timeout>();
            var outer = new AtomicReference<Timeout>();
            try {
                Timeout.runAt(past(), t -> {
                    outer.set(t);
                    try {
                        Timeout.runAt(past(), u -> {
                            inner.set(u);
                            forever();
                        });
                    } catch (TimeoutException | CancelledError e) {
                        out.print("inner block", type(e), "requests", me.cancelling());
                        throw e;
                    }
                });
            } catch (TimeoutException e) {
                out.print("outer block", type(e), "requests", me.cancelling());
            }
            out.print("expired", inner.get().expired(), outer.get().expired());
        });
    }

    @Twin("timeout-nested-only-inner-expires")
    static void nestedOnlyInner(Trace out) {
        run(() -> {
            var inner = new AtomicReference<Timeout>();
            var outer = Timeout.call(ofHours(1), t -> {
                try {
                    Timeout.run(ofMillis(3), u -> {
                        inner.set(u);
                        forever();
                    });
                } catch (TimeoutException e) {
                    out.print("inner", type(e));
                }
                sleep(ZERO);
                out.print("outer block goes on");
                return t;
            });
            out.print("expired", inner.get().expired(), outer.expired());
        });
    }

    @Twin("timeout-nested-only-outer-expires")
    static void nestedOnlyOuter(Trace out) {
        run(() -> {
            var inner = new AtomicReference<Timeout>();
            var outer = new AtomicReference<Timeout>();
            try {
                Timeout.run(ofMillis(3), t -> {
                    outer.set(t);
                    try {
                        Timeout.run(ofHours(1), u -> {
                            inner.set(u);
                            forever();
                        });
                    } catch (CancelledError e) {
                        out.print("inner", type(e), "expired", inner.get().expired());
                        throw e;
                    }
                });
            } catch (TimeoutException e) {
                out.print("outer", type(e), "expired", outer.get().expired());
            }
            out.print("requests", me().cancelling());
        });
    }

    @Twin("timeout-not-reached")
    static void notReached(Trace out) {
        run(() -> {
            var limit = Timeout.call(ofMillis(10), t -> {
                sleep(ZERO);
                return t;
            });
            out.print("ended, expired", limit.expired());
            limit = Timeout.call(null, t -> {
                sleep(ZERO);
                return t;
            });
            out.print("no limit:", limit.when().orElse(null), "expired", limit.expired());
            try {
                Timeout.run(ofMillis(10), _ -> {
                    throw new Boom("own error");
                });
            } catch (Boom e) {
                out.print(type(e), e);
            }
            sleep(ofMillis(20));
            out.print("nothing cancelled, requests", me().cancelling());
        });
    }

    @Twin("timeout-outer-cancel-while-expiring")
    static void outerCancelWhileExpiring(Trace out) {
        run(() -> {
            var task = createTask(() -> Timeout.run(ZERO, limit -> {
                try {
                    forever();
                } finally {
                    out.print("cleanup, expired", limit.expired());
                    try {
                        forever();
                    } catch (CancelledError e) {
                        out.print("cleanup interrupted", args(e));
                    }
                }
            }));
            for (int turn = 0; turn < 3; turn++) {
                sleep(ZERO);
            }
            task.cancel("outside");
            try {
                task.await();
            } catch (TimeoutException | CancelledError e) {
                out.print("main", type(e));
            }
            out.print("cancelled", task.cancelled(), "requests", task.cancelling());
        });
    }

    @Twin("timeout-outer-expires-while-inner-converts")
    static void outerExpiresWhileInnerConverts(Trace out) {
        run(() -> {
            try {
                Timeout.run(ofHours(1), outer -> {
                    try {
                        timeout(ofMillis(2), () -> forever());
                    } catch (TimeoutException e) {
                        out.print("inner", type(e));
                        outer.reschedule(past());
                        forever();
                    }
                });
            } catch (TimeoutException e) {
                out.print("outer", type(e));
            }
            out.print("requests", me().cancelling());
        });
    }

    @Twin("timeout-reschedule-at-the-wrong-time")
    static void rescheduleAtTheWrongTime(Trace out) {
        run(() -> {
            var finished = Timeout.call(ofHours(1), limit -> {
                reschedule(out, "active:", limit);
                return limit;
            });
            reschedule(out, "finished:", finished);
            var expired = new AtomicReference<Timeout>();
            try {
                Timeout.run(ZERO, limit -> {
                    expired.set(limit);
                    try {
                        forever();
                    } finally {
                        reschedule(out, "expiring:", limit);
                    }
                });
            } catch (TimeoutException e) {
                reschedule(out, "expired:", expired.get());
            }
        });
    }

    private static void reschedule(Trace out, String where, Timeout limit) {
        try {
            limit.reschedule(null);
            out.print(where, "accepted");
        } catch (IllegalStateException e) {
            out.print(where, type(e));
        }
    }

    @Twin("timeout-rescheduled")
    static void rescheduled(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            var first = new AtomicReference<Duration>();
            var limit = Timeout.call(ofMillis(5), t -> {
                first.set(t.when().orElseThrow());
                t.reschedule(null);
                out.print("taken away:", t.when().orElse(null));
                sleep(ofMillis(10));
                return t;
            });
            out.print("expired", limit.expired());
            limit = Timeout.call(ofMillis(5), t -> {
                t.reschedule(loop.time().plusHours(1));
                out.print("moved later:", t.when().orElseThrow().compareTo(first.get()) > 0);
                sleep(ofMillis(10));
                return t;
            });
            out.print("expired", limit.expired());
            var moved = new AtomicReference<Timeout>();
            try {
                Timeout.run(ofHours(1), t -> {
                    moved.set(t);
                    t.reschedule(past());
                    out.print("moved into the past, expired", t.expired());
                    sleep(ZERO);
                    out.print("not reached");
                });
            } catch (TimeoutException e) {
                out.print(type(e), "expired", moved.get().expired());
            }
        });
    }

    @Twin("timeout-swallowed-by-its-block")
    static void swallowedByItsBlock(Trace out) {
        run(() -> {
            var limit = Timeout.call(ofMillis(3), t -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("swallowed, requests", me().cancelling());
                }
                sleep(ZERO);
                out.print("goes on inside");
                return t;
            });
            out.print("expired", limit.expired(), "requests", me().cancelling());
            sleep(ZERO);
            out.print("goes on outside");
        });
    }
}
