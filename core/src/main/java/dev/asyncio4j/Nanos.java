package dev.asyncio4j;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Turns durations into nanoseconds: {@code Duration} at the API, {@code long} inside. */
final class Nanos {

    /** Longer times count as this one: about a hundred years, so that sums of two do not overflow. */
    private static final long LONGEST = Long.MAX_VALUE / 3;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int DECIMALS = 3;
    private static final long LONGEST_SECONDS = LONGEST / NANOS_PER_SECOND;

    private Nanos() {}

    static long of(Duration duration) {
        return Math.clamp(duration.getSeconds(), -LONGEST_SECONDS, LONGEST_SECONDS) * NANOS_PER_SECOND
                + duration.getNano();
    }

    /** A duration for a message: in the largest unit that it fills, with up to three decimals. */
    static String shown(Duration duration) {
        return shown(of(duration));
    }

    static String shown(long nanos) {
        long size = Math.abs(nanos);
        if (size >= NANOS_PER_SECOND) {
            return inUnits(nanos, NANOS_PER_SECOND) + " s";
        }
        if (size >= NANOS_PER_MILLI) {
            return inUnits(nanos, NANOS_PER_MILLI) + " ms";
        }
        return size >= NANOS_PER_MICRO ? inUnits(nanos, NANOS_PER_MICRO) + " µs" : nanos + " ns";
    }

    private static String inUnits(long nanos, long unit) {
        BigDecimal number =
                BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit), DECIMALS, RoundingMode.HALF_EVEN);
        return number.stripTrailingZeros().toPlainString();
    }
}
