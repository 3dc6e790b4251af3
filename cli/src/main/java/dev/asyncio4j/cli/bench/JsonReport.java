package dev.asyncio4j.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes figures as JSON: a list with an object for each contestant in each workload. */
public final class JsonReport {

    private static final double COARSE = 10_000;
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": (?:\"([^\"]*)\"|([^,}\\s]+))");

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

    /**
     * Reads what {@link #of} has written.
     *
     * @param text the text of the file
     * @param workloads the table of workloads; figures of others are left out
     * @return the figures of each workload
     */
    public static List<List<Figures>> read(String text, List<Workload> workloads) {
        var rows = new LinkedHashMap<Workload, List<Figures>>();
        workloads.forEach(workload -> rows.put(workload, new ArrayList<>()));
        for (var line : text.split("\n", -1)) {
            var fields = fields(line);
            workloads.stream()
                    .filter(workload -> workload.name().equals(fields.get("workload")))
                    .forEach(workload -> rows.getOrDefault(workload, List.of()).add(figures(fields, workload)));
        }
        return rows.values().stream().filter(row -> !row.isEmpty()).toList();
    }

    /** Each object has a line of its own. */
    private static Map<String, String> fields(String line) {
        return FIELD.matcher(line)
                .results()
                .collect(Collectors.toMap(
                        found -> found.group(1), found -> found.group(2) != null ? found.group(2) : found.group(3)));
    }

    private static Figures figures(Map<String, String> fields, Workload workload) {
        var peak = fields.get("peak_mb");
        return new Figures(
                new Contestant(fields.getOrDefault("peer", "?"), Path.of("")),
                workload,
                (int) value(fields, "runs"),
                value(fields, "first"),
                value(fields, "min"),
                value(fields, "median"),
                value(fields, "max"),
                value(fields, "cpu"),
                peak == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(peak)));
    }

    private static double value(Map<String, String> fields, String name) {
        var text = fields.getOrDefault(name, "null");
        return text.equals("null") ? Double.NaN : Double.parseDouble(text);
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
