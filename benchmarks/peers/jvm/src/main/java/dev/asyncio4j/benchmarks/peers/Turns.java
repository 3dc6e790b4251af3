package dev.asyncio4j.benchmarks.peers;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Runs one workload as often as it is told to: reads a count, does the workload that many times, answers with the
 * nanoseconds it took, until its input ends.
 */
public final class Turns {

    /** Does something a number of times and returns the nanoseconds it took, or whatever else it measures. */
    @FunctionalInterface
    public interface Workload {
        long measure(int count) throws Exception;
    }

    /** Does something a number of times. */
    @FunctionalInterface
    public interface Body {
        void run(int count) throws Exception;
    }

    private Turns() {}

    public static Workload timed(Body body) {
        return count -> {
            var start = System.nanoTime();
            body.run(count);
            return System.nanoTime() - start;
        };
    }

    /** Live heap, after collections. */
    public static long liveHeap() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    public static void take(Map<String, Workload> workloads, String name) throws Exception {
        var workload = workloads.get(name);
        if (workload == null) {
            System.out.println("unsupported");
            return;
        }
        System.out.println("ready");
        var in = new BufferedReader(new InputStreamReader(System.in));
        for (var count = in.readLine(); count != null; count = in.readLine()) {
            System.out.println(workload.measure(Integer.parseInt(count)));
        }
        System.exit(0);
    }
}
