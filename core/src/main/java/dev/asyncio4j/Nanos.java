package dev.asyncio4j;

import java.time.Duration;

/** Turns durations into nanoseconds: {@code Duration} at the API, {@code long} inside. */
final class Nanos {

    /** Longer times count as this one: about a hundred years, so that sums of two do not overflow. */
    private static final long LONGEST = Long.MAX_VALUE / 3;

    private static final Duration LONGEST_DURATION = Duration.ofNanos(LONGEST);

    private Nanos() {}

    static long of(Duration duration) {
        if (duration.compareTo(LONGEST_DURATION) >= 0) {
            return LONGEST;
        }
        return duration.compareTo(LONGEST_DURATION.negated()) <= 0 ? -LONGEST : duration.toNanos();
    }
}
