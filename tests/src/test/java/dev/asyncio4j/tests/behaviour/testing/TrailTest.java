package dev.asyncio4j.tests.behaviour.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.testing.Trail;
import org.junit.jupiter.api.Test;

class TrailTest {

    private final Trail trail = new Trail();

    @Test
    void expect_theSameSteps_passes() {
        trail.expect();
        trail.step("a");
        trail.step("b");
        trail.expect("a", "b");
    }

    @Test
    void expect_anotherOrder_namesTheFirstStepThatDiffers() {
        trail.step("a");
        trail.step("b");
        trail.step("c");
        assertThatThrownBy(() -> trail.expect("a", "c", "b"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("differs at step 2")
                .hasMessageContaining("[a, c, b]")
                .hasMessageContaining("[a, b, c]");
    }

    @Test
    void expect_oneStepMore_namesTheMissingOne() {
        trail.step("a");
        assertThatThrownBy(() -> trail.expect("a", "b")).hasMessageContaining("differs at step 2");
    }

    @Test
    void timedStep_outsideALoop_isRefused() {
        assertThatThrownBy(() -> trail.timedStep("x")).isInstanceOf(IllegalStateException.class);
    }
}
