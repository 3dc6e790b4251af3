package dev.asyncio4j.cli.bench;

import java.time.Duration;

/**
 * How thoroughly to measure.
 *
 * @param warmUp how long a contestant runs before its figures count
 * @param shortest how long one measurement takes at least
 * @param runs how many measurements count
 * @param fewest how many are enough if they take long
 * @param longest how long so few have to take together for that
 * @param isQuick whether rows that cannot be hurried are left out
 */
public record Pace(Duration warmUp, Duration shortest, int runs, int fewest, Duration longest, boolean isQuick) {

    /** For figures to be published. */
    public static final Pace FULL =
            new Pace(Duration.ofMillis(1500), Duration.ofMillis(50), 10, 3, Duration.ofSeconds(2), false);

    /** For a first look. */
    public static final Pace QUICK =
            new Pace(Duration.ofMillis(400), Duration.ofMillis(20), 5, 3, Duration.ofMillis(500), true);

    private static final int FIRST_COUNT = 1000;
    private static final int LARGEST_COUNT = 1 << 28;
    private static final int FOR_BOTH_ENDS = 2;
    private static final int FEW_RUNS = 3;
    private static final int SHARES_AT_MOST = 10;
    private static final int MOST_CONNECTIONS = 1000;

    /** How long a contestant runs before its figures count: half as long where there is no target to be met. */
    Duration warmUp(Workload workload) {
        return workload.target().isPresent() ? warmUp : warmUp.dividedBy(2);
    }

    /** How long one measurement takes at least. Of a server only its own processor time is counted. */
    Duration shortest(Workload workload) {
        return workload.isServer() ? shortest.multipliedBy(FOR_BOTH_ENDS) : shortest;
    }

    /** How often the first measurement does the operation: the same number for each connection of a server. */
    int firstCount(Workload workload) {
        if (!workload.isServer()) {
            return FIRST_COUNT;
        }
        var connections = workload.connections();
        return (FIRST_COUNT + connections - 1) / connections * connections;
    }

    int largestCount() {
        return LARGEST_COUNT;
    }

    /** A workload that is measured a single time is a long one, and its own warm-up. */
    boolean warmsUp(Workload workload) {
        return workload.runs().orElse(runs) > 1;
    }

    /** Whether all programs of a row are there at once: not for so many connections that they would be more than is allowed. */
    boolean takesTurns(Workload workload) {
        return runs(workload) > 1 && (!workload.isServer() || workload.connections() <= MOST_CONNECTIONS);
    }

    int runs(Workload workload) {
        return Math.min(workload.runs().orElse(runs), runs);
    }

    /** Tells whether a contestant that takes its time has been measured often enough, or has had more than its share. */
    boolean isEnough(int measurements, long nanosTogether) {
        var share = measurements >= fewest ? longest : longest.multipliedBy(SHARES_AT_MOST);
        return nanosTogether >= share.toNanos();
    }

    /** A quick run is for the targets, and has no time for what is so long that the table asks for a run or two. */
    boolean leavesOut(Workload workload) {
        return isQuick && (workload.target().isEmpty() || workload.runs().orElse(runs) < FEW_RUNS);
    }
}
