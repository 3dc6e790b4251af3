package dev.asyncio4j.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Says in words what came out. */
public final class Report {

    private static final int PERCENT = 100;
    private static final double FINE = 10;
    private static final double MEDIUM = 100;

    private Report() {}

    /**
     * Tells of one row.
     *
     * @param row the figures of one workload, ours first
     * @return lines of text
     */
    public static String row(List<Figures> row) {
        var workload = row.getFirst().workload();
        var text = new StringBuilder(workload.name())
                .append(": ")
                .append(workload.text())
                .append(", in ")
                .append(workload.unit())
                .append('\n');
        row.forEach(figures -> text.append(line(figures, ours(row))));
        ours(row)
                .flatMap(Report::verdict)
                .ifPresent(verdict -> text.append("  ").append(verdict).append('\n'));
        return text.toString();
    }

    private static String line(Figures figures, Optional<Figures> ours) {
        var ratio = ours.filter(our -> our != figures)
                .map(our -> String.format(Locale.ROOT, "%8.1f x ours", figures.ratioTo(our)))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "  %-20s min %10s   median %10s   max %10s   cpu %10s   first %10s   of %2d   %5s MB%s%n",
                figures.contestant().name(),
                number(figures.min()),
                number(figures.median()),
                number(figures.max()),
                number(figures.cpu()),
                number(figures.first()),
                figures.runs(),
                figures.peakMegabytes().isPresent() ? figures.peakMegabytes().getAsLong() : "?",
                ratio);
    }

    private static Optional<String> verdict(Figures ours) {
        if (ours.target().isEmpty()) {
            return Optional.empty();
        }
        var target = ours.target().getAsDouble();
        var unit = ours.workload().unit();
        return Optional.of(
                ours.isMet()
                        ? "met: " + number(ours.min()) + " " + unit + ", the target is " + number(target)
                        : "missed by " + Math.round((ours.min() / target - 1) * PERCENT) + " %: " + number(ours.min())
                                + " " + unit + ", the target is " + number(target));
    }

    /**
     * Sums all rows up in a table in Markdown.
     *
     * @param rows the figures of each workload
     * @return the table
     */
    public static String table(List<List<Figures>> rows) {
        var text = new StringBuilder("""
                | workload | unit | asyncio4j | target | | CPython | uvloop | Node | Go | threads | Kotlin | Vert.x | jox |
                |---|---|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|
                """);
        rows.forEach(row -> text.append(tableLine(row)));
        return text.toString();
    }

    /**
     * Picks out what fell short.
     *
     * @param rows the figures of each workload
     * @return our figures that are not within their target
     */
    public static List<Figures> missed(List<List<Figures>> rows) {
        return rows.stream()
                .flatMap(row -> ours(row).stream())
                .filter(figures -> figures.target().isPresent() && !figures.isMet())
                .toList();
    }

    private static String tableLine(List<Figures> row) {
        var workload = row.getFirst().workload();
        var ours = ours(row);
        return "| " + workload.name() + " | " + workload.unit() + " | "
                + ours.map(figures -> number(figures.min())).orElse("") + " | "
                + (workload.target().isPresent() ? number(workload.target().getAsDouble()) : "") + " | "
                + ours.filter(figures -> figures.target().isPresent())
                        .map(figures -> figures.isMet() ? "met" : "missed")
                        .orElse("")
                + " | "
                + best(row, figures -> figures.contestant().name().startsWith("cpython")) + " | "
                + best(row, named("uvloop")) + " | "
                + best(row, named("node")) + " | "
                + best(row, named("go")) + " | "
                + best(row, named("virtual-threads")) + " | "
                + best(row, named("kotlin")) + " | "
                + best(row, named("vertx")) + " | "
                + best(row, named("jox")) + " |\n";
    }

    private static Predicate<Figures> named(String name) {
        return figures -> figures.contestant().name().equals(name);
    }

    /** The least figure of some contestants, and how many times ours it is. */
    private static String best(List<Figures> row, Predicate<Figures> who) {
        var best = row.stream().filter(who).min((a, b) -> Double.compare(a.min(), b.min()));
        return best.map(figures -> number(figures.min())
                        + ours(row)
                                .map(ours -> String.format(Locale.ROOT, " (%.1f x)", figures.ratioTo(ours)))
                                .orElse(""))
                .orElse("");
    }

    static Optional<Figures> ours(List<Figures> row) {
        return row.stream().filter(figures -> figures.contestant().isOurs()).findFirst();
    }

    /** Three digits or so: more would be noise. */
    static String number(double value) {
        var format = value < FINE ? "%.2f" : value < MEDIUM ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
