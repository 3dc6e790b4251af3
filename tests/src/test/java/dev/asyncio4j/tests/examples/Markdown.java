package dev.asyncio4j.tests.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A page of documentation: its fenced blocks, its links, its headings. */
final class Markdown {

    private static final Pattern FENCE = Pattern.compile("(```+)([a-z]*)");
    private static final Pattern SOURCE = Pattern.compile("<!-- (\\S+) -->");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#+ (.*)");
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");

    private final Path file;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private final List<String> anchors = new ArrayList<>();

    /** A fenced block; its source is what the comment on the line above names, or empty. */
    record Block(int line, String language, String source, String text) {}

    private Markdown(Path file) {
        this.file = file;
    }

    static Markdown read(Path file) throws IOException {
        var page = new Markdown(file);
        page.read(Files.readAllLines(file));
        return page;
    }

    private void read(List<String> lines) {
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var fence = FENCE.matcher(line);
            if (fence.matches()) {
                i = readBlock(lines, i, fence.group(1), fence.group(2));
            } else {
                readProse(line);
            }
        }
    }

    /** Reads a block; returns the index of its last line. */
    private int readBlock(List<String> lines, int first, String fence, String language) {
        var last = first + 1;
        while (!lines.get(last).equals(fence)) {
            last++;
        }
        var above = SOURCE.matcher(first == 0 ? "" : lines.get(first - 1));
        var text = String.join("\n", lines.subList(first + 1, last));
        blocks.add(new Block(first + 1, language, above.matches() ? above.group(1) : "", text));
        return last;
    }

    private void readProse(String line) {
        LINK.matcher(CODE_SPAN.matcher(line).replaceAll("")).results().forEach(link -> links.add(link.group(1)));
        var heading = HEADING.matcher(line);
        if (heading.matches()) {
            anchors.add(anchor(heading.group(1)));
        }
    }

    /** Names a heading as the usual viewers do. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

    Path file() {
        return file;
    }

    List<Block> blocks() {
        return blocks;
    }

    List<String> links() {
        return links;
    }

    List<String> anchors() {
        return anchors;
    }
}
