package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.tests.behaviour.root.Scene.after;
import static dev.asyncio4j.tests.behaviour.root.Scene.begun;
import static dev.asyncio4j.tests.behaviour.root.Scene.play;
import static dev.asyncio4j.tests.behaviour.root.Scene.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Outcome;
import dev.asyncio4j.Task;
import dev.asyncio4j.tests.behaviour.root.Scene.Boom;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** CAN-14. */
class CancelAndWaitTest {

    private final Scene scene = new Scene();

    private String forever(int cleanupTurns) {
        scene.untilCancelled("target", cleanupTurns);
        return "never";
    }

    @Test
    void cancelAndWait_runningTask_returnsWhenItHasCleanedUp() {
        play(() -> {
            Task<String> target = begun(() -> forever(3));
            Outcome<String> outcome = target.cancelAndWait("enough");
            scene.say("after");
            assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
            assertThat(((Outcome.Cancelled<String>) outcome).error()).hasMessage("enough");
            assertThat(target.cancelled()).isTrue();
        });
        assertThat(scene.trail()).containsExactly("target starts", "target cancelled enough", "target ends", "after");
    }

    @Test
    void cancelAndWait_taskThatHasNotBegun_runsNoLineOfIt() {
        // CAN-5
        play(() -> assertThat(createTask(() -> forever(0)).cancelAndWait()).isInstanceOf(Outcome.Cancelled.class));
        assertThat(scene.trail()).isEmpty();
    }

    @Test
    void cancelAndWait_taskThatReturnsNevertheless_givesItsValue() {
        // CAN-7
        play(() -> {
            Task<String> target = begun(() -> {
                try {
                    return forever(0);
                } catch (CancelledError e) {
                    return "stubborn";
                }
            });
            assertThat(target.cancelAndWait()).isEqualTo(new Outcome.Success<>("stubborn"));
        });
    }

    @Test
    void cancelAndWait_taskThatFailsMeanwhile_givesTheFailure() {
        play(() -> {
            Task<String> target = begun(() -> {
                try {
                    return forever(0);
                } finally {
                    throwBoom();
                }
            });
            var outcome = (Outcome.Failure<String>) target.cancelAndWait();
            assertThat(outcome.exception()).isInstanceOf(Boom.class);
        });
    }

    private static void throwBoom() throws Boom {
        throw new Boom("cleanup");
    }

    @Test
    void cancelAndWait_doneTask_givesItsValueWithoutSuspending() {
        // FUT-6
        play(() -> {
            Task<String> target = begun(() -> "value");
            turns(1);
            Outcome<String> outcome = Asyncio.atomically(() -> target.cancelAndWait());
            assertThat(outcome).isEqualTo(new Outcome.Success<>("value"));
        });
    }

    @Test
    void cancelAndWait_callerCancelledWhileTheTargetCleansUp_throwsAndTheTargetEndsInItsTime() {
        play(() -> {
            Task<String> target = begun(() -> forever(6));
            Task<Outcome<String>> caller = begun(() -> target.cancelAndWait());
            caller.cancel("mine");
            turns(2);
            assertThat(caller.cancelled()).isTrue();
            assertThatThrownBy(caller::result).hasMessage("mine");
            assertThat(target.done()).isFalse();
            assertThat(target.cancelling()).isEqualTo(1);
            turns(6);
            assertThat(target.cancelled()).isTrue();
        });
    }

    @Test
    void cancelAndWait_bothCancelledInOneIteration_isTheCallersCancellation() {
        // CAN-4
        play(() -> {
            Task<String> target = begun(() -> forever(0));
            Task<Outcome<String>> caller = createTask(() -> target.cancelAndWait());
            target.addDoneCallback(_ -> caller.cancel("mine"));
            turns(4);
            assertThatThrownBy(caller::result)
                    .isInstanceOf(CancelledError.class)
                    .hasMessage("mine");
        });
    }

    @Test
    void cancelAndWait_twoAtATime_bothGetTheOutcome() {
        play(() -> {
            Task<String> target = begun(() -> forever(2));
            var a = createTask(() -> target.cancelAndWait());
            var b = createTask(() -> target.cancelAndWait());
            assertThat(Asyncio.gather(a, b)).allMatch(outcome -> outcome instanceof Outcome.Cancelled);
        });
    }

    @Test
    void cancelAndWait_onItself_isRefused() {
        play(() -> {
            Task<?> own = Asyncio.currentTask().orElseThrow();
            assertThatThrownBy(own::cancelAndWait)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("its own end");
            assertThat(own.cancelling()).isZero();
        });
    }

    @Test
    void cancelAndWait_inACallback_isRefused() {
        play(() -> {
            Task<String> target = begun(() -> after(3, "unharmed"));
            var thrown = new ArrayList<Throwable>();
            getRunningLoop().callSoon(() -> thrown.add(catchThrowable(target::cancelAndWait)));
            turns(1);
            assertThat(thrown).singleElement().isInstanceOf(IllegalStateException.class);
            assertThat(target.await()).isEqualTo("unharmed");
        });
    }
}
