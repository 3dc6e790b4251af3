package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.me;
import static dev.asyncio4j.tests.parity.Loops.newEventLoop;
import static dev.asyncio4j.tests.parity.Loops.options;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.args;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.asyncio4j.AsyncGenerator;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.KeyboardInterrupt;
import dev.asyncio4j.RunOptions;
import dev.asyncio4j.Runner;
import dev.asyncio4j.Task;
import dev.asyncio4j.sync.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Twins of the {@code run-…} and {@code runner-…} scenarios. */
final class RunTwins {

    private RunTwins() {}

    @Twin("run-cancels-what-is-left-at-once")
    static void cancelsWhatIsLeft(Trace out) {
        List<Task<?>> kept = new ArrayList<>();
        List<String> log = new ArrayList<>();
        try {
            run(() -> {
                kept.add(createTask(() -> background(out, log, "slow", 5)));
                kept.add(createTask(() -> background(out, log, "quick", 2)));
                sleep(ZERO);
                throw new Boom("main");
            });
        } catch (Boom e) {
            out.print("run", type(e), e);
        }
        out.print("cancelled", each(kept.stream().map(Future::cancelled)));
    }

    private static void background(Trace out, List<String> log, String name, int turns) {
        try {
            forever();
        } catch (CancelledError e) {
            log.add(name);
            for (int turn = 0; turn < turns; turn++) {
                sleep(ZERO);
            }
            out.print(name, "cleaned up, cancelled by now:", each(log.stream().sorted()));
            throw e;
        }
    }

    @Twin("run-close-order")
    static void closeOrder(Trace out) {
        var kept = new AtomicReference<Object>();
        List<String> finished = new CopyOnWriteArrayList<>();
        var gate = new CountDownLatch(1);
        var background = new AtomicReference<Task<Void>>();
        run(() -> {
            background.set(createTask(() -> {
                try {
                    forever();
                } finally {
                    sleep(ZERO);
                    out.print("background task cleaned up");
                }
            }));
            var numbers = AsyncGenerator.of(generator -> {
                try {
                    generator.yield(1);
                    generator.yield(2);
                } finally {
                    out.print("generator ended");
                    gate.countDown();
                }
            });
            kept.set(numbers);
            out.print("generator gave", numbers.anext());
            getRunningLoop().runInExecutor(null, () -> {
                gate.await(5, SECONDS);
                return finished.add("executor job finished");
            });
            sleep(ZERO);
            out.print("main returns");
        });
        out.print(each(finished));
        out.print("run ended, task cancelled", background.get().cancelled());
    }

    @Twin("run-does-not-wait-for-tasks-made-at-the-end")
    static void tasksMadeAtTheEnd(Trace out) {
        List<Task<?>> kept = new ArrayList<>();
        run(() -> {
            kept.add(createTask(() -> {
                try {
                    forever();
                } finally {
                    kept.add(createTask(() -> late(out)));
                    sleep(ZERO);
                    out.print("background ends");
                }
            }));
            sleep(ZERO);
        });
        out.print("run ended, background cancelled", kept.getFirst().cancelled());
    }

    private static void late(Trace out) {
        out.print("late begins");
        for (int n = 0; n < 1000; n++) {
            sleep(ZERO);
        }
        out.print("late must not end");
    }

    @Twin("run-inside-run-refused")
    static void insideRun(Trace out) {
        run(() -> {
            try {
                run(() -> out.print("must not run"));
            } catch (IllegalStateException e) {
                out.print("inner run:", type(e));
            }
            sleep(ZERO);
            out.print("main goes on, tasks", allTasks().size());
        });
    }

    @Twin("run-interrupt-counter-starts-anew")
    static void interruptCounter(Trace out) {
        try (var runner = new Runner(options())) {
            for (int turn = 0; turn < 2; turn++) {
                try {
                    runner.run(() -> {
                        Sigint.raise();
                        forever();
                        return null;
                    });
                } catch (KeyboardInterrupt e) {
                    out.print("run", turn, type(e));
                }
            }
            out.print("run 2", runner.run(() -> "value"));
        }
    }

    @Twin("run-interrupt-swallowed-by-main")
    static void interruptSwallowed(Trace out) {
        Coroutine<String, RuntimeException> main = () -> {
            try {
                Sigint.raise();
                forever();
            } catch (CancelledError e) {
                out.print("swallowed");
            }
            sleep(ZERO);
            return "value";
        };
        out.print("run returned", run(main));
    }

    @Twin("run-interrupted")
    static void interrupted(Trace out) {
        try {
            run(() -> {
                try {
                    Sigint.raise();
                    forever();
                } catch (CancelledError e) {
                    out.print("main", type(e), args(e));
                    throw e;
                } finally {
                    sleep(ZERO);
                    out.print("main cleaned up");
                }
            });
        } catch (KeyboardInterrupt e) {
            out.print("run", type(e));
        }
    }

    @Twin("run-interrupted-and-cancelled")
    static void interruptedAndCancelled(Trace out) {
        try {
            run(() -> {
                Sigint.raise();
                cancelOnceInterrupted(me());
                forever();
            });
        } catch (KeyboardInterrupt | CancelledError e) {
            out.print("run", type(e));
        }
    }

    /** In Python the interrupt is there when it has been raised; here another thread brings it a moment later. */
    private static void cancelOnceInterrupted(Task<?> main) {
        getRunningLoop().callSoon(() -> {
            if (main.cancelling() > 0) {
                main.cancel("somebody else");
            } else {
                cancelOnceInterrupted(main);
            }
        });
    }

    @Twin("run-reports-a-task-that-fails-at-the-end")
    static void failsAtTheEnd(Trace out) {
        Coroutine<String, RuntimeException> main = () -> {
            getRunningLoop()
                    .setExceptionHandler((_, context) -> out.print(
                            "handler",
                            context.exception().orElseThrow(),
                            "|",
                            each(context.asMap().keySet().stream().sorted())));
            createTask(() -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    throw new Boom("in cleanup");
                }
            });
            createTask(() -> {
                try {
                    forever();
                } catch (CancelledError e) {
                    out.print("stubborn swallows and ends");
                }
            });
            sleep(ZERO);
            return "value";
        };
        out.print(run(main));
    }

    @Twin("run-returns-or-raises")
    static void returnsOrRaises(Trace out) {
        List<EventLoop> loops = new ArrayList<>();
        for (String kind : List.of("returns", "fails", "cancelled")) {
            try {
                out.print(kind, run(() -> valueOrError(loops, kind)));
            } catch (Boom | CancelledError e) {
                out.print(kind, type(e), e);
            }
        }
        out.print("closed", each(loops.stream().map(EventLoop::isClosed)), "different", loops.get(0) != loops.get(1));
    }

    private static String valueOrError(List<EventLoop> loops, String kind) {
        loops.add(getRunningLoop());
        sleep(ZERO);
        return switch (kind) {
            case "fails" -> throw new Boom("error");
            case "cancelled" -> throw new CancelledError("own");
            default -> "value";
        };
    }

    @Twin("run-until-complete-notices-one-batch-later")
    static void noticesOneBatchLater(Trace out) {
        var loop = newEventLoop();
        Future<String> future = loop.createFuture();
        future.addDoneCallback(f -> out.print("earlier callback", f.result()));
        loop.callSoon(() -> {
            future.setResult("value");
            out.print("completed");
            loop.callSoon(() -> out.print("same batch as the noticing"));
        });
        out.print("returned", loop.runUntilComplete(future));
        out.print("callbacks left:", future.removeDoneCallback(out::print));
        loop.close();
    }

    @Twin("run-until-complete-stopped-too-early")
    static void stoppedTooEarly(Trace out) {
        var loop = newEventLoop();
        Future<String> future = loop.createFuture();
        loop.callSoon(loop::stop);
        try {
            loop.runUntilComplete(future);
        } catch (IllegalStateException e) {
            out.print("first run:", type(e));
        }
        out.print("done:", future.done());
        loop.callSoon(() -> future.setResult("second time"));
        out.print("second run:", loop.runUntilComplete(future));
        loop.close();
    }

    @Twin("runner-closed-refuses")
    static void closedRefuses(Trace out) {
        var runner = new Runner(options());
        try {
            runner.run(() -> {
                throw new Boom("error");
            });
        } catch (Boom e) {
            out.print(type(e), e);
        }
        out.print("after an error:", runner.run(() -> "value"));
        runner.close();
        runner.close();
        try {
            runner.run(() -> "value");
        } catch (IllegalStateException e) {
            out.print("closed:", type(e));
        }
        try {
            runner.getLoop();
        } catch (IllegalStateException e) {
            out.print("closed:", type(e));
        }
    }

    @Twin("runner-keeps-tasks-between-runs")
    static void keepsTasks(Trace out) {
        var gate = new Event();
        List<Task<?>> tasks = new ArrayList<>();
        try (var runner = new Runner(options())) {
            runner.run(() -> {
                tasks.add(createTask(() -> countAtGate(out, gate)));
                sleep(ZERO);
                out.print("first run ends");
                return null;
            });
            out.print("between the runs, done", tasks.getFirst().done());
            runner.run(() -> {
                gate.set();
                sleep(ZERO);
                sleep(ZERO);
                out.print("second run ends");
                return null;
            });
        }
        out.print("closed, cancelled", tasks.getFirst().cancelled());
    }

    private static void countAtGate(Trace out, Event gate) {
        try {
            for (int n = 0; n < 1000; n++) {
                out.print("background", n);
                gate.await();
                gate.clear();
            }
        } finally {
            out.print("background ends");
        }
    }

    private record Seen(String value, EventLoop loop) {}

    private static Seen step(ContextVar<String> variable, String value) {
        String seen = variable.get();
        variable.set(value);
        return new Seen(seen, getRunningLoop());
    }

    @Twin("runner-runs-many-times")
    static void runsManyTimes(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        variable.set("set outside");
        Seen first;
        try (var runner = new Runner(options())) {
            first = runner.run(() -> step(variable, "set by first"));
            variable.set("changed outside");
            var second = runner.run(() -> step(variable, "set by second"));
            out.print("first sees", first.value());
            out.print("second sees", second.value());
            out.print("same loop", first.loop() == second.loop(), runner.getLoop() == first.loop());
            var own = copyContext();
            var third = runner.run(() -> step(variable, "set by third"), own);
            out.print("third, with its own context, sees", third.value());
            var fourth = runner.run(() -> step(variable, "set by fourth"));
            out.print("fourth sees", fourth.value());
        }
        out.print("outside", variable.get(), "| closed", first.loop().isClosed());
    }

    @Twin("runner-with-a-loop-factory")
    static void loopFactory(Trace out) {
        EventLoop loop;
        try (var runner = new Runner(RunOptions.DEFAULT.withLoopFactory(() -> {
            out.print("factory called");
            return newEventLoop();
        }))) {
            loop = runner.getLoop(); // as Python's Runner does when its block is entered
            out.print("entered");
            out.print("same", runner.run(() -> getRunningLoop()) == loop, "debug", loop.getDebug());
        }
        out.print("closed", loop.isClosed());
        out.print(
                "debug asked:",
                Asyncio.run(() -> getRunningLoop(), options().withDebug(true)).getDebug());
    }
}
