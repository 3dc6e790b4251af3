package dev.asyncio4j.tests.behaviour.storm;

import java.time.Duration;

/**
 * The storm with a million cancels, after small ones: a task that begins while its code is still interpreted goes on being
 * interpreted as long as it stays in its loop, and a stack with such frames is twice as dear to leave and to enter.
 */
final class LargeCancelStorm {

    private static final int REHEARSALS = 20;

    private LargeCancelStorm() {}

    public static void main(String[] arguments) {
        for (int seed = 0; seed < REHEARSALS; seed++) {
            CancelStorm.small(seed);
        }
        System.out.println(CancelStorm.run(42, 100_000, 1_000_000, Duration.ofSeconds(1)));
    }
}
