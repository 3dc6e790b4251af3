package dev.asyncio4j.tests.behaviour.root;

import dev.asyncio4j.tests.behaviour.root.CancellationCell.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The page of {@link CancellationCell}s: prose, then a table for every nesting, with a row for every cell. */
final class CancellationPage {

    /** What a row says if the second event comes when the block that it concerns has been left. */
    static final String LEFT_BEFORE = "left before";

    private static final Path FILE =
            Path.of(System.getProperty("asyncio4j.root")).resolve("docs/reference/cancellation.md");
    private static final String TITLE = "## ";

    private CancellationPage() {}

    /** Returns what the page says of each cell, by the cell's name. */
    static SequencedMap<String, String> rows() {
        var rows = new LinkedHashMap<String, String>();
        String title = "";
        for (String line : text().lines().toList()) {
            if (line.startsWith(TITLE)) {
                title = line.substring(TITLE.length());
            } else if (!title.isEmpty() && line.startsWith("| ") && !isHead(line)) {
                String[] row = line.substring(2, line.length() - 2).split(" \\| ", 2);
                rows.put(title + ": " + row[0], row[1]);
            }
        }
        return rows;
    }

    private static boolean isHead(String line) {
        return line.startsWith("| what fires |") || line.startsWith("| --- |");
    }

    /** Writes the tables anew, and leaves the prose before them as it is. */
    static void write(List<CancellationCell> cells, Function<CancellationCell, String> outcome) {
        String prose = text().split("(?m)^" + TITLE, 2)[0];
        String tables = cells.stream()
                .collect(Collectors.groupingBy(CancellationCell::nesting, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(table -> table(table, outcome))
                .collect(Collectors.joining("\n"));
        try {
            Files.writeString(FILE, prose + tables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table(List<CancellationCell> cells, Function<CancellationCell, String> outcome) {
        CancellationCell any = cells.getFirst();
        List<Block> nesting = any.nesting();
        Stream<String> left = IntStream.range(0, nesting.size())
                .map(i -> nesting.size() - 1 - i)
                .mapToObj(any::nameOf);
        String columns = left.map(name -> name + " | ").collect(Collectors.joining());
        String rule = "| --- ".repeat(nesting.size() + 4) + "|\n";
        return TITLE + any.title() + "\n\n| what fires | the work | " + columns + "`cancelling()` | next wait |\n"
                + rule
                + cells.stream()
                        .map(cell -> "| " + cell.row() + " | " + outcome.apply(cell) + " |\n")
                        .collect(Collectors.joining());
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
