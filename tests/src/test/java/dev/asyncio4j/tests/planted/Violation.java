package dev.asyncio4j.tests.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A fault to be planted into core.
 *
 * @param title the rule that it breaks, and how
 * @param file the source file, below {@link #SOURCES}
 * @param found the text that stands there once
 * @param planted what is put in its place
 * @param test the class that must fail
 * @param scenarios the part of the names of the scenarios to run, or empty
 */
record Violation(String title, String file, String found, String planted, String test, String scenarios) {

    static final Path ROOT = Path.of(System.getProperty("asyncio4j.root"));
    static final Path SOURCES = ROOT.resolve("core/src/main/java/dev/asyncio4j");
    static final Path LIST = ROOT.resolve("tests/planted/violations.txt");

    private static final String TESTS = "dev.asyncio4j.tests.";

    static List<Violation> all() throws IOException {
        return Arrays.stream(Files.readString(LIST).split("\n\n", -1))
                .filter(block -> !block.startsWith("#"))
                .map(Violation::parse)
                .toList();
    }

    private static Violation parse(String block) {
        List<String> lines = block.strip().lines().toList();
        String[] by = only(lines, "by ").split(" ", 2);
        return new Violation(
                lines.getFirst(),
                only(lines, "in "),
                String.join("\n", with(lines, "- ")),
                String.join("\n", with(lines, "+ ")),
                TESTS + by[0],
                by.length == 1 ? "" : by[1]);
    }

    private static String only(List<String> lines, String mark) {
        List<String> found = with(lines, mark);
        if (found.size() != 1) {
            throw new IllegalArgumentException("one line with '" + mark + "' is needed:\n" + String.join("\n", lines));
        }
        return found.getFirst();
    }

    private static List<String> with(List<String> lines, String mark) {
        var found = new ArrayList<String>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(mark)) {
                found.add(line.substring(mark.length()));
            }
        }
        return found;
    }

    /** The source with the fault in it. */
    String plantedSource() throws IOException {
        String source = Files.readString(SOURCES.resolve(file));
        int at = source.indexOf(found);
        if (found.isBlank() || at < 0 || source.indexOf(found, at + 1) >= 0) {
            throw new AssertionError(file + " must have these lines once; it was changed, so update "
                    + LIST.getFileName() + ":\n" + title + "\n" + found);
        }
        return source.substring(0, at) + planted + source.substring(at + found.length());
    }
}
