package dev.asyncio4j.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One row of the table of workloads.
 *
 * @param name how the table calls it: the name that contestants know, and {@code @} a variant of it
 * @param unit what its figures are in
 * @param count how often one measurement does the operation, or empty for as often as takes long enough
 * @param runs how many measurements there are, or empty for the usual number
 * @param target what asyncio4j is to reach, or empty
 * @param text what it is
 */
public record Workload(
        String name, Unit unit, OptionalInt count, OptionalInt runs, OptionalDouble target, String text) {

    /** What figures are in. */
    public enum Unit {
        /** Nanoseconds per operation. */
        NS("ns", 1),
        /** Microseconds per operation. */
        US("us", 1e3),
        /** Milliseconds per run. */
        MS("ms", 1e6),
        /** Seconds per run. */
        S("s", 1e9),
        /** Bytes per task. */
        B("B", 1),
        /** Microseconds of processor time per request. */
        US_CPU("us CPU", 1e3),
        /** Microseconds by which the latest of a hundred are late. */
        US_LATE("us late", 1e3);

        private final String label;
        private final double size;

        Unit(String label, double size) {
            this.label = label;
            this.size = size;
        }

        static Unit of(String label) {
            return List.of(values()).stream()
                    .filter(unit -> unit.label.equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no unit '" + label + "'"));
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private static final Pattern COLUMN_GAP = Pattern.compile(" {2,}");
    private static final int COLUMNS = 6;
    private static final int DEFAULT_CONNECTIONS = 10;

    /**
     * Reads a table.
     *
     * @param file the table
     * @return its rows
     * @throws IOException if it cannot be read
     */
    public static List<Workload> readAll(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Workload::parse)
                .toList();
    }

    static Workload parse(String line) {
        var columns = COLUMN_GAP.split(line.strip(), -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("a workload has " + COLUMNS + " columns, but here are " + columns.length
                    + ", separated by two spaces or more: " + line);
        }
        return new Workload(
                columns[0],
                Unit.of(columns[1]),
                number(columns[2]),
                number(columns[3]),
                columns[4].equals("-") ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(columns[4])),
                columns[5]);
    }

    private static OptionalInt number(String column) {
        return column.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(column));
    }

    /** What contestants call it. */
    String program() {
        var at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }

    /** Tells whether another row has the same workload, and this one in a size of its own. */
    boolean isVariant() {
        return name.indexOf('@') >= 0;
    }

    /** How much of it there is: how many connections, timers or tasks. */
    int size() {
        return isServer() ? connections() : count.orElse(1);
    }

    boolean isServer() {
        return unit == Unit.US_CPU;
    }

    /** How many clients a server has. */
    int connections() {
        var at = name.indexOf('@');
        return at < 0 ? DEFAULT_CONNECTIONS : Integer.parseInt(name.substring(at + 1));
    }

    /** A measurement in the unit of this row: per operation, or per run for a workload that is a single one. */
    double figure(long measured, int times) {
        var operations = unit == Unit.S || unit == Unit.US_LATE ? 1 : times;
        return measured / unit.size / operations;
    }
}
