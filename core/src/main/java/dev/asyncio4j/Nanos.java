package dev.asyncio4j;

import java.time.Duration;

/** Turns durations into nanoseconds: {@code Duration} at the API, {@code long} inside. */
final class Nanos {

    /** Longer times count as this one: about a hundred years, so that sums of two do not overflow. */
    private static final long LONGEST = Long.MAX_VALUE / 3;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long LONGEST_SECONDS = LONGEST / NANOS_PER_SECOND;

    private Nanos() {}

    static long of(Duration duration) {
        return Math.clamp(duration.getSeconds(), -LONGEST_SECONDS, LONGEST_SECONDS) * NANOS_PER_SECOND
                + duration.getNano();
    }
}
