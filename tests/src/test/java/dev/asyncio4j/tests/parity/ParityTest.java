package dev.asyncio4j.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every twin prints what CPython printed for its scenario, and every scenario has a twin.
 *
 * <p>{@code -Dparity.only=cancel-meets} runs the twins whose scenarios have that in their names, {@code -Dparity.runs=20}
 * each of them so often.
 */
class ParityTest {

    private static final String ONLY = System.getProperty("parity.only", "");
    private static final int RUNS = Integer.getInteger("parity.runs", 1);

    private static int ran;
    private static int agreed;

    private final Map<String, Scenario> scenarios;
    private final List<TwinMethod> twins;

    ParityTest() throws IOException, ReflectiveOperationException {
        scenarios = Scenario.all().stream().collect(Collectors.toMap(Scenario::name, Function.identity()));
        twins = Twins.all();
    }

    @TestFactory
    Stream<DynamicTest> everyTwin_whenRun_printsWhatItsScenarioPrints() {
        return twins.stream()
                .filter(twin -> twin.scenario().contains(ONLY))
                .map(twin -> dynamicTest(twin.scenario(), twin.source(), () -> runAndCompare(twin)));
    }

    private void runAndCompare(TwinMethod twin) throws InterruptedException {
        Scenario scenario = scenarios.get(twin.scenario());
        assertThat(scenario).as("%s names no scenario", twin).isNotNull();
        ran++;
        for (int run = 1; run <= RUNS; run++) {
            compare(scenario, twin, twin.run());
        }
        agreed++;
    }

    private static void compare(Scenario scenario, TwinMethod twin, List<String> printed) {
        if (scenario.differs().isEmpty()) {
            compareLines(twin, "CPython", scenario.expected(), printed);
            return;
        }
        compareLines(twin, "to be printed instead", twin.prints(), printed);
        assertThat(printed)
                .as("%s is to differ from CPython: %s", twin, scenario.differs().get())
                .isNotEqualTo(scenario.expected());
    }

    private static void compareLines(TwinMethod twin, String title, List<String> expected, List<String> printed) {
        if (!printed.equals(expected)) {
            fail(twin + " prints other lines\n\n" + SideBySide.of(title, expected, "asyncio4j", printed));
        }
    }

    @AfterAll
    static void report() {
        System.out.printf(
                "parity: %d of %d twins agree with CPython on the %s runtime%n", agreed, ran, Loops.runtimeName());
    }

    @Test
    void everyScenario_hasOneTwin() {
        assertThat(twins).extracting(TwinMethod::scenario).containsExactlyInAnyOrderElementsOf(scenarios.keySet());
    }

    @Test
    void everyTwin_thatHasItsOwnLines_belongsToAScenarioThatSaysWhy() {
        assertThat(twins)
                .allSatisfy(twin -> assertThat(twin.prints().isEmpty())
                        .as("%s has lines of its own", twin)
                        .isEqualTo(scenarios.get(twin.scenario()).differs().isEmpty()));
    }
}
