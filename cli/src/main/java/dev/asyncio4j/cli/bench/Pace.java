package dev.asyncio4j.cli.bench;

import java.time.Duration;

/**
 * How thoroughly to measure.
 *
 * @param warmUp how long a contestant runs before its figures count
 * @param shortest how long one measurement takes at least
 * @param runs how many measurements count
 * @param isQuick whether rows that cannot be hurried are left out
 */
public record Pace(Duration warmUp, Duration shortest, int runs, boolean isQuick) {

    /** For figures to be published. */
    public static final Pace FULL = new Pace(Duration.ofSeconds(2), Duration.ofMillis(50), 10, false);

    /** For a first look. */
    public static final Pace QUICK = new Pace(Duration.ofSeconds(1), Duration.ofMillis(20), 5, true);

    private static final int FIRST_COUNT = 1000;
    private static final int LARGEST_COUNT = 1 << 28;
    private static final int COARSE_CLOCK = 8;
    private static final int FEW_RUNS = 3;

    /** How long one measurement takes at least. Processor time is counted in hundredths of a second, which asks for more. */
    Duration shortest(Workload workload) {
        return workload.isServer() ? shortest.multipliedBy(COARSE_CLOCK) : shortest;
    }

    int firstCount() {
        return FIRST_COUNT;
    }

    int largestCount() {
        return LARGEST_COUNT;
    }

    /** A workload that is measured a single time is a long one, and its own warm-up. */
    boolean warmsUp(Workload workload) {
        return workload.runs().orElse(runs) > 1;
    }

    int runs(Workload workload) {
        return Math.min(workload.runs().orElse(runs), runs);
    }

    /** A quick run is for the targets, and has no time for what is so long that the table asks for a run or two. */
    boolean leavesOut(Workload workload) {
        return isQuick && (workload.target().isEmpty() || workload.runs().orElse(runs) < FEW_RUNS);
    }
}
