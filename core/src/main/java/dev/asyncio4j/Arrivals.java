package dev.asyncio4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Shuffles what has no order of its own among what has arrived together; the rest keeps its place. Sorted first, so that the
 * same seed gives the same order whichever thread was faster.
 */
final class Arrivals {

    private Arrivals() {}

    static void shuffle(List<ReadyEntry> arrived, RandomGenerator random) {
        int[] places = IntStream.range(0, arrived.size())
                .filter(place -> arrived.get(place).arrivalNumber() != 0)
                .toArray();
        var unordered = new ArrayList<ReadyEntry>(places.length);
        for (int place : places) {
            unordered.add(arrived.get(place));
        }
        unordered.sort(Comparator.comparingLong(ReadyEntry::arrivalNumber));
        for (int place : places) {
            arrived.set(place, unordered.remove(random.nextInt(unordered.size())));
        }
    }
}
