package dev.asyncio4j.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Holds one workload after the other, with all contestants that are there. */
public final class Competition {

    /*
     * All programs of a row are started, side by side, and warmed up, one by one, before the first figure counts, and then measured in turn,
     * A B C A B C: what disturbs the machine for a while disturbs all of them. A program that is not at its turn waits in
     * a read. Where there is a single measurement, because it is a long one, or there are thousands of connections, the
     * programs run one after the other.
     *
     * A contestant that fails is left out of the row, with a word why; the others go on.
     */

    private final List<Contestant> contestants;
    private final Pace pace;
    private final Consumer<String> complaints;

    /**
     * Makes a competition.
     *
     * @param contestants who takes part
     * @param pace how thoroughly to measure
     * @param complaints is told who failed, and why
     */
    public Competition(List<Contestant> contestants, Pace pace, Consumer<String> complaints) {
        this.contestants = contestants;
        this.pace = pace;
        this.complaints = complaints;
    }

    /**
     * Measures one workload.
     *
     * @param workload the row
     * @return the figures of those who have it, ours first; empty if nobody has it or there is no time for it
     */
    public List<Figures> hold(Workload workload) {
        if (pace.leavesOut(workload)) {
            return List.of();
        }
        if (pace.takesTurns(workload)) {
            return hold(workload, contestants);
        }
        return contestants.stream()
                .flatMap(contestant -> hold(workload, List.of(contestant)).stream())
                .toList();
    }

    private List<Figures> hold(Workload workload, List<Contestant> together) {
        var entries = start(workload, together);
        try {
            entries.removeIf(this::hasNothing);
            entries.removeIf(entry -> failed(entry, () -> entry.warmUp(pace)));
            for (var run = 0; run < pace.runs(workload); run++) {
                entries.removeIf(entry -> !entry.isMeasured(pace) && failed(entry, entry::takeTurn));
            }
            return entries.stream().map(Entry::figures).toList();
        } finally {
            entries.forEach(this::close);
        }
    }

    private List<Entry> start(Workload workload, List<Contestant> together) {
        var entries = new ArrayList<Entry>();
        for (var contestant : together) {
            try {
                entries.add(Entry.start(contestant, workload));
            } catch (IOException e) {
                complaints.accept(contestant.name() + " could not start: " + e.getMessage());
            }
        }
        return entries;
    }

    /** Waits for the program of one of those that start side by side. */
    private boolean hasNothing(Entry entry) {
        var has = new AtomicBoolean();
        var failed = failed(entry, () -> has.set(entry.begin()));
        if (!failed && !has.get()) {
            close(entry);
        }
        return !has.get();
    }

    /** Something that a contestant does. */
    @FunctionalInterface
    private interface Turn {
        void take() throws IOException;
    }

    private boolean failed(Entry entry, Turn turn) {
        try {
            turn.take();
            return false;
        } catch (IOException | NumberFormatException e) {
            complaints.accept(entry.contestant().name() + " is out: " + e.getMessage());
            close(entry);
            return true;
        }
    }

    private void close(Entry entry) {
        try {
            entry.close();
        } catch (IOException e) {
            complaints.accept(entry.contestant().name() + " did not end well: " + e.getMessage());
        }
    }
}
