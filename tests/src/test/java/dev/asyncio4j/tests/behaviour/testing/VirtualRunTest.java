package dev.asyncio4j.tests.behaviour.testing;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.testing.PendingTasksError;
import dev.asyncio4j.testing.Trail;
import dev.asyncio4j.testing.UnhandledError;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeOptions;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VirtualRunTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Trail trail = new Trail();

    @Test
    void run_programThatReturns_returnsItsValue() {
        String value = VirtualTime.run(() -> sleep(HOUR, "done"));
        assertThat(value).isEqualTo("done");
    }

    @Test
    void run_programThatThrows_throwsTheSame() {
        var failure = new IOException("no");
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    sleep(HOUR);
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void run_insideALoop_isRefused() {
        assertThatThrownBy(() -> Asyncio.run(() -> VirtualTime.run(() -> sleep(HOUR))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void run_taskLeftPending_failsAndNamesItAndCancelsIt() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    createTask(this::sleepAndTell, TaskOptions.named("straggler"));
                }))
                .isInstanceOf(PendingTasksError.class)
                .hasMessageContaining("straggler")
                .hasMessageContaining("VirtualRunTest.sleepAndTell");
        trail.expect("begun", "ended");
    }

    private void sleepAndTell() {
        trail.step("begun");
        try {
            sleep(HOUR);
        } finally {
            trail.step("ended");
        }
    }

    @Test
    void run_taskLeftPendingThatMayBe_passes() {
        VirtualTime.run(
                () -> {
                    createTask(this::sleepAndTell);
                    sleep(Duration.ZERO);
                },
                VirtualTimeOptions.DEFAULT.withPendingTasksAllowed(true));
        trail.expect("begun", "ended");
    }

    @Test
    void run_taskThatEndsWithoutTimeGoingBy_isNotPending() {
        VirtualTime.run(() -> {
            createTask(() -> {
                for (int i = 0; i < 10; i++) {
                    sleep(Duration.ZERO);
                }
                trail.step("ended");
            });
        });
        trail.expect("ended");
    }

    @Test
    void run_taskThatWasCancelledAndNotAwaited_isNotPending() {
        VirtualTime.run(() -> {
            var sleeping = createTask(this::sleepAndTell);
            sleep(Duration.ZERO);
            sleeping.cancel();
        });
        trail.expect("begun", "ended");
    }

    @Test
    void run_callbackThatFails_failsAndTellsWhy() {
        var failure = new IllegalStateException("in a callback");
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    getRunningLoop().callSoon(() -> {
                        throw failure;
                    });
                    sleep(HOUR);
                }))
                .isInstanceOf(UnhandledError.class)
                .hasMessageContaining("an exception left a callback")
                .hasMessageContaining("in a callback")
                .hasCause(failure);
    }

    @Test
    void run_taskThatFailsUnobserved_fails() {
        var failure = new IllegalStateException("nobody looked");
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    createTask(() -> {
                        throw failure;
                    });
                    sleep(HOUR);
                }))
                .isInstanceOf(UnhandledError.class)
                .hasCause(failure);
    }

    @Test
    void run_programAndCallbackFail_throwsTheProgramsFailureWithTheOtherSuppressed() {
        var failure = new IllegalStateException("in the program");
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    getRunningLoop().callSoon(() -> {
                        throw new IllegalArgumentException("in a callback");
                    });
                    sleep(HOUR);
                    throw failure;
                }))
                .isSameAs(failure)
                .satisfies(e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(UnhandledError.class));
    }

    @Test
    void run_withAnExceptionHandlerOfItsOwn_leavesFailuresToIt() {
        VirtualTime.run(() -> {
            var loop = getRunningLoop();
            loop.setExceptionHandler((_, context) -> trail.step(context.message()));
            loop.callSoon(() -> {
                throw new IllegalStateException("handled");
            });
            sleep(HOUR);
        });
        trail.expect("an exception left a callback");
    }
}
