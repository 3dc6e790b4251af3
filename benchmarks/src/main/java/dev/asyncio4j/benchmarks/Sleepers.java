package dev.asyncio4j.benchmarks;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.sleep;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Task;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many tasks at once. */
final class Sleepers {

    private Sleepers() {}

    /** Bytes of live heap that so many sleeping tasks take. */
    static long memory(int count) {
        return Asyncio.run(() -> {
            var before = liveHeap();
            var tasks = start(count, Duration.ofHours(1));
            sleep(Duration.ZERO);
            var after = liveHeap();
            tasks.forEach(Task::cancel);
            return after - before;
        });
    }

    private static long liveHeap() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Ten seconds of sleep, in all of them at once. */
    static void gather(int count) {
        Asyncio.gather(start(count, Duration.ofSeconds(10)));
    }

    /** Starts so many tasks that are alive together, lets each run twice, and waits for all. */
    static void liveTasks(int count) {
        Asyncio.gather(start(count, Duration.ZERO));
    }

    private static List<Task<?>> start(int count, Duration delay) {
        var tasks = new ArrayList<Task<?>>(count);
        for (var i = 0; i < count; i++) {
            tasks.add(createTask(() -> sleep(delay)));
        }
        return tasks;
    }
}
