package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.me;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.args;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.sync.Event;
import java.util.ArrayList;
import java.util.List;

/** Twins of the {@code shield-…} scenarios. */
final class ShieldTwins {

    private ShieldTwins() {}

    @Twin("shield-does-not-survive-the-end-of-run")
    static void endOfRun(Trace out) {
        run(() -> {
            shieldFuture(createTask(() -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("inner cancelled");
                    throw e;
                }
            }));
            sleep(ZERO);
            out.print("main returns");
        });
    }

    @Twin("shield-inner-outcome-flows-outward")
    static void outcomeFlowsOutward(Trace out) {
        run(() -> {
            for (String kind : List.of("returns", "fails", "cancelled")) {
                var outer = shieldFuture(createTask(() -> ofKind(kind)));
                try {
                    out.print(kind, outer.await());
                } catch (Boom | CancelledError e) {
                    out.print(kind, type(e));
                }
                out.print("outer cancelled", outer.cancelled(), "requests", me().cancelling());
            }
        });
    }

    private static String ofKind(String kind) {
        sleep(ZERO);
        return switch (kind) {
            case "fails" -> throw new Boom("error");
            case "cancelled" -> throw new CancelledError();
            default -> "value";
        };
    }

    @Twin(value = "shield-late-error-has-no-receiver", prints = """
                    outer cancelled True inner done True
                    reported 1 late
                    inner error late
                    """)
    static void lateError(Trace out) {
        run(() -> {
            List<Throwable> reports = new ArrayList<>();
            getRunningLoop()
                    .setExceptionHandler(
                            (_, context) -> reports.add(context.exception().orElseThrow()));
            var gate = new Event();
            Task<Void> task = createTask(() -> {
                gate.await();
                throw new Boom("late");
            });
            var outer = shieldFuture(task);
            sleep(ZERO);
            outer.cancel();
            gate.set();
            Asyncio.wait(List.of(task));
            sleep(ZERO);
            out.print("outer cancelled", outer.cancelled(), "inner done", task.done());
            out.print("reported", reports.size(), each(reports));
            out.print("inner error", task.exception());
        });
    }

    @Twin("shield-of-a-done-future")
    static void ofADoneFuture(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var outer = shieldFuture(future);
            out.print("pending: same", outer == future);
            future.setResult("value");
            out.print("done: same", shieldFuture(future) == future);
            out.print("outer done at once", outer.done());
            out.print(outer.await());
        });
    }

    @Twin("shield-starts-its-coroutine-at-once")
    static void startsAtOnce(Trace out) {
        run(() -> {
            List<String> log = new ArrayList<>();
            var outer = shieldFuture(createTask(() -> {
                log.add("begins");
                sleep(ZERO);
                log.add("ends");
            }));
            out.print("cancel", outer.cancel(), "cancelled", outer.cancelled());
            for (int turn = 0; turn < 3; turn++) {
                sleep(ZERO);
            }
            out.print(String.join(", ", log));
        });
    }

    @Twin("shield-waiter-cancelled-inner-goes-on")
    static void waiterCancelled(Trace out) {
        run(() -> {
            var gate = new Event();
            var task = createTask(() -> {
                gate.await();
                out.print("inner ends");
                return "value";
            });
            var waiting = createTask(() -> {
                try {
                    shield(task);
                } catch (CancelledError e) {
                    out.print("waiter", type(e), args(e), "| inner done", task.done());
                    throw e;
                }
            });
            sleep(ZERO);
            waiting.cancel("waiter only");
            Asyncio.wait(List.of(waiting));
            out.print("waiter cancelled", waiting.cancelled(), "inner requests", task.cancelling());
            gate.set();
            out.print(task.await());
        });
    }
}
