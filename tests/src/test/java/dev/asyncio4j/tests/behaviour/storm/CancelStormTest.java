package dev.asyncio4j.tests.behaviour.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million cancels over a hundred thousand tasks, in every kind of wait (CAN-1 to CAN-12). */
final class CancelStormTest {

    @Test
    @Tag("native")
    void aMillionCancels_overAHundredThousandTasks_loseNothing() {
        assertNothingIsLost(100_000, 1_000_000, Duration.ofMillis(100));
    }

    /** The same books on either runtime; smaller, since handing a baton costs more. */
    @Test
    void manyCancels_overManyTasks_loseNothing() {
        assertNothingIsLost(2_000, 20_000, Duration.ofMillis(1));
    }

    private static void assertNothingIsLost(int tasks, int cancels, Duration instant) {
        long begin = System.nanoTime();
        var storm = new CancelStorm(42, instant);
        CancelStorm.Outcome outcome = Asyncio.run(() -> storm.run(tasks, cancels));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf(
                "cancel storm: %,d cancels over %,d tasks in %,d ms: %s%n", cancels, tasks, took.toMillis(), outcome);
        assertThat(outcome.delivered()).isEqualTo(outcome.accepted());
        assertThat(outcome.itemsOut()).isEqualTo(outcome.itemsIn());
        assertThat(outcome.permits()).isEqualTo(50);
        assertThat(outcome.locked()).isFalse();
        assertThat(outcome.tasksLeft()).isZero();
    }
}
