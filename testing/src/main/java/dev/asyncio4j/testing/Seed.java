package dev.asyncio4j.testing;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The door of chance: random numbers come from a seed that the test names, so that they come again. */
final class Seed {

    private Seed() {}

    static RandomGenerator random(long seed) {
        return new SplittableRandom(seed);
    }
}
