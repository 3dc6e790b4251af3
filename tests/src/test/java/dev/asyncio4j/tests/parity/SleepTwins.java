package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.run;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import java.time.Duration;
import java.util.List;

/** Twins of the {@code sleep-…} scenarios. */
final class SleepTwins {

    private SleepTwins() {}

    @Twin("sleep-order-and-cancel")
    static void orderAndCancel(Trace out) {
        run(() -> {
            var slow = createTask(() -> sleeper(out, "an hour", ofHours(1)));
            var b = createTask(() -> sleeper(out, "b", ofMillis(15)));
            var a = createTask(() -> sleeper(out, "a", ofMillis(1)));
            var c = createTask(() -> sleeper(out, "c", ofMillis(30)));
            sleep(ZERO);
            slow.cancel();
            Asyncio.wait(List.of(b, a, c, slow));
            out.print("an hour was cancelled:", slow.cancelled());
        });
    }

    private static void sleeper(Trace out, String name, Duration delay) {
        try {
            out.print(sleep(delay, name), "woke");
        } catch (CancelledError e) {
            out.print(name, "cancelled");
            throw e;
        }
    }

    @Twin("sleep-zero-and-negative-yield-once")
    static void zeroAndNegative(Trace out) {
        run(() -> {
            gather(() -> sleepTwice(out, "a", ZERO), () -> sleepTwice(out, "b", ofSeconds(-1)));
        });
    }

    private static Void sleepTwice(Trace out, String name, Duration delay) {
        for (int n = 0; n < 2; n++) {
            out.print(name, n);
            out.print(name, sleep(delay, "slept"));
        }
        return null;
    }
}
