package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.me;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.asyncio4j.ContextVar;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.sync.Event;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Twins of the scenarios of context variables. */
final class ContextTwins {

    private ContextTwins() {}

    @Twin("callback-context-is-captured-when-scheduled")
    static void capturedWhenScheduled(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            var loop = getRunningLoop();
            loop.callSoon(() -> showAndChange(out, variable, "before set"));
            variable.set("one");
            loop.callSoon(() -> showAndChange(out, variable, "after one"));
            loop.callLater(ZERO, () -> showAndChange(out, variable, "timer after one"));
            variable.set("two");
            loop.callSoonThreadsafe(() -> showAndChange(out, variable, "after two"));
            sleep(ZERO);
            sleep(ZERO);
            out.print("main sees", variable.get());
        });
    }

    private static void showAndChange(Trace out, ContextVar<String> variable, String name) {
        out.print(name, "sees", variable.get());
        variable.set("changed by " + name);
    }

    @Twin("callbacks-share-an-explicit-context")
    static void explicitContext(Trace out) throws Exception {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            var loop = getRunningLoop();
            var shared = copyContext();
            loop.callSoon(() -> bump(out, variable, "first"), shared);
            loop.callLater(ZERO, () -> bump(out, variable, "second"), shared);
            var handle = loop.callSoon(() -> bump(out, variable, "stranger"));
            out.print("own copy:", handle.context() != shared);
            sleep(ZERO);
            sleep(ZERO);
            out.print("in the shared context:", shared.run(variable::get));
            out.print("main sees", variable.get());
        });
    }

    private static void bump(Trace out, ContextVar<String> variable, String name) {
        out.print(name, "sees", variable.get());
        variable.set("set by " + name);
    }

    @Twin("context-cannot-be-entered-twice")
    static void enteredTwice(Trace out) throws Exception {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            var context = copyContext();
            context.run(() -> variable.set("inside"));
            Task<Void> child = createTask(
                    () -> {
                        out.print("child sees", variable.get());
                        var own = me().context();
                        try {
                            own.run(() -> {
                                out.print("not reached");
                                return null;
                            });
                        } catch (IllegalStateException e) {
                            out.print("entered again:", type(e));
                        }
                    },
                    TaskOptions.DEFAULT.withContext(context));
            child.await();
            out.print("after the task:", context.run(variable::get));
            try {
                context.run(() -> context.run(variable::get));
            } catch (IllegalStateException e) {
                out.print("nested:", type(e));
            }
            out.print("main sees", variable.get());
        });
    }

    @Twin("context-of-a-threadsafe-coroutine")
    static void threadsafeCoroutine(Trace out) throws InterruptedException {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            var loop = getRunningLoop();
            var done = new Event();
            variable.set("set by main");
            Thread thread = Thread.ofPlatform().start(() -> askTheLoop(out, variable, loop, done));
            done.await();
            thread.join();
            out.print("main sees", variable.get());
        });
    }

    private static void askTheLoop(Trace out, ContextVar<String> variable, EventLoop loop, Event done) {
        variable.set("set in the thread");
        var work = runCoroutineThreadsafe(
                () -> {
                    String seen = variable.get();
                    variable.set("set by work");
                    return seen;
                },
                loop);
        try {
            out.print("work sees", work.get(5, SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
        out.print("thread sees", variable.get());
        loop.callSoonThreadsafe(done::set);
    }

    @Twin("context-of-timers-and-nested-calls")
    static void timersAndNestedCalls(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            var loop = getRunningLoop();
            Future<Void> done = loop.createFuture();
            Runnable second = () -> {
                out.print("second sees", variable.get());
                createTask(() -> {
                    out.print("third sees", variable.get());
                    done.setResult(null);
                });
            };
            Runnable first = () -> {
                out.print("first sees", variable.get());
                variable.set("set by first");
                loop.callSoon(second);
                variable.set("set by first after scheduling");
            };
            variable.set("set by main");
            loop.callLater(ZERO, first);
            variable.set("changed by main");
            done.await();
            out.print("main sees", variable.get());
        });
    }

    @Twin("context-of-wait-for")
    static void ofWaitFor(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            variable.set("set by main");
            waitFor(createTask(() -> setBy(variable, "task")), ofSeconds(10));
            out.print("after a task:", variable.get());
            waitFor(() -> setBy(variable, "coroutine"), ofSeconds(10));
            out.print("after a coroutine:", variable.get());
            timeout(ofSeconds(10), () -> setBy(variable, "block"));
            out.print("after a block:", variable.get());
        });
    }

    private static Void setBy(ContextVar<String> variable, String name) {
        variable.set("set by " + name);
        sleep(ZERO);
        return null;
    }

    @Twin("context-reset-with-a-token")
    static void resetWithAToken(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        var bare = new ContextVar<String>("bare");
        run(() -> {
            var token = variable.set("one");
            var inner = variable.set("two");
            out.print(variable.get());
            variable.reset(inner);
            out.print(variable.get());
            var foreign = createTask(() -> {
                try {
                    variable.reset(token);
                } catch (IllegalArgumentException e) {
                    out.print("foreign token:", type(e));
                }
            });
            foreign.await();
            variable.reset(token);
            out.print(variable.get());
            try {
                variable.reset(token);
            } catch (IllegalStateException e) {
                out.print("token used twice:", type(e));
            }
            try {
                bare.get();
            } catch (NoSuchElementException e) {
                out.print("never set:", type(e));
            }
            out.print("given default:", bare.get("given"));
        });
    }

    @Twin("coroutine-called-directly-is-part-of-its-caller")
    static void calledDirectly(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            getRunningLoop().callSoon(() -> out.print("next iteration"));
            out.print("same task", branch(variable) == me());
            out.print("main sees", variable.get());
            sleep(ZERO);
        });
    }

    private static Task<?> branch(ContextVar<String> variable) {
        return leaf(variable);
    }

    private static Task<?> leaf(ContextVar<String> variable) {
        variable.set("set by leaf");
        return me();
    }
}
