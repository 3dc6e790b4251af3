package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.me;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.otherType;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;

import dev.asyncio4j.AsyncGenerator;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.GeneratorExit;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Twins of the {@code generator-…} scenarios. */
final class GeneratorTwins {

    private GeneratorTwins() {}

    /** {@code [item async for item in items]}. */
    private static <T> List<T> list(AsyncGenerator<T> items) {
        var list = new ArrayList<T>();
        items.forEach(list::add);
        return list;
    }

    @Twin("generator-body-runs-as-its-caller")
    static void bodyRunsAsItsCaller(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            me().setName("main");
            variable.set("set by main");
            var generator = AsyncGenerator.<Integer>of(yielder -> {
                for (int n = 0; n < 3; n++) {
                    out.print("body in", me().name(), "sees", variable.get());
                    variable.set("set by body " + n);
                    yielder.yield(n);
                }
            });
            createTask(() -> ask(out, variable, generator), TaskOptions.named("one"))
                    .await();
            createTask(() -> ask(out, variable, generator), TaskOptions.named("two"))
                    .await();
            out.print("main sees", variable.get());
            ask(out, variable, generator);
            out.print("main sees", variable.get());
            generator.aclose();
        });
    }

    private static void ask(Trace out, ContextVar<String> variable, AsyncGenerator<Integer> generator) {
        out.print(me().name(), "got", generator.anext(), "sees", variable.get());
    }

    @Twin("generator-cleanup-error-at-the-end")
    static void cleanupErrorAtTheEnd(Trace out) {
        var kept = new ArrayList<AsyncGenerator<Integer>>();
        out.print(run(() -> {
            getRunningLoop()
                    .setExceptionHandler((_, context) -> out.print(
                            "handler",
                            context.exception().orElseThrow(),
                            "|",
                            each(new TreeSet<>(context.asMap().keySet()))));
            kept.add(AsyncGenerator.of(yielder -> {
                try {
                    yielder.yield(1);
                } finally {
                    fail("in cleanup");
                }
            }));
            out.print("got", kept.getFirst().anext());
            return "value";
        }));
    }

    private static void fail(String message) {
        throw new Boom(message);
    }

    @Twin("generator-close-that-misbehaves")
    static void closeThatMisbehaves(Trace out) {
        run(() -> {
            AsyncGenerator.Body<Integer> yieldsAgain = yielder -> {
                try {
                    yielder.yield(1);
                } finally {
                    yielder.yield(2);
                }
            };
            AsyncGenerator.Body<Integer> fails = yielder -> {
                try {
                    yielder.yield(1);
                } finally {
                    fail("in cleanup");
                }
            };
            AsyncGenerator.Body<Integer> returns = yielder -> {
                try {
                    yielder.yield(1);
                } catch (GeneratorExit e) {
                    out.print("returns quietly");
                }
            };
            for (var body : List.of(yieldsAgain, fails, returns)) {
                var generator = AsyncGenerator.of(body);
                generator.anext();
                try {
                    generator.aclose();
                    out.print("closed");
                } catch (IllegalStateException | Boom e) {
                    out.print(type(e));
                }
                if (body != yieldsAgain) {
                    out.print("over", after(generator, "over"));
                }
            }
        });
    }

    /** {@code await anext(generator, fallback)}, with a fallback of another type. */
    private static Object after(AsyncGenerator<?> generator, String fallback) {
        return generator.hasNext() ? generator.next() : fallback;
    }

    @Twin("generator-stop-error-in-the-body")
    static void stopErrorInTheBody(Trace out) {
        run(() -> {
            var generator = AsyncGenerator.<Integer>of(yielder -> {
                yielder.yield(1);
                throw new NoSuchElementException();
            });
            out.print("got", generator.anext());
            try {
                generator.anext();
            } catch (IllegalStateException e) {
                out.print(type(e));
            }
            out.print("after:", after(generator, "nothing"));
        });
    }

    @Twin("generator-closed-at-a-yield")
    static void closedAtAYield(Trace out) {
        run(() -> {
            var generator = AsyncGenerator.<Integer>of(yielder -> {
                try {
                    yielder.yield(1);
                    yielder.yield(2);
                } finally {
                    out.print("cleanup begins");
                    sleep(ZERO);
                    out.print("cleanup ends");
                }
            });
            out.print("got", generator.anext());
            generator.aclose();
            out.print("closed");
            expectEnd(out, generator);
            generator.aclose();
            out.print("closed again");
        });
    }

    private static void expectEnd(Trace out, AsyncGenerator<?> generator) {
        try {
            generator.anext();
        } catch (NoSuchElementException e) {
            out.print(otherType(e));
        }
    }

    @Twin("generator-closed-before-it-began")
    static void closedBeforeItBegan(Trace out) {
        run(() -> {
            var generator = AsyncGenerator.<Integer>of(yielder -> {
                out.print("must not begin");
                try {
                    yielder.yield(1);
                } finally {
                    out.print("must not clean up");
                }
            });
            generator.aclose();
            out.print("closed");
            int count = 0;
            for (var _ : generator) {
                count++;
            }
            out.print("items", count);
        });
    }

    @Twin("generator-comprehension")
    static void comprehension(Trace out) {
        run(() -> {
            out.print("list", each(list(numbers(4))));
            var even = new ArrayList<Integer>();
            for (int n : numbers(6)) {
                if (n % 2 == 0) {
                    even.add(n);
                }
            }
            out.print("even", each(even));
            out.print("squares", each(list(squares(numbers(4)))));
            var iterator = numbers(2);
            out.print("one by one", iterator.anext(), iterator.anext(), after(iterator, "none"));
        });
    }

    private static AsyncGenerator<Integer> numbers(int limit) {
        return AsyncGenerator.of(yielder -> {
            for (int n = 0; n < limit; n++) {
                sleep(ZERO);
                yielder.yield(n);
            }
        });
    }

    private static AsyncGenerator<Integer> squares(AsyncGenerator<Integer> source) {
        return AsyncGenerator.of(yielder -> {
            for (int n : source) {
                yielder.yield(n * n);
            }
        });
    }

    @Twin("generator-consumer-cancelled-inside-it")
    static void consumerCancelledInsideIt(Trace out) {
        run(() -> {
            var generator = AsyncGenerator.<Integer>of(yielder -> {
                try {
                    yielder.yield(1);
                    forever();
                    yielder.yield(2);
                } catch (CancelledError e) {
                    out.print("generator cancelled");
                    throw e;
                } finally {
                    out.print("generator cleaned up");
                }
            });
            var task = createTask(() -> {
                for (int number : generator) {
                    out.print("got", number);
                }
            });
            sleep(ZERO);
            task.cancel();
            Asyncio.wait(List.of(task));
            out.print("consumer cancelled", task.cancelled());
            out.print("after:", after(generator, "nothing"));
        });
    }

    @Twin("generator-consumer-cancelled-outside-it")
    static void consumerCancelledOutsideIt(Trace out) {
        run(() -> {
            var generator = AsyncGenerator.<Integer>of(yielder -> {
                try {
                    for (int n = 0; n < 3; n++) {
                        yielder.yield(n);
                    }
                } finally {
                    out.print("generator cleaned up");
                }
            });
            var task = createTask(() -> {
                for (int number : generator) {
                    out.print("got", number);
                    forever();
                }
            });
            sleep(ZERO);
            task.cancel();
            Asyncio.wait(List.of(task));
            out.print("consumer cancelled", task.cancelled());
            out.print("still gives", generator.anext());
            generator.aclose();
        });
    }

    @Twin("generator-error-ends-it")
    static void errorEndsIt(Trace out) {
        run(() -> {
            var generator = AsyncGenerator.<Integer>of(yielder -> {
                yielder.yield(1);
                sleep(ZERO);
                throw new Boom("body");
            });
            try {
                for (int number : generator) {
                    out.print("got", number);
                }
            } catch (Boom e) {
                out.print(type(e), e);
            }
            out.print("after:", after(generator, "nothing"));
        });
    }

    @Twin("generator-left-early-stays-open")
    static void leftEarlyStaysOpen(Trace out) {
        run(() -> {
            var open = named(out, "open");
            for (int number : open) {
                out.print("got", number);
                if (number == 1) {
                    break;
                }
            }
            out.print("left, not cleaned up");
            out.print("goes on with", list(open));
            try (var closing = named(out, "closing")) {
                for (int number : closing) {
                    out.print("got", number);
                    break;
                }
                out.print("left");
            }
            out.print("main ends");
        });
    }

    private static AsyncGenerator<Integer> named(Trace out, String name) {
        return AsyncGenerator.of(yielder -> {
            try {
                for (int n = 0; n < 5; n++) {
                    yielder.yield(n);
                }
            } finally {
                out.print(name, "cleaned up");
            }
        });
    }

    @Twin("generator-nested")
    static void nested(Trace out) {
        run(() -> {
            for (boolean closes : List.of(false, true)) {
                String name = closes ? "closing" : "open";
                var source = inner(out, name);
                var generator = outer(source, closes);
                out.print(name, "got", generator.anext(), generator.anext());
                generator.aclose();
                out.print(name, "outer closed, inner gives", after(source, "nothing"));
                source.aclose();
            }
        });
    }

    private static AsyncGenerator<Integer> inner(Trace out, String name) {
        return AsyncGenerator.of(yielder -> {
            try {
                for (int n = 0; n < 3; n++) {
                    yielder.yield(n);
                }
            } finally {
                out.print(name, "inner cleaned up");
            }
        });
    }

    private static AsyncGenerator<Integer> outer(AsyncGenerator<Integer> source, boolean closes) {
        return AsyncGenerator.of(yielder -> {
            if (closes) {
                try (source) {
                    times10(source, yielder);
                }
            } else {
                times10(source, yielder);
            }
        });
    }

    private static void times10(AsyncGenerator<Integer> source, AsyncGenerator.Yielder<Integer> yielder) {
        for (int n : source) {
            yielder.yield(n * 10);
        }
    }

    @Twin("generator-overlapping-calls-refused")
    static void overlappingCallsRefused(Trace out) {
        run(() -> {
            var gate = new Event();
            var generator = AsyncGenerator.<Integer>of(yielder -> {
                gate.await();
                yielder.yield(1);
                yielder.yield(2);
            });
            var task = createTask(() -> generator.anext());
            sleep(ZERO);
            Map<String, Runnable> calls = new LinkedHashMap<>();
            calls.put("anext", generator::anext);
            calls.put("asend", () -> generator.asend(null));
            calls.put("aclose", generator::aclose);
            calls.forEach((name, call) -> {
                try {
                    call.run();
                } catch (IllegalStateException e) {
                    out.print(name, type(e));
                }
            });
            gate.set();
            out.print("first caller got", task.await());
            out.print("now", generator.anext());
            generator.aclose();
        });
    }

    @Twin("generator-runs-only-when-asked")
    static void runsOnlyWhenAsked(Trace out) {
        run(() -> {
            var generator = AsyncGenerator.<Integer>of(yielder -> {
                out.print("begins");
                yielder.yield(1);
                sleep(ZERO);
                out.print("between");
                yielder.yield(2);
                out.print("ends");
            });
            out.print("made");
            out.print("got", generator.anext());
            out.print("got", generator.anext());
            expectEnd(out, generator);
            expectEnd(out, generator);
            for (var _ : generator) {
                out.print("nothing comes");
            }
            out.print("default", after(generator, "none left"));
        });
    }

    @Twin("generator-send")
    static void send(Trace out) {
        run(() -> {
            var generator = AsyncGenerator.<String>of(yielder -> {
                Object received = yielder.yield("ready");
                while (received != null) {
                    sleep(ZERO);
                    received = yielder.yield("echo " + received);
                }
            });
            try {
                generator.asend("too early");
            } catch (IllegalArgumentException e) {
                out.print("too early:", otherType(e));
            }
            out.print(generator.asend(null));
            out.print(generator.asend("one"));
            out.print(generator.asend("two"));
            expectEnd(out, generator);
        });
    }

    @Twin("generator-throw")
    static void throwIn(Trace out) {
        run(() -> {
            Supplier<AsyncGenerator<Integer>> counting = () -> AsyncGenerator.of(yielder -> {
                int n = 0;
                while (true) {
                    try {
                        n++;
                        yielder.yield(n);
                    } catch (Boom e) {
                        out.print("handled", e);
                        sleep(ZERO);
                    }
                }
            });
            var generator = counting.get();
            out.print("got", generator.anext());
            out.print("got", generator.athrow(new Boom("thrown in")));
            try {
                generator.athrow(new Bang());
            } catch (Bang e) {
                out.print("not handled:", type(e));
            }
            out.print("after:", after(generator, "nothing"));
            var unstarted = counting.get();
            try {
                unstarted.athrow(new Boom("unstarted"));
            } catch (Boom e) {
                out.print(type(e), e);
            }
            out.print("after:", after(unstarted, "nothing"));
        });
    }

    @Twin("generator-with-a-lock-inside")
    static void withALockInside(Trace out) {
        run(() -> {
            var lock = new Lock();
            var generator = AsyncGenerator.<String>of(yielder -> {
                try (var _ = lock.acquire()) {
                    yielder.yield("inside");
                }
            });
            out.print("got", generator.anext(), "locked", lock.locked());
            sleep(ZERO);
            out.print("locked", lock.locked());
            generator.aclose();
            out.print("closed, locked", lock.locked());
        });
    }

    @Twin("generators-ended-by-the-loop")
    static void endedByTheLoop(Trace out) {
        run(() -> {
            Function<String, AsyncGenerator<Integer>> numbers = name -> AsyncGenerator.of(yielder -> {
                try {
                    out.print(name, "begins");
                    yielder.yield(1);
                    yielder.yield(2);
                } finally {
                    sleep(ZERO);
                    out.print(name, "cleaned up");
                }
            });
            var resting = numbers.apply("resting");
            var finished = numbers.apply("finished");
            var unstarted = numbers.apply("unstarted");
            resting.anext();
            list(finished);
            out.print("shutting down");
            getRunningLoop().shutdownAsyncgens();
            out.print("shut down");
            out.print("resting:", after(resting, "nothing"));
            unstarted.aclose();
        });
    }
}
