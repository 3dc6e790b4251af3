package dev.asyncio4j;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Shuffles what has no order of its own among what has arrived together; the rest keeps its place. */
final class Arrivals {

    private Arrivals() {}

    static void shuffle(List<ReadyEntry> arrived, RandomGenerator random) {
        int[] unordered = IntStream.range(0, arrived.size())
                .filter(place -> arrived.get(place).isUnordered())
                .toArray();
        for (int left = unordered.length; left > 1; left--) {
            int chosen = unordered[random.nextInt(left)];
            int last = unordered[left - 1];
            ReadyEntry moved = arrived.get(last);
            arrived.set(last, arrived.get(chosen));
            arrived.set(chosen, moved);
        }
    }
}
