package dev.asyncio4j.tests.runtime;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.RunOptions;
import dev.asyncio4j.TaskOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the debug mode says of steps that take long. */
@Timeout(60)
class DebugModeTest {

    private static final RunOptions DEBUG = RunOptions.DEFAULT.withDebug(true);

    private final LogCapture log = new LogCapture();

    private List<String> slowSteps() {
        return log.messages().stream()
                .filter(message -> message.startsWith("a step of"))
                .toList();
    }

    /** Computes until the watchdog has noticed: it has looked at the stack by then. */
    private void computeUntilNoticed() {
        while (!log.saysThatTheLoopWasHeld() && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private static void debugging(Action<RuntimeException> body) {
        Asyncio.run(body.asCoroutine(), DEBUG);
    }

    @Test
    void stepThatTakesLong_isLoggedWithAFrameWhereItWasSeen() {
        try (log) {
            debugging(() -> {
                createTask(this::computeUntilNoticed, TaskOptions.named("busy"));
                sleep(Duration.ZERO);
                sleep(Duration.ofMillis(1));
            });
        }
        assertThat(slowSteps())
                .anySatisfy(message -> assertThat(message)
                        .matches("a step of task busy took \\d+ ms; it was seen at .*")
                        .containsPattern("LogCapture|DebugModeTest"));
    }

    @Test
    void callbackThatTakesLong_isLoggedWithAFrameWhereItWasSeen() {
        try (log) {
            debugging(() -> {
                getRunningLoop().callSoon(this::computeUntilNoticed);
                sleep(Duration.ZERO);
                sleep(Duration.ofMillis(1));
            });
        }
        assertThat(slowSteps()).anySatisfy(message -> assertThat(message).contains(" ms; it was seen at "));
    }

    @Test
    void stepThatEndsBeforeTheWatchdogLooks_isLoggedWithoutAFrame() {
        try (log) {
            debugging(() -> {
                getRunningLoop().slowCallbackDuration(Duration.ZERO);
                sleep(Duration.ZERO);
                getRunningLoop().slowCallbackDuration(Duration.ofHours(1));
                sleep(Duration.ofMillis(1));
            });
        }
        assertThat(slowSteps()).isNotEmpty();
        assertThat(slowSteps().getFirst())
                .startsWith("a step of ")
                .contains(" took ")
                .contains(" ms");
    }

    @Test
    void stepThatTakesLong_withoutDebugMode_isNotLogged() {
        try (log) {
            Asyncio.run(() -> {
                getRunningLoop().slowCallbackDuration(Duration.ZERO);
                sleep(Duration.ofMillis(1));
            });
        }
        assertThat(slowSteps()).isEmpty();
    }
}
