package dev.asyncio4j.benchmarks;

import dev.asyncio4j.Asyncio;
import java.time.Duration;

/** Time limits that are not reached. */
final class Limits {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Limits() {}

    static void timeout(int count) {
        for (var i = 0; i < count; i++) {
            Asyncio.timeout(LIMIT, () -> Asyncio.sleep(Duration.ZERO));
        }
    }

    static void waitFor(int count) {
        for (var i = 0; i < count; i++) {
            Asyncio.waitFor(Limits::yieldOnce, LIMIT);
        }
    }

    private static boolean yieldOnce() {
        return Asyncio.sleep(Duration.ZERO, true);
    }
}
