package dev.asyncio4j.benchmarks;

import static dev.asyncio4j.Asyncio.getRunningLoop;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** Many timers of which most are cancelled, as time limits are: how late do the others fire, and does none fire early? */
final class Lateness {

    private static final int CANCELLED_OF_EACH_THAT_FIRES = 100;
    private static final long FIRST_NANOS = 5_000_000_000L;
    private static final long SPREAD_NANOS = 3_000_000_000L;

    private final EventLoop loop = getRunningLoop();
    private final Future<Boolean> over = loop.createFuture();
    private final long[] late;
    private int fired;

    private Lateness(int count) {
        late = new long[count / CANCELLED_OF_EACH_THAT_FIRES];
    }

    /**
     * Sets so many timers and cancels all but one in a hundred.
     *
     * @return by how many nanoseconds the latest of a hundred is late
     */
    static long measure(int count) {
        return new Lateness(count).measureAll(count);
    }

    private long measureAll(int count) {
        var random = new Random(0);
        var base = loop.time().toNanos() + FIRST_NANOS;
        for (var i = 0; i < count; i++) {
            var when = base + (long) (random.nextDouble() * SPREAD_NANOS);
            var timer = loop.callAt(Duration.ofNanos(when), () -> fire(when));
            if (i % CANCELLED_OF_EACH_THAT_FIRES != 0) {
                timer.cancel();
            }
        }
        over.await();
        Arrays.sort(late);
        if (late[0] < 0) {
            throw new AssertionError("a timer fired " + -late[0] + " ns early");
        }
        return late[late.length * 99 / 100];
    }

    private void fire(long when) {
        late[fired++] = loop.time().toNanos() - when;
        if (fired == late.length) {
            over.setResult(true);
        }
    }
}
