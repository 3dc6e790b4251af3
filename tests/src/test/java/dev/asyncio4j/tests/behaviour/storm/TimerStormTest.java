package dev.asyncio4j.tests.behaviour.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A million timers of which one in a hundred is not cancelled, as with limits of time (R25). */
class TimerStormTest {

    private static final int TIMERS = 1_000_000;
    private static final int CANCELLED_OF_EACH_THAT_FIRES = 100;
    private static final long SPREAD_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int REAL_TIMERS = 100_000;
    private static final long REAL_SPREAD_NANOS = Duration.ofMillis(300).toNanos();

    /** When each timer that was not cancelled was due, and when it fired, in the order in which they did. */
    private record Fired(long due, long at) {}

    /** Sets so many timers, cancels most, and waits until the others have fired. */
    private static List<Fired> storm(int timers, long spreadNanos) {
        var loop = Asyncio.getRunningLoop();
        var random = new Random(25);
        var expected = timers / CANCELLED_OF_EACH_THAT_FIRES;
        var fired = new ArrayList<Fired>(expected);
        Future<Boolean> over = loop.createFuture();
        var base = loop.time().toNanos();
        for (int i = 0; i < timers; i++) {
            long due = base + (long) (random.nextDouble() * spreadNanos);
            var timer = loop.callAt(Duration.ofNanos(due), () -> {
                fired.add(new Fired(due, loop.time().toNanos()));
                if (fired.size() == expected) {
                    over.setResult(true);
                }
            });
            if (i % CANCELLED_OF_EACH_THAT_FIRES != 0) {
                timer.cancel();
            }
        }
        over.await();
        return fired;
    }

    @Test
    void aMillionTimers_mostOfThemCancelled_theOthersFireInOrderAndToTheNanosecond() throws Exception {
        VirtualTime.run(() -> {
            var fired = storm(TIMERS, SPREAD_NANOS);
            assertThat(fired).hasSize(TIMERS / CANCELLED_OF_EACH_THAT_FIRES).allMatch(one -> one.at() == one.due());
            assertThat(fired).isSortedAccordingTo((a, b) -> Long.compare(a.due(), b.due()));
        });
    }

    @Test
    void manyTimers_inRealTime_noneFiresEarly() {
        Asyncio.run(() -> {
            var fired = storm(REAL_TIMERS, REAL_SPREAD_NANOS);
            assertThat(fired).hasSize(REAL_TIMERS / CANCELLED_OF_EACH_THAT_FIRES);
            assertThat(fired).allMatch(one -> one.at() >= one.due(), "is not early");
        });
    }
}
