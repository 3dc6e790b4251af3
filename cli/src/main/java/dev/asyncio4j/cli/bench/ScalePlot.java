package dev.asyncio4j.cli.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Draws what one more costs: a workload's variants from left to right, a line for each contestant, on logarithmic scales. */
public final class ScalePlot {

    private static final int LEFT = 70;
    private static final int TOP = 40;
    private static final int WIDTH = 520;
    private static final int HEIGHT = 300;
    private static final int LEGEND = 160;
    private static final int BOTTOM = 50;
    private static final int LINE_HEIGHT = 18;
    private static final int TEN = 10;

    private final Workload workload;
    private final Map<String, List<Figures>> lines = new LinkedHashMap<>();
    private final List<Integer> sizes;
    private final int firstDecade;
    private final int lastDecade;
    private final StringBuilder svg = new StringBuilder();

    private ScalePlot(List<Figures> figures) {
        workload = figures.getFirst().workload();
        var bySize = figures.stream()
                .sorted(Comparator.comparingInt(one -> one.workload().size()))
                .toList();
        for (var one : bySize) {
            lines.computeIfAbsent(one.contestant().name(), _ -> new ArrayList<>())
                    .add(one);
        }
        sizes = bySize.stream().map(one -> one.workload().size()).distinct().toList();
        var least = figures.stream().mapToDouble(Figures::min).min().orElse(1);
        var most = figures.stream().mapToDouble(Figures::min).max().orElse(1);
        firstDecade = (int) Math.floor(Math.log10(least));
        lastDecade = Math.max(firstDecade + 1, (int) Math.ceil(Math.log10(most)));
    }

    /**
     * Draws a plot for each workload of which there are several sizes.
     *
     * @param rows the figures of each workload
     * @return the text of an SVG file by the workload's name
     */
    public static Map<String, String> of(List<List<Figures>> rows) {
        var groups = new TreeMap<String, List<Figures>>();
        rows.stream()
                .flatMap(List::stream)
                .forEach(figures -> groups.computeIfAbsent(figures.workload().program(), _ -> new ArrayList<>())
                        .add(figures));
        var plots = new TreeMap<String, String>();
        groups.forEach((name, figures) -> {
            if (figures.stream().map(Figures::workload).distinct().count() > 1) {
                plots.put(name, new ScalePlot(figures).draw());
            }
        });
        return plots;
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                LEFT + WIDTH + LEGEND, TOP + HEIGHT + BOTTOM);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        add("<text x=\"10\" y=\"20\">%s: %s by their number</text>", workload.program(), workload.unit());
        for (var decade = firstDecade; decade <= lastDecade; decade++) {
            drawDecade(decade);
        }
        sizes.forEach(this::drawSize);
        var number = 0;
        for (var line : lines.entrySet()) {
            drawLine(line.getKey(), line.getValue(), number++);
        }
        add("</svg>");
        return svg.toString();
    }

    private void drawDecade(int decade) {
        var value = Math.pow(TEN, decade);
        add("<line x1=\"%d\" y1=\"%2$.1f\" x2=\"%3$d\" y2=\"%2$.1f\" stroke=\"#ccc\"/>", LEFT, y(value), LEFT + WIDTH);
        add(
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                LEFT - 6,
                y(value) + 4,
                value < 1 ? Double.toString(value) : String.format(Locale.ROOT, "%,.0f", value));
    }

    private void drawSize(int size) {
        add(
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                x(size), TOP + HEIGHT + 20, String.format(Locale.ROOT, "%,d", size));
    }

    private void drawLine(String name, List<Figures> figures, int number) {
        var colour = SvgPlot.colour(number);
        var isOurs = figures.getFirst().contestant().isOurs();
        var points = new StringBuilder();
        for (var one : figures) {
            var x = x(one.workload().size());
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(one.min())));
            add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y(one.min()), colour);
        }
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\"/>",
                points.toString().strip(), colour, isOurs ? 3 : 1);
        var y = TOP + 10 + number * LINE_HEIGHT;
        add("<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>", LEFT + WIDTH + 20, y, colour);
        add("<text x=\"%d\" y=\"%d\">%s</text>", LEFT + WIDTH + 30, y + 4, name);
    }

    private double x(int size) {
        var first = Math.log10(sizes.getFirst());
        var span = Math.log10(sizes.getLast()) - first;
        var margin = 30;
        return LEFT + margin + (WIDTH - 2 * margin) * (span == 0 ? 0 : (Math.log10(size) - first) / span);
    }

    private double y(double value) {
        return TOP + HEIGHT * (lastDecade - Math.log10(value)) / (lastDecade - firstDecade);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
