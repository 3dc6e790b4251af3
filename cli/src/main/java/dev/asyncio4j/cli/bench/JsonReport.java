package dev.asyncio4j.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes figures as JSON: a list with an object for each contestant in each workload. */
public final class JsonReport {

    private static final double COARSE = 10_000;

    private JsonReport() {}

    /**
     * Writes all rows.
     *
     * @param rows the figures of each workload
     * @return the text of the file
     */
    public static String of(List<List<Figures>> rows) {
        return rows.stream()
                .flatMap(List::stream)
                .map(JsonReport::object)
                .collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
    }

    private static String object(Figures figures) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "{\"workload\": \"%s\", \"peer\": \"%s\", \"unit\": \"%s\", \"median\": %s, \"min\": %s, \"max\": %s,"
                        + " \"cpu\": %s, \"first\": %s, \"runs\": %d",
                figures.workload().name(),
                figures.contestant().name(),
                figures.workload().unit(),
                number(figures.median()),
                number(figures.min()),
                number(figures.max()),
                number(figures.cpu()),
                number(figures.first()),
                figures.runs()));
        figures.peakMegabytes().ifPresent(peak -> text.append(", \"peak_mb\": ").append(peak));
        figures.target()
                .ifPresent(target -> text.append(", \"target\": ")
                        .append(number(target))
                        .append(", \"met\": ")
                        .append(figures.isMet()));
        return text.append('}').toString();
    }

    /** Four digits or so. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        return value < COARSE ? String.format(Locale.ROOT, "%.4f", value) : Long.toString(Math.round(value));
    }
}
