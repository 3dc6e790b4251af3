package dev.asyncio4j.tests.behaviour.testing;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncio4j.testing.AsyncioExtension;
import dev.asyncio4j.testing.AsyncioTest;
import dev.asyncio4j.testing.DeadlockError;
import dev.asyncio4j.testing.PendingTasksError;
import dev.asyncio4j.testing.StandstillError;
import dev.asyncio4j.testing.UnhandledError;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class AsyncioExtensionTest {

    private static final String SAMPLES = "asyncio4j.samples";

    private static final Map<String, List<Class<?>>> OUTCOMES = new HashMap<>();

    @BeforeAll
    static void runTheSamples() {
        System.setProperty(SAMPLES, "run");
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Samples.class), selectClass(RepeatedSamples.class))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    OUTCOMES.merge(test.getDisplayName(), thrownBy(result), AsyncioExtensionTest::joined);
                }
            }
        });
    }

    private static List<Class<?>> thrownBy(TestExecutionResult result) {
        return result.getThrowable()
                .<List<Class<?>>>map(e -> List.of(e.getClass()))
                .orElse(List.of());
    }

    private static List<Class<?>> joined(List<Class<?>> one, List<Class<?>> other) {
        return other.isEmpty() ? one : other;
    }

    @AfterAll
    static void clear() {
        System.clearProperty(SAMPLES);
    }

    @EnabledIfSystemProperty(named = SAMPLES, matches = "run")
    static class Samples {

        @AsyncioTest
        void passes() {
            sleep(Duration.ofDays(1));
            assertThat(VirtualTime.elapsed()).isEqualTo(Duration.ofDays(1));
        }

        @AsyncioTest
        void fails() {
            throw new IllegalArgumentException("as it should");
        }

        @AsyncioTest
        void hangs() {
            getRunningLoop().createFuture().await();
        }

        @AsyncioTest
        void leavesATask() {
            createTask(() -> sleep(Duration.ofDays(1)));
        }

        @AsyncioTest(allowsPendingTasks = true)
        void mayLeaveATask() {
            createTask(() -> sleep(Duration.ofDays(1)));
        }

        @AsyncioTest
        void losesAnException() {
            getRunningLoop().callSoon(() -> {
                throw new IllegalArgumentException("lost");
            });
        }

        @AsyncioTest(standstillMillis = 50)
        void blocks() throws Exception {
            toThread(() -> new CountDownLatch(1).await());
        }
    }

    @EnabledIfSystemProperty(named = SAMPLES, matches = "run")
    static class RepeatedSamples {

        @RegisterExtension
        static final AsyncioExtension ASYNCIO =
                new AsyncioExtension(VirtualTimeOptions.DEFAULT.withPendingTasksAllowed(true));

        @RepeatedTest(value = 3, name = "repeated")
        void repeated() {
            createTask(() -> sleep(Duration.ofDays(1)));
            sleep(Duration.ofHours(1));
        }
    }

    @Test
    void testMethod_thatSleepsForADay_passes() {
        assertThat(OUTCOMES).containsEntry("passes()", List.of());
    }

    @Test
    void testMethod_thatThrows_failsWithTheSame() {
        assertThat(OUTCOMES).containsEntry("fails()", List.of(IllegalArgumentException.class));
    }

    @Test
    void testMethod_thatHangs_fails() {
        assertThat(OUTCOMES).containsEntry("hangs()", List.of(DeadlockError.class));
    }

    @Test
    void testMethod_thatLeavesATask_failsUnlessAllowed() {
        assertThat(OUTCOMES)
                .containsEntry("leavesATask()", List.of(PendingTasksError.class))
                .containsEntry("mayLeaveATask()", List.of());
    }

    @Test
    void testMethod_thatLosesAnException_fails() {
        assertThat(OUTCOMES).containsEntry("losesAnException()", List.of(UnhandledError.class));
    }

    @Test
    void testMethod_thatWaitsForTheOutsideTooLong_failsAfterItsOwnLimit() {
        assertThat(OUTCOMES).containsEntry("blocks()", List.of(StandstillError.class));
    }

    @Test
    void repeatedTest_underARegisteredExtension_runsInVirtualTimeWithItsOptions() {
        assertThat(OUTCOMES).containsEntry("repeated", List.of());
    }
}
