package dev.asyncio4j.cli.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one contestant reached in one workload.
 *
 * @param contestant who
 * @param workload in what
 * @param runs how many measurements these are of
 * @param first the very first one, before any warm-up
 * @param min the least
 * @param median the middle one
 * @param max the greatest
 * @param cpu the processor time of the whole process, in the same unit, in the mean of all measurements
 * @param peakMegabytes the most memory that the process had, or empty where the system does not tell
 */
public record Figures(
        Contestant contestant,
        Workload workload,
        int runs,
        double first,
        double min,
        double median,
        double max,
        double cpu,
        OptionalLong peakMegabytes) {

    static Figures of(
            Contestant contestant,
            Workload workload,
            double first,
            List<Double> figures,
            double cpu,
            OptionalLong peak) {
        var sorted = figures.stream().sorted().toList();
        var middle = sorted.size() / 2;
        var median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Figures(
                contestant, workload, sorted.size(), first, sorted.getFirst(), median, sorted.getLast(), cpu, peak);
    }

    /**
     * The target, if this is a contestant that has one.
     *
     * @return the workload's target for us, empty for a peer
     */
    OptionalDouble target() {
        return contestant.isOurs() ? workload.target() : OptionalDouble.empty();
    }

    /** Whether the least figure is within the target: what disturbs a machine only ever adds. */
    boolean isMet() {
        return target().isPresent() && min <= target().getAsDouble();
    }

    /** How many times as much as another contestant this needs. */
    double ratioTo(Figures other) {
        return min / other.min;
    }
}
