package dev.asyncio4j.tests.parity;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Two lists of lines in columns, those that differ marked. */
final class SideBySide {

    private SideBySide() {}

    static String of(String leftTitle, List<String> left, String rightTitle, List<String> right) {
        int width = Math.max(leftTitle.length(), longest(left));
        return row(leftTitle, ' ', rightTitle, width)
                + IntStream.range(0, Math.max(left.size(), right.size()))
                        .mapToObj(i -> row(left, right, i, width))
                        .collect(Collectors.joining());
    }

    private static String row(List<String> left, List<String> right, int i, int width) {
        String a = i < left.size() ? left.get(i) : "";
        String b = i < right.size() ? right.get(i) : "";
        boolean same = a.equals(b) && i < left.size() && i < right.size();
        return row(a, same ? ' ' : '!', b, width);
    }

    private static String row(String left, char mark, String right, int width) {
        return ("%-" + width + "s %c %s").formatted(left, mark, right).stripTrailing() + "\n";
    }

    private static int longest(List<String> lines) {
        return lines.stream().mapToInt(String::length).max().orElse(1);
    }
}
