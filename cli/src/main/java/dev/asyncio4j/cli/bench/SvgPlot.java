package dev.asyncio4j.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Draws all rows but those of scale: for each workload, on a logarithmic scale, how many times our figure everybody else needs. */
public final class SvgPlot {

    private static final int LEFT = 200;
    private static final int TOP = 70;
    private static final int ROW_HEIGHT = 22;
    private static final int WIDTH = 760;
    private static final int RIGHT = 40;

    /** The scale goes from a tenth of ours to a thousand times ours. */
    private static final double LEAST = 0.1;

    private static final double DECADES = 4;

    private static final List<String> COLOURS = List.of(
            "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22",
            "#17becf");

    private final List<List<Figures>> rows;
    private final List<String> peers;
    private final StringBuilder svg = new StringBuilder();

    private SvgPlot(List<List<Figures>> rows) {
        this.rows = rows.stream()
                .filter(row -> Report.ours(row).isPresent()
                        && !row.getFirst().workload().isVariant())
                .toList();
        var names = new TreeSet<String>();
        this.rows.forEach(row -> row.stream()
                .filter(figures -> !figures.contestant().isOurs())
                .forEach(figures -> names.add(figures.contestant().name())));
        this.peers = new ArrayList<>(names);
    }

    /**
     * Draws the rows.
     *
     * @param rows the figures of each workload
     * @return the text of an SVG file
     */
    public static String of(List<List<Figures>> rows) {
        return new SvgPlot(rows).draw();
    }

    private String draw() {
        var height = TOP + rows.size() * ROW_HEIGHT + 20;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                LEFT + WIDTH + RIGHT, height);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        drawLegend();
        drawScale(height - 20);
        for (var i = 0; i < rows.size(); i++) {
            drawRow(rows.get(i), TOP + i * ROW_HEIGHT + ROW_HEIGHT / 2);
        }
        add("</svg>");
        return svg.toString();
    }

    private void drawLegend() {
        add("<text x=\"10\" y=\"18\">times our figure; bar: our target</text>");
        for (var i = 0; i < peers.size(); i++) {
            var x = LEFT + 10 + (i % 5) * 150;
            var y = 14 + (i / 5) * 18;
            add("<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>", x, y, colour(peers.get(i)));
            add("<text x=\"%d\" y=\"%d\">%s</text>", x + 10, y + 4, peers.get(i));
        }
    }

    private void drawScale(int bottom) {
        for (var ratio = LEAST; ratio <= LEAST * Math.pow(10, DECADES) * 1.01; ratio *= 10) {
            add(
                    "<line x1=\"%2$.1f\" y1=\"%1$d\" x2=\"%2$.1f\" y2=\"%3$d\" stroke=\"%4$s\"/>",
                    TOP - 6, x(ratio), bottom, Math.abs(ratio - 1) < LEAST ? "black" : "#ccc");
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(ratio), TOP - 10, ratio < 1 ? "0.1" : Long.toString(Math.round(ratio)));
        }
    }

    private void drawRow(List<Figures> row, int y) {
        var ours = Report.ours(row).orElseThrow();
        add("<text x=\"10\" y=\"%d\">%s</text>", y + 4, ours.workload().name());
        ours.target()
                .ifPresent(target -> add(
                        "<line x1=\"%2$.1f\" y1=\"%1$d\" x2=\"%2$.1f\" y2=\"%3$d\" stroke=\"black\" stroke-width=\"3\"/>",
                        y - 7, x(target / ours.min()), y + 7));
        for (var figures : row) {
            if (figures != ours) {
                add(
                        "<circle cx=\"%.1f\" cy=\"%d\" r=\"5\" fill=\"%s\" fill-opacity=\"0.8\"/>",
                        x(figures.ratioTo(ours)), y, colour(figures.contestant().name()));
            }
        }
    }

    private String colour(String peer) {
        return colour(peers.indexOf(peer));
    }

    static String colour(int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    private static double x(double ratio) {
        var decades = Math.log10(ratio / LEAST);
        return LEFT + WIDTH * Math.clamp(decades / DECADES, 0, 1);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
