package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.asCompleted;
import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.timeout;
import static dev.asyncio4j.Asyncio.waitFor;
import static dev.asyncio4j.tests.behaviour.root.Scene.play;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Task;
import dev.asyncio4j.Timeout;
import dev.asyncio4j.TimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a time limit says when it was over: which one it was, and where. */
class TimeLimitMessagesTest {

    private static void expect(String message, Runnable body) {
        play(() -> assertThatThrownBy(body::run)
                .isInstanceOf(TimeoutException.class)
                .hasMessage(message));
    }

    @ParameterizedTest
    @CsvSource({
        "PT5S, 5 s",
        "PT1.5S, 1.5 s",
        "PT1M30S, 90 s",
        "PT24H, 86400 s",
        "PT0.1S, 100 ms",
        "PT0.0025S, 2.5 ms",
        "PT0.00003S, 30 µs",
        "PT0.000000007S, 7 ns",
        "PT4.9999996S, 5 s",
    })
    void timeout_thatIsOver_tellsItsLimit(Duration limit, String shown) {
        expect("the time limit of " + shown + " was over", () -> timeout(limit, () -> sleep(ofSeconds(1_000_000))));
    }

    @Test
    void timeout_thatIsOver_showsTheLineWhereItWasSet() {
        play(() -> assertThatThrownBy(() -> timeout(ofMillis(1), () -> sleep(ofSeconds(1))))
                .satisfies(e -> assertThat(e.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(TimeLimitMessagesTest.class.getName()))));
    }

    @Test
    void timeout_ofALimitThatIsNoTime_saysThatItWasOverAtOnce() {
        // TO-2
        expect("the time limit was over when it was set", () -> timeout(ZERO, () -> sleep(ofSeconds(1))));
        expect("the time limit was over when it was set", () -> timeout(ofSeconds(-1), () -> sleep(ofSeconds(1))));
    }

    @Test
    void timeout_untilAGivenTime_tellsHowFarThatWas() {
        expect("the time limit of 3 s was over", () -> {
            Duration when = getRunningLoop().time().plusSeconds(3);
            Timeout.runAt(when, _ -> sleep(ofSeconds(5)));
        });
    }

    @Test
    void timeout_thatWasRescheduled_tellsTheLimitThatWasSetLast() {
        // TO-10
        expect(
                "the time limit of 700 ms was over",
                () -> Timeout.run(ofSeconds(1), limit -> {
                    sleep(ofMillis(500));
                    limit.reschedule(getRunningLoop().time().plusMillis(700));
                    sleep(ofSeconds(5));
                }));
    }

    @Test
    void waitFor_thatIsOver_tellsItsLimit() {
        expect("the time limit of 2 s was over", () -> waitFor(() -> sleep(ofSeconds(5)), ofSeconds(2)));
        expect("the time limit of 20 ns was over", () -> waitFor(createTask(() -> sleep(ofSeconds(5))), ofNanos(20)));
    }

    @Test
    void waitFor_withoutTime_tellsWhatItWasGiven() {
        // WF-2
        expect("no time was given: the limit was -1.5 s", () -> waitFor(() -> sleep(ofSeconds(5)), ofMillis(-1_500)));
        expect("no time was given: the limit was 0 ns", () -> waitFor(createTask(() -> sleep(ofSeconds(5))), ZERO));
    }

    @Test
    void asCompleted_thatIsOver_tellsItsLimit() {
        expect("the time limit of 250 ms was over before all had ended", () -> {
            var late = createTask(() -> sleep(ofSeconds(5)));
            try {
                asCompleted(List.of(late), ofMillis(250)).forEach(Task::await);
            } finally {
                late.cancelAndWait();
            }
        });
    }
}
