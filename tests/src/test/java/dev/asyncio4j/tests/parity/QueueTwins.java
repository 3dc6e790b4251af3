package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.otherType;
import static dev.asyncio4j.tests.parity.Python.type;
import static dev.asyncio4j.tests.parity.Several.cancelled;
import static dev.asyncio4j.tests.parity.Several.done;
import static dev.asyncio4j.tests.parity.Several.tasks;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.LifoQueue;
import dev.asyncio4j.sync.PriorityQueue;
import dev.asyncio4j.sync.Queue;
import dev.asyncio4j.sync.QueueEmptyException;
import dev.asyncio4j.sync.QueueFullException;
import dev.asyncio4j.sync.QueueShutDownException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Twins of the {@code queue-…} scenarios, and of the pipeline. */
final class QueueTwins {

    private QueueTwins() {}

    @Twin("pipeline-of-producers-and-consumers")
    static void pipeline(Trace out) {
        run(() -> {
            var queue = new Queue<Integer>(2);
            TaskGroup.run(group -> {
                group.createTask(() -> produce(out, queue, List.of(1, 2, 3, 4, 5)));
                group.createTask(() -> consume(out, queue));
            });
            queue.join();
            out.print("main ends, size", queue.qsize());
        });
    }

    private static void produce(Trace out, Queue<Integer> queue, List<Integer> items) {
        for (int item : items) {
            queue.put(item);
            out.print("put", item);
        }
        queue.shutdown();
    }

    private static void consume(Trace out, Queue<Integer> queue) {
        try {
            while (true) {
                int item = queue.get();
                out.print("got", item);
                queue.taskDone();
            }
        } catch (QueueShutDownException e) {
            out.print("consumer ends");
        }
    }

    @Twin("queue-full-makes-producers-wait-in-order")
    static void fullMakesProducersWait(Trace out) {
        run(() -> {
            var queue = new Queue<String>(1);
            var tasks = tasks(List.of("a", "b", "c"), name -> putter(out, name, queue));
            sleep(ZERO);
            out.print("full", queue.full());
            for (int n = 0; n < tasks.size(); n++) {
                out.print("got", queue.get());
                sleep(ZERO);
            }
            Asyncio.wait(tasks);
            out.print("empty", queue.empty());
        });
    }

    private static void putter(Trace out, String name, Queue<String> queue) {
        queue.put(name);
        out.print(name, "put");
    }

    private static void getter(Trace out, String name, Queue<?> queue) {
        out.print(name, "got", queue.get());
    }

    @Twin("queue-item-stolen-before-the-woken-getter-runs")
    static void itemStolen(Trace out) {
        run(() -> {
            var queue = new Queue<String>();
            var tasks = tasks(List.of("first", "second"), name -> getter(out, name, queue));
            sleep(ZERO);
            queue.putNowait("one");
            out.print("stolen", queue.getNowait());
            sleep(ZERO);
            out.print("done", done(tasks));
            queue.putNowait("two");
            queue.putNowait("three");
            Asyncio.wait(tasks);
        });
    }

    @Twin("queue-join-and-task-done")
    static void joinAndTaskDone(Trace out) {
        run(() -> {
            var queue = new Queue<String>();
            queue.join();
            out.print("nothing to wait for");
            queue.putNowait("one");
            queue.putNowait("two");
            var task = createTask(() -> {
                for (int n = 0; n < 2; n++) {
                    String item = queue.get();
                    sleep(ZERO);
                    out.print("done with", item);
                    queue.taskDone();
                }
            });
            queue.join();
            out.print("joined, size", queue.qsize());
            task.await();
            oneTooMany(out, queue);
        });
    }

    private static void oneTooMany(Trace out, Queue<?> queue) {
        try {
            queue.taskDone();
        } catch (IllegalStateException e) {
            out.print("one too many:", otherType(e));
        }
    }

    @Twin("queue-priority-and-stack")
    static void priorityAndStack(Trace out) {
        run(() -> {
            var priority = new PriorityQueue<Integer>();
            var stack = new LifoQueue<Integer>();
            for (int item : List.of(5, 1, 4, 2, 3)) {
                priority.put(item);
                stack.put(item);
            }
            out.print("priority", each(five(priority)));
            out.print("stack", each(five(stack)));
            var small = new PriorityQueue<Integer>(1);
            small.putNowait(9);
            try {
                small.putNowait(1);
            } catch (QueueFullException e) {
                out.print(type(e), "whatever the priority");
            }
        });
    }

    private static List<Integer> five(Queue<Integer> queue) {
        var items = new ArrayList<Integer>();
        for (int n = 0; n < 5; n++) {
            items.add(queue.get());
        }
        return items;
    }

    @Twin("queue-priority-waiting-getters")
    static void priorityWaitingGetters(Trace out) {
        run(() -> {
            var queue = new PriorityQueue<Integer>();
            var tasks = tasks(List.of("a", "b"), name -> getter(out, name, queue));
            sleep(ZERO);
            for (int item : List.of(3, 1, 2)) {
                queue.putNowait(item);
            }
            Asyncio.wait(tasks);
            out.print("left", queue.getNowait());
        });
    }

    @Twin("queue-ready-calls-do-not-wait")
    static void readyCallsDoNotWait(Trace out) {
        run(() -> {
            var queue = new Queue<Integer>();
            var task = createTask(() -> {
                while (true) {
                    out.print("got", queue.get());
                }
            });
            sleep(ZERO);
            for (int item = 0; item < 3; item++) {
                queue.put(item);
                out.print("put", item);
            }
            sleep(ZERO);
            out.print("main again, size", queue.qsize());
            task.cancel();
            Asyncio.wait(List.of(task));
        });
    }

    @Twin("queue-shutdown-at-once-drops-the-items")
    static void shutdownAtOnce(Trace out) {
        run(() -> {
            var queue = new Queue<Integer>();
            for (int item = 0; item < 3; item++) {
                queue.putNowait(item);
            }
            out.print("in progress", queue.getNowait());
            var joining = createTask(() -> queue.join());
            sleep(ZERO);
            queue.shutdown(true);
            sleep(ZERO);
            out.print("size", queue.qsize(), "join over", joining.done());
            queue.taskDone();
            joining.await();
            out.print("joined");
            oneTooMany(out, queue);
            attempt(out, "get:", queue::get);
        });
    }

    @Twin("queue-shutdown-lets-the-rest-be-taken")
    static void shutdownLetsTheRestBeTaken(Trace out) {
        run(() -> {
            var queue = new Queue<String>();
            queue.putNowait("one");
            queue.putNowait("two");
            queue.shutdown();
            attempt(out, "put_nowait:", () -> {
                queue.putNowait("three");
                return null;
            });
            attempt(out, "put:", () -> {
                queue.put("three");
                return null;
            });
            out.print("get:", queue.get());
            attempt(out, "get_nowait:", queue::getNowait);
            attempt(out, "get_nowait:", queue::getNowait);
            attempt(out, "get:", queue::get);
            queue.taskDone();
            queue.taskDone();
            queue.join();
            out.print("joined");
        });
    }

    private static void attempt(Trace out, String name, Supplier<?> call) {
        try {
            out.print(name, call.get());
        } catch (QueueShutDownException | QueueEmptyException e) {
            out.print(name, type(e));
        }
    }

    @Twin("queue-shutdown-softly-then-at-once")
    static void shutdownSoftlyThenAtOnce(Trace out) {
        run(() -> {
            var queue = new Queue<String>();
            queue.putNowait("one");
            queue.putNowait("two");
            var task = createTask(() -> {
                queue.join();
                out.print("joined");
            });
            sleep(ZERO);
            queue.shutdown();
            sleep(ZERO);
            out.print("soft: size", queue.qsize(), "joined", task.done());
            queue.shutdown(true);
            task.await();
            out.print("immediate: size", queue.qsize());
            queue.shutdown(true);
            out.print("again: accepted");
        });
    }

    @Twin("queue-shutdown-wakes-the-waiting")
    static void shutdownWakesTheWaiting(Trace out) {
        run(() -> {
            var empty = new Queue<String>();
            var full = new Queue<String>(1);
            full.putNowait("item");
            var tasks = tasks(
                    List.of("getter one", "getter two"),
                    name -> unlessShutDown(out, name, () -> getter(out, name, empty)));
            tasks.addAll(tasks(
                    List.of("putter one", "putter two"),
                    name -> unlessShutDown(out, name, () -> putter(out, name, full))));
            var joining = createTask(() -> full.join());
            sleep(ZERO);
            empty.shutdown();
            full.shutdown();
            Asyncio.wait(tasks);
            out.print("join over", joining.done(), "| left", full.getNowait());
            full.taskDone();
            joining.await();
            out.print("joined");
        });
    }

    private static void unlessShutDown(Trace out, String name, Runnable call) {
        try {
            call.run();
        } catch (QueueShutDownException e) {
            out.print(name, type(e));
        }
    }

    @Twin("queue-sizes-and-refusals")
    static void sizesAndRefusals(Trace out) {
        run(() -> {
            for (int limit : List.of(2, 0, -1)) {
                var queue = new Queue<Integer>(limit);
                try {
                    queue.getNowait();
                } catch (QueueEmptyException e) {
                    out.print("limit", limit, type(e));
                }
                for (int item = 0; item < 3; item++) {
                    try {
                        queue.putNowait(item);
                    } catch (QueueFullException e) {
                        out.print("limit", limit, type(e));
                    }
                }
                out.print(
                        "size",
                        queue.qsize(),
                        "full",
                        queue.full(),
                        "empty",
                        queue.empty(),
                        "maxsize",
                        queue.maxsize());
                out.print("first", queue.getNowait());
            }
        });
    }

    @Twin("queue-slot-stolen-before-the-woken-putter-runs")
    static void slotStolen(Trace out) {
        run(() -> {
            var queue = new Queue<String>(1);
            queue.putNowait("start");
            var tasks = tasks(List.of("first", "second"), name -> putter(out, name, queue));
            sleep(ZERO);
            out.print("got", queue.getNowait());
            queue.putNowait("thief");
            sleep(ZERO);
            out.print("done", done(tasks));
            for (int n = 0; n < 3; n++) {
                out.print("got", queue.getNowait());
                sleep(ZERO);
            }
        });
    }

    @Twin("queue-waiting-getter-cancelled-leaves")
    static void waitingGetterCancelled(Trace out) {
        run(() -> {
            var queue = new Queue<String>();
            var tasks = tasks(List.of("first", "second"), name -> getter(out, name, queue));
            sleep(ZERO);
            tasks.getFirst().cancel();
            queue.putNowait("item");
            Asyncio.wait(tasks);
            out.print("cancelled", cancelled(tasks));
            try {
                timeout(ofMillis(3), () -> queue.get());
            } catch (TimeoutException e) {
                out.print("main", type(e));
            }
            queue.putNowait("later");
            out.print("main got", queue.get());
        });
    }

    @Twin("queue-woken-getter-cancelled-passes-the-wake-up-on")
    static void wokenGetterCancelled(Trace out) {
        run(() -> {
            var queue = new Queue<String>();
            var tasks = tasks(List.of("first", "second", "third"), name -> {
                try {
                    getter(out, name, queue);
                } catch (CancelledError e) {
                    out.print(name, "cancelled, size", queue.qsize());
                    throw e;
                }
            });
            sleep(ZERO);
            queue.putNowait("item");
            tasks.getFirst().cancel();
            for (int n = 0; n < 3; n++) {
                sleep(ZERO);
            }
            out.print("done", done(tasks), "| size", queue.qsize());
            tasks.get(2).cancel();
            Asyncio.wait(tasks);
        });
    }

    @Twin("queue-woken-putter-cancelled-passes-the-wake-up-on")
    static void wokenPutterCancelled(Trace out) {
        run(() -> {
            var queue = new Queue<String>(1);
            queue.putNowait("start");
            var tasks = tasks(List.of("first", "second"), name -> {
                try {
                    putter(out, name, queue);
                } catch (CancelledError e) {
                    out.print(name, "cancelled");
                    throw e;
                }
            });
            sleep(ZERO);
            out.print("got", queue.getNowait());
            tasks.getFirst().cancel();
            Asyncio.wait(tasks);
            out.print("got", queue.getNowait(), "empty", queue.empty());
        });
    }
}
