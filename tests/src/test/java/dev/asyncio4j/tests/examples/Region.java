package dev.asyncio4j.tests.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A part of a source file, between {@code // @start region="name"} and {@code // @end}, or all of it. */
final class Region {

    private Region() {}

    /**
     * Returns the text of a region, without the indentation that all its lines have.
     *
     * @param root where paths begin
     * @param name {@code path/of/File.java#region}, or a path alone for a whole file
     */
    static String text(Path root, String name) throws IOException {
        var parts = name.split("#", 2);
        var file = root.resolve(parts[0]);
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + parts[0]);
        }
        var lines = Files.readAllLines(file);
        return (parts.length == 1 ? whole(lines) : region(lines, parts[1], name)).stripIndent();
    }

    private static String whole(List<String> lines) {
        return lines.stream().filter(line -> !isMarker(line)).collect(Collectors.joining("\n"));
    }

    private static String region(List<String> lines, String wanted, String name) throws IOException {
        var start = lines.stream().map(String::strip).toList().indexOf("// @start region=\"" + wanted + "\"");
        if (start < 0) {
            throw new IOException("there is no region " + name);
        }
        var found = new ArrayList<String>();
        for (var line : lines.subList(start + 1, lines.size())) {
            if (line.strip().equals("// @end")) {
                return String.join("\n", found);
            }
            found.add(line);
        }
        throw new IOException("the region " + name + " has no end");
    }

    private static boolean isMarker(String line) {
        return line.strip().startsWith("// @start ") || line.strip().equals("// @end");
    }
}
