package dev.asyncio4j.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes figures into the page of the documentation that shows them: what stands between its two marks, and its plots. */
public final class DocsPage {

    private static final String PAGE = "benchmarks.md";
    private static final String BEGIN = "<!-- figures: ./asyncio bench --docs writes what follows -->";
    private static final String END = "<!-- end of figures -->";
    private static final int PERCENT = 100;
    private static final Comparator<List<Figures>> BY_SIZE = Comparator.comparing(
                    (List<Figures> row) -> row.getFirst().workload().program())
            .thenComparingInt(row -> row.getFirst().workload().size());

    private final List<List<Figures>> rows;
    private final List<String> peers;

    private DocsPage(List<List<Figures>> rows) {
        this.rows = rows;
        this.peers = rows.stream()
                .flatMap(List::stream)
                .map(Figures::contestant)
                .filter(contestant -> !contestant.isOurs())
                .map(Contestant::name)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Writes the page.
     *
     * @param folder holds {@code benchmarks.md}, with its marks
     * @param machine what the figures were measured on, line by line
     * @param rows the figures of each workload
     * @throws IOException if the page cannot be read or written, or lacks a mark
     */
    public static void write(Path folder, List<String> machine, List<List<Figures>> rows) throws IOException {
        var file = folder.resolve(PAGE);
        var text = Files.readString(file);
        var begin = text.indexOf(BEGIN);
        var end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " has no place for figures, between \"" + BEGIN + "\" and \"" + END + "\"");
        }
        var plots = ScalePlot.of(rows);
        Files.writeString(folder.resolve("benchmarks.svg"), SvgPlot.of(rows));
        for (var plot : plots.entrySet()) {
            Files.writeString(folder.resolve(plotOf(plot.getKey())), plot.getValue());
        }
        var page = new DocsPage(rows);
        Files.writeString(
                file,
                text.substring(0, begin + BEGIN.length())
                        + "\n\n"
                        + page.figures(machine, List.copyOf(plots.keySet()))
                        + "\n"
                        + text.substring(end));
    }

    private static String plotOf(String workload) {
        return "benchmarks-" + workload.replace('_', '-') + ".svg";
    }

    private String figures(List<String> machine, List<String> scales) {
        var text = new StringBuilder("Measured on:\n\n");
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append('\n')
                .append(table(rows.stream().filter(row -> !isVariant(row)).toList()));
        text.append("\n![The same as a plot](benchmarks.svg)\n\n").append(misses());
        if (!scales.isEmpty()) {
            text.append("\n### What one more costs\n\n");
            text.append(table(rows.stream()
                    .filter(row -> scales.contains(row.getFirst().workload().program()))
                    .sorted(BY_SIZE)
                    .toList()));
            scales.forEach(name ->
                    text.append(String.format(Locale.ROOT, "%n![%s by their number](%s)%n", name, plotOf(name))));
        }
        return text.toString();
    }

    private static boolean isVariant(List<Figures> row) {
        return row.getFirst().workload().isVariant();
    }

    private String table(List<List<Figures>> shown) {
        var text = new StringBuilder("| workload | unit | ours, min | ours, median | target |");
        peers.forEach(peer -> text.append(' ').append(peer).append(" |"));
        text.append("\n| --- | --- | ---: | ---: | ---: |")
                .append(" ---: |".repeat(peers.size()))
                .append('\n');
        shown.forEach(row -> text.append(line(row)).append('\n'));
        return text.toString();
    }

    private String line(List<Figures> row) {
        var workload = row.getFirst().workload();
        var cells = new ArrayList<String>();
        cells.add('`' + workload.name() + '`');
        cells.add(workload.unit().toString());
        var ours = Report.ours(row);
        cells.add(ours.map(figures -> Report.number(figures.min())).orElse("-"));
        cells.add(ours.map(figures -> Report.number(figures.median())).orElse("-"));
        cells.add(ours.filter(figures -> figures.target().isPresent())
                .map(figures -> Report.number(figures.target().getAsDouble()) + (figures.isMet() ? " met" : " missed"))
                .orElse("-"));
        for (var peer : peers) {
            cells.add(row.stream()
                    .filter(figures -> figures.contestant().name().equals(peer))
                    .findFirst()
                    .map(figures -> Report.number(figures.min())
                            + ours.map(our -> String.format(Locale.ROOT, " (%.1f)", figures.ratioTo(our)))
                                    .orElse(""))
                    .orElse("-"));
        }
        return "| " + String.join(" | ", cells) + " |";
    }

    private String misses() {
        var withTarget = rows.stream()
                .flatMap(row -> Report.ours(row).stream())
                .filter(figures -> figures.target().isPresent())
                .count();
        var missed = Report.missed(rows);
        var text = new StringBuilder(
                String.format(Locale.ROOT, "%d of %d targets are met.", withTarget - missed.size(), withTarget));
        if (!missed.isEmpty()) {
            text.append(" Missed: ")
                    .append(String.join(
                            ", ", missed.stream().map(DocsPage::miss).toList()))
                    .append('.');
        }
        return text.append('\n').toString();
    }

    private static String miss(Figures figures) {
        var over = Math.round((figures.min() / figures.target().getAsDouble() - 1) * PERCENT);
        return '`' + figures.workload().name() + "` by " + over + " %";
    }
}
