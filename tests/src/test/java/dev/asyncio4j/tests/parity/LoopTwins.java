package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.newEventLoop;
import static dev.asyncio4j.tests.parity.Loops.options;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.Future;
import dev.asyncio4j.Handle;
import dev.asyncio4j.sync.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Twins of the {@code loop-…} scenarios. */
final class LoopTwins {

    private LoopTwins() {}

    @Twin("loop-batch-order-queued-then-timers")
    static void batchOrder(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            loop.callLater(ZERO, () -> out.print("timer with no delay"));
            loop.callSoon(() -> {
                out.print("first");
                loop.callSoon(() -> out.print("queued by first: next batch"));
            });
            loop.callSoon(() -> out.print("second"));
            sleep(ZERO);
            out.print("main, queued before the timer was collected");
            sleep(ZERO);
            out.print("main again");
        });
    }

    @Twin("loop-callback-queued-by-a-batch-waits-for-the-next")
    static void callbackQueuedByABatch(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            loop.callSoon(() -> chain(out, loop, "a", 2));
            loop.callSoon(() -> chain(out, loop, "b", 2));
            for (int step = 0; step < 4; step++) {
                sleep(ZERO);
                out.print("main", step);
            }
        });
    }

    private static void chain(Trace out, EventLoop loop, String name, int left) {
        out.print(name, left);
        if (left > 0) {
            loop.callSoon(() -> chain(out, loop, name, left - 1));
        }
    }

    @Twin("loop-close-rules")
    static void closeRules(Trace out) {
        var loop = newEventLoop();
        loop.callSoon(() -> {
            try {
                loop.close();
            } catch (IllegalStateException e) {
                out.print("close while running:", type(e));
            }
            loop.callSoon(() -> out.print("dropped by close"));
            loop.callLater(ZERO, () -> out.print("dropped timer"));
            loop.stop();
        });
        loop.runForever();
        out.print("closed:", loop.isClosed());
        loop.close();
        loop.close();
        out.print("closed:", loop.isClosed());
        tryAfterClose(out, "call_soon", () -> loop.callSoon(() -> out.print("never")));
        tryAfterClose(out, "call_later", () -> loop.callLater(ofSeconds(1), () -> out.print("never")));
        tryAfterClose(out, "call_soon_threadsafe", () -> loop.callSoonThreadsafe(() -> out.print("never")));
        tryAfterClose(out, "run_forever", loop::runForever);
    }

    private static void tryAfterClose(Trace out, String name, Runnable call) {
        try {
            call.run();
        } catch (IllegalStateException e) {
            out.print(name, "after close:", type(e));
        }
    }

    @Twin("loop-debug-refuses-calls-from-a-wrong-thread")
    static void debugRefusesCalls(Trace out) {
        Asyncio.run(
                () -> {
                    var loop = getRunningLoop();
                    toThread(() -> tryFromThread(out, "call_soon", () -> loop.callSoon(() -> out.print("never"))));
                    toThread(() -> tryFromThread(
                            out, "call_later", () -> loop.callLater(ofSeconds(1), () -> out.print("never"))));
                    var done = new Event();
                    toThread(() -> loop.callSoonThreadsafe(done::set));
                    done.await();
                    out.print("thread-safe call: accepted");
                    return null;
                },
                options().withDebug(true));
    }

    private static void tryFromThread(Trace out, String name, Runnable call) {
        try {
            call.run();
        } catch (IllegalStateException e) {
            out.print(name + ":", type(e));
        }
    }

    @Twin("loop-exit-error-leaves-the-run")
    static void exitErrorLeavesTheRun(Trace out) {
        var loop = newEventLoop();
        loop.setExceptionHandler((_, _) -> out.print("handler must stay silent"));
        loop.callSoon(() -> out.print("before"));
        loop.callSoon(() -> {
            out.print("leaving");
            throw new ExitError(3);
        });
        loop.callSoon(() -> out.print("rest of the batch"));
        try {
            loop.runForever();
        } catch (ExitError e) {
            out.print("run left with SystemExit", e.code());
        }
        out.print("running:", loop.isRunning());
        loop.callSoon(loop::stop);
        loop.runForever();
        loop.close();
    }

    @Twin("loop-getter-inside-and-outside")
    static void getterInsideAndOutside(Trace out) {
        outside(out, "before");
        run(() -> {
            var loop = getRunningLoop();
            loop.callSoon(() -> out.print("callback:", getRunningLoop() == loop));
            loop.callLater(ZERO, () -> out.print("timer:", getRunningLoop() == loop));
            sleep(ZERO);
            sleep(ZERO);
            toThread(() -> outside(out, "other thread"));
            out.print("coroutine:", getRunningLoop() == loop);
        });
        outside(out, "after");
    }

    private static void outside(Trace out, String where) {
        try {
            getRunningLoop();
        } catch (IllegalStateException e) {
            out.print(where + ":", type(e));
        }
    }

    @Twin("loop-handle-cancelled-inside-its-batch")
    static void handleCancelledInsideItsBatch(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            Map<String, Handle> handles = new HashMap<>();
            loop.callSoon(() -> {
                out.print("first cancels second");
                handles.get("second").cancel();
            });
            handles.put("second", loop.callSoon(() -> out.print("second")));
            handles.put("third", loop.callSoon(() -> out.print("third")));
            out.print("cancelled before:", handles.get("second").cancelled());
            sleep(ZERO);
            out.print("cancelled after:", handles.get("second").cancelled());
            handles.get("second").cancel();
            handles.get("third").cancel();
            out.print("cancel after the run:", handles.get("third").cancelled());
        });
    }

    @Twin("loop-inside-a-running-loop-refused")
    static void insideARunningLoop(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            try {
                loop.runUntilComplete(loop.createFuture());
            } catch (IllegalStateException e) {
                out.print("same loop:", type(e));
            }
            var other = newEventLoop();
            try {
                other.runUntilComplete(other.createFuture());
            } catch (IllegalStateException e) {
                out.print("other loop:", type(e));
            }
            out.print("other running:", other.isRunning());
            other.close();
            sleep(ZERO);
            out.print("main unharmed:", getRunningLoop() == loop);
        });
    }

    @Twin("loop-many-cancelled-timers")
    static void manyCancelledTimers(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            Future<String> done = loop.createFuture();
            var doomed = IntStream.range(0, 150)
                    .mapToObj(n -> loop.callLater(ofHours(1).plusSeconds(n), () -> out.print("doomed")))
                    .toList();
            loop.callLater(ofMillis(20), () -> out.print("two"));
            loop.callLater(ofMillis(1), () -> out.print("one"));
            doomed.forEach(Handle::cancel);
            loop.callLater(ofMillis(40), () -> done.setResult("three"));
            out.print(done.await());
            out.print("all cancelled:", doomed.stream().allMatch(Handle::cancelled));
        });
    }

    @Twin("loop-negative-delay-is-still-a-timer")
    static void negativeDelay(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            var handle = loop.callLater(ofSeconds(-1), () -> out.print("timer in the past"));
            out.print("already due:", handle.when().compareTo(loop.time()) < 0);
            loop.callSoon(() -> out.print("soon one"));
            loop.callSoon(() -> out.print("soon two"));
            sleep(ZERO);
            out.print("main");
            sleep(ZERO);
            out.print("main again");
        });
    }

    @Twin("loop-of-another-thread-may-run")
    static void anotherThread(Trace out) {
        run(() -> {
            var mine = getRunningLoop();
            var theirs = toThread(() -> run(() -> {
                sleep(ZERO);
                return getRunningLoop();
            }));
            out.print("two loops:", mine != theirs);
            out.print("mine running:", mine.isRunning());
            out.print("theirs closed:", theirs.isClosed());
            out.print("still mine:", getRunningLoop() == mine);
        });
    }

    @Twin("loop-rescheduling-callback-cannot-starve-timers")
    static void reschedulingCallback(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            var spins = new AtomicInteger();
            Future<String> fired = loop.createFuture();
            loop.callSoon(() -> spin(loop, spins, fired));
            loop.callLater(ZERO, () -> fired.setResult("fired"));
            out.print(fired.await());
            out.print("spins before the timer was seen:", spins.get());
        });
    }

    private static void spin(EventLoop loop, AtomicInteger spins, Future<String> fired) {
        spins.incrementAndGet();
        if (!fired.done()) {
            loop.callSoon(() -> spin(loop, spins, fired));
        }
    }

    @Twin("loop-runs-callbacks-in-call-order")
    static void callOrder(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            for (String name : List.of("a", "b")) {
                loop.callSoon(() -> out.print(name));
            }
            loop.callSoonThreadsafe(() -> out.print("c, thread-safe"));
            loop.callSoon(() -> out.print("d"));
            out.print("main scheduled four");
            sleep(ZERO);
            out.print("main after one iteration");
            sleep(ZERO);
            out.print("main after two iterations");
        });
    }

    @Twin("loop-stop-lets-the-batch-finish")
    static void stopLetsTheBatchFinish(Trace out) {
        var loop = newEventLoop();
        loop.callSoon(() -> {
            out.print("stop asked");
            loop.stop();
            out.print("still running:", loop.isRunning());
            loop.callSoon(() -> out.print("queued by the last batch"));
        });
        loop.callSoon(() -> out.print("rest of the batch"));
        loop.runForever();
        out.print("run ended, running:", loop.isRunning());
        loop.callSoon(loop::stop);
        loop.runForever();
        out.print("second run ended");
        loop.close();
    }

    @Twin("loop-stopped-before-it-runs-does-one-iteration")
    static void stoppedBeforeItRuns(Trace out) {
        var loop = newEventLoop();
        Runnable third = () -> {
            out.print("third stops");
            loop.stop();
        };
        Runnable second = () -> {
            out.print("second");
            loop.callSoon(third);
        };
        Runnable first = () -> {
            out.print("first");
            loop.callSoon(second);
        };
        loop.callSoon(first);
        loop.stop();
        loop.runForever();
        out.print("one iteration done");
        loop.runForever();
        out.print("ran until stopped");
        loop.close();
    }

    @Twin("loop-threadsafe-call-wakes-a-sleeping-loop")
    static void threadsafeCallWakes(Trace out) throws InterruptedException {
        run(() -> {
            var loop = getRunningLoop();
            Future<String> woken = loop.createFuture();
            List<Integer> seen = new ArrayList<>();
            Thread thread = Thread.ofPlatform().unstarted(() -> {
                for (int n = 0; n < 3; n++) {
                    int number = n;
                    loop.callSoonThreadsafe(() -> seen.add(number));
                }
                loop.callSoonThreadsafe(() -> woken.setResult("woken"));
            });
            loop.callSoon(thread::start);
            out.print(woken.await());
            thread.join();
            out.print(seen);
        });
    }

    @Twin("loop-threadsafe-handle-can-be-cancelled")
    static void threadsafeHandle(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            Map<String, Handle> handles = new HashMap<>();
            Runnable cancelAll = () -> {
                out.print("cancelling myself and the next");
                handles.get("me").cancel();
                handles.get("next").cancel();
            };
            handles.put("me", loop.callSoonThreadsafe(cancelAll));
            handles.put("next", loop.callSoonThreadsafe(() -> out.print("next")));
            loop.callSoonThreadsafe(() -> out.print("last"));
            sleep(ZERO);
            out.print(
                    "cancelled:",
                    handles.get("me").cancelled(),
                    handles.get("next").cancelled());
        });
    }

    @Twin("loop-timers-run-by-deadline")
    static void timersRunByDeadline(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            var start = loop.time();
            Future<Void> done = loop.createFuture();
            var late = loop.callAt(start.plusMillis(9), () -> done.setResult(null));
            var early = loop.callAt(start.plusMillis(1), () -> out.print("early"));
            var middle = loop.callAt(start.plusMillis(5), () -> out.print("middle"));
            var never = loop.callAt(start.plusMillis(3), () -> out.print("never"));
            never.cancel();
            out.print("ordered:", early.compareTo(middle) < 0 && middle.compareTo(late) < 0);
            done.await();
            out.print("late");
            out.print("not before its deadline:", loop.time().compareTo(late.when()) >= 0);
        });
    }
}
