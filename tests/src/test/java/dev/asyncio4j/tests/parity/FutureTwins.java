package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.newEventLoop;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.args;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.Future;
import dev.asyncio4j.InvalidStateException;
import dev.asyncio4j.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Twins of the {@code future-…} and {@code ensure-future-…} scenarios. */
final class FutureTwins {

    private FutureTwins() {}

    @Twin("ensure-future-keeps-futures-and-wraps-coroutines")
    static void ensureFutureKeepsFutures(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var task = createTask(() -> "value");
            out.print("future kept:", ensureFuture(future) == future);
            out.print("task kept:", ensureFuture(task) == task);
            Future<String> made = createTask(() -> "value"); // a coroutine is a lambda here, which createTask takes
            out.print("made a task:", made instanceof Task<?>, "done", made.done());
            out.print(task.await(), made.await());
            var other = newEventLoop();
            Future<String> foreign = other.createFuture();
            try {
                ensureFuture(foreign);
            } catch (IllegalArgumentException e) {
                out.print("foreign future:", type(e));
            }
            other.close();
        });
    }

    @Twin("future-awaiters-wake-in-await-order")
    static void awaitersWakeInOrder(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            Future<String> future = loop.createFuture();
            List<Task<Void>> tasks = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                tasks.add(createTask(() -> {
                    out.print(name, "waits");
                    out.print(name, "got", future.await());
                }));
            }
            sleep(ZERO);
            future.setResult("value");
            loop.callSoon(() -> out.print("callback queued after completion"));
            gather(tasks);
        });
    }

    @Twin("future-callback-context")
    static void callbackContext(Trace out) throws Exception {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            Future<Void> future = getRunningLoop().createFuture();
            variable.set("first registration");
            future.addDoneCallback(_ -> out.print("one sees", variable.get()));
            variable.set("second registration");
            future.addDoneCallback(_ -> out.print("two sees", variable.get()));
            var own = copyContext();
            own.run(() -> variable.set("explicit"));
            future.addDoneCallback(_ -> out.print("three sees", variable.get()), own);
            variable.set("completion");
            future.setResult(null);
            sleep(ZERO);
            out.print("main sees", variable.get());
        });
    }

    @Twin("future-callbacks-never-run-synchronously")
    static void callbacksNeverRunSynchronously(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            Future<String> future = loop.createFuture();
            future.addDoneCallback(f -> out.print("one", f.result()));
            future.addDoneCallback(f -> out.print("two", f.result()));
            loop.callSoon(() -> out.print("queued before completion"));
            future.setResult("value");
            loop.callSoon(() -> out.print("queued after completion"));
            future.addDoneCallback(f -> out.print("added late", f.result()));
            out.print("set_result returned");
            sleep(ZERO);
            out.print("main");
            future.addDoneCallback(_ -> out.print("added much later"));
            out.print("not yet");
            sleep(ZERO);
        });
    }

    @Twin("future-cancel-is-immediate-callbacks-are-not")
    static void cancelIsImmediate(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            future.addDoneCallback(f -> out.print("callback", f.cancelled()));
            var task = createTask(() -> {
                try {
                    future.await();
                } catch (CancelledError e) {
                    out.print("waiter", type(e), args(e));
                    throw e;
                }
            });
            sleep(ZERO);
            out.print("cancel", future.cancel("reason"));
            out.print("future", future.cancelled(), "waiter", task.done());
            sleep(ZERO);
            out.print("waiter cancelled", task.cancelled());
            try {
                future.result();
            } catch (CancelledError e) {
                out.print("future", type(e), args(e));
            }
            try {
                task.result();
            } catch (CancelledError e) {
                out.print("task", type(e), args(e));
            }
        });
    }

    @Twin("future-done-is-awaited-without-suspending")
    static void doneIsAwaitedWithoutSuspending(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            Future<String> value = loop.createFuture();
            Future<String> failed = loop.createFuture();
            Future<String> gone = loop.createFuture();
            value.setResult("value");
            failed.setException(new Boom("error"));
            gone.cancel("message");
            loop.callSoon(() -> out.print("the next iteration"));
            out.print(value.await());
            try {
                failed.await();
            } catch (Boom e) {
                out.print(type(e), e);
            }
            try {
                gone.await();
            } catch (CancelledError e) {
                out.print(type(e), args(e));
            }
            out.print("main suspends only now");
            sleep(ZERO);
        });
    }

    @Twin("future-error-is-kept-for-every-asker")
    static void errorIsKept(Trace out) {
        run(() -> {
            Future<String> future = getRunningLoop().createFuture();
            var one = createTask(() -> waiterOfAnError(out, "one", future));
            var two = createTask(() -> waiterOfAnError(out, "two", future));
            sleep(ZERO);
            future.setException(new Boom("stored"));
            Asyncio.wait(List.of(one, two));
            for (int time = 0; time < 2; time++) {
                try {
                    future.result();
                } catch (Boom e) {
                    out.print("result", type(e), e);
                }
            }
            out.print("exception", type(future.exception()), "cancelled", future.cancelled());
        });
    }

    private static void waiterOfAnError(Trace out, String name, Future<String> future) {
        try {
            future.await();
        } catch (Boom e) {
            out.print(name, type(e), e);
        }
    }

    @Twin("future-remove-callback")
    static void removeCallback(Trace out) {
        run(() -> {
            Consumer<Future<Void>> noted = _ -> out.print("noted");
            Consumer<Future<Void>> other = _ -> out.print("other");
            Future<Void> future = getRunningLoop().createFuture();
            for (var callback : List.of(noted, other, noted)) {
                future.addDoneCallback(callback);
            }
            out.print("removed", future.removeDoneCallback(noted));
            out.print("removed", future.removeDoneCallback(noted));
            future.addDoneCallback(noted);
            future.setResult(null);
            out.print("removed after completion", future.removeDoneCallback(noted));
            sleep(ZERO);
            out.print("main");
        });
    }

    @Twin("future-states-are-terminal")
    static void statesAreTerminal(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            Future<Integer> future = loop.createFuture();
            attempt(out, "pending result:", future::result);
            attempt(out, "pending exception:", future::exception);
            future.setResult(1);
            attempt(out, "finished result:", future::result);
            attempt(out, "finished exception:", future::exception);
            attempt(out, "set again:", () -> setResult(future, 2));
            attempt(out, "fail again:", () -> {
                future.setException(new IllegalArgumentException());
                return null;
            });
            out.print("cancel again:", future.cancel(), future.cancelled());
            Future<Integer> gone = loop.createFuture();
            out.print("cancel:", gone.cancel(), gone.done(), gone.cancelled());
            out.print("cancel twice:", gone.cancel());
            attempt(out, "cancelled result:", gone::result);
            attempt(out, "cancelled exception:", gone::exception);
            attempt(out, "set cancelled:", () -> setResult(gone, 3));
        });
    }

    private static Void setResult(Future<Integer> future, int value) {
        future.setResult(value);
        return null;
    }

    private static void attempt(Trace out, String name, Coroutine<?, RuntimeException> call) {
        try {
            out.print(name, call.run());
        } catch (InvalidStateException | CancelledError e) {
            out.print(name, type(e));
        }
    }
}
