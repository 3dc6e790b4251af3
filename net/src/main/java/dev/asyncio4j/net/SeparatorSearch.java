package dev.asyncio4j.net;

import java.util.Arrays;
import java.util.Comparator;

/** Looks for the first of some separators in bytes that become more; never looks at a place twice. */
final class SeparatorSearch {
    private final byte[][] separators; // shortest first
    private int searched;
    private int matchStart = -1;
    private int matchEnd = -1;

    SeparatorSearch(byte[]... separators) {
        if (separators.length == 0) {
            throw new IllegalArgumentException("need a separator to read up to");
        }
        this.separators = separators.length == 1 ? separators : sorted(separators);
        if (this.separators[0].length == 0) {
            throw new IllegalArgumentException("a separator must have a byte at least");
        }
    }

    private static byte[][] sorted(byte[][] separators) {
        var copy = separators.clone();
        Arrays.sort(copy, Comparator.comparingInt(separator -> separator.length));
        return copy;
    }

    /**
     * Looks in what has not been looked at before.
     *
     * @param bytes the array
     * @param start where the bytes begin
     * @param end where they end
     * @return true if there is a separator
     */
    boolean find(byte[] bytes, int start, int end) {
        var length = end - start;
        var bestEnd = Integer.MAX_VALUE;
        for (var separator : separators) {
            var at = indexOf(
                    separator, bytes, start + Math.min(searched, length), Math.min(end, lastEnd(start, bestEnd)));
            if (at >= 0 && at - start + separator.length < bestEnd) {
                matchStart = at - start;
                bestEnd = matchStart + separator.length;
            }
        }
        if (bestEnd != Integer.MAX_VALUE) {
            matchEnd = bestEnd;
            return true;
        }
        var longest = separators[separators.length - 1].length;
        searched = Math.max(searched, length + 1 - longest);
        return false;
    }

    private static int lastEnd(int start, int bestEnd) {
        return bestEnd == Integer.MAX_VALUE ? Integer.MAX_VALUE : start + bestEnd;
    }

    private static int indexOf(byte[] separator, byte[] bytes, int from, int end) {
        var first = separator[0];
        for (var i = from; i <= end - separator.length; i++) {
            if (bytes[i] == first && matches(separator, bytes, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] separator, byte[] bytes, int at) {
        return separator.length == 1 || Arrays.equals(separator, 0, separator.length, bytes, at, at + separator.length);
    }

    /** Returns how many bytes at the front cannot be part of a separator. */
    int searched() {
        return searched;
    }

    int matchStart() {
        return matchStart;
    }

    int matchEnd() {
        return matchEnd;
    }
}
