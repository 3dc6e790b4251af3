package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which runtime a process uses, what it says about that, and what the portable one says of a coroutine that blocks. */
class RuntimeChoiceTest {

    private static final String FLAG = "--add-opens java.base/java.lang=ALL-UNNAMED";

    @Test
    void run_withoutTheFlag_usesThePortableRuntimeAndNamesTheFlagOnce() throws Exception {
        var outcome = ChildJvm.withoutFlags(Names.class).run();

        assertThat(outcome.out()).as(outcome.err()).isEqualTo("portable portable portable\n");
        assertThat(outcome.err().lines().filter(line -> line.contains(FLAG))).hasSize(1);
    }

    @Tag("native")
    @Test
    void run_withTheFlag_usesTheNativeRuntimeAndSaysNothing() throws Exception {
        var outcome = ChildJvm.of(Names.class).run();

        assertThat(outcome.out()).isEqualTo("native native native\n");
        assertThat(outcome.err()).isEmpty();
    }

    /** The choice is made once for the process; the caller's interrupt must not decide it. */
    @Tag("native")
    @Test
    void firstLoop_madeByAnInterruptedThread_isNativeAllTheSame() throws Exception {
        var outcome = ChildJvm.of(MadeInterrupted.class).run();

        assertThat(outcome.out()).as(outcome.err()).isEqualTo("native, flag true\n");
    }

    @Test
    void portable_coroutineThatBlocksWhileOthersAreReady_isReportedWithItsFrame() throws Exception {
        var outcome = ChildJvm.withoutFlags(BlocksWhileOthersAreReady.class).run();

        assertThat(outcome.out()).as(outcome.err()).isEqualTo("reported\n");
        assertThat(outcome.err())
                .contains("WARNING: task blocker has held the event loop")
                .contains("BlocksWhileOthersAreReady");
    }

    @Test
    void portable_coroutineThatBlocksWhileOthersSleep_isReportedWithItsFrame() throws Exception {
        var outcome = ChildJvm.withoutFlags(BlocksWhileOthersSleep.class).run();

        assertThat(outcome.out()).as(outcome.err()).isEqualTo("reported\n");
        assertThat(outcome.err()).contains("WARNING: task blocker has held the event loop");
    }

    /** Prints the runtime of a few loops. */
    static final class Names {

        private Names() {}

        public static void main(String[] arguments) {
            System.out.println(nameOfOne() + " " + nameOfOne() + " " + nameOfOne());
        }

        private static String nameOfOne() {
            return Asyncio.run(() -> ((BaseEventLoop) Asyncio.getRunningLoop()).runtimeName());
        }
    }

    /** Prints the runtime of a loop that was made with the interrupt flag set. */
    static final class MadeInterrupted {

        private MadeInterrupted() {}

        public static void main(String[] arguments) {
            Thread.currentThread().interrupt();
            try (var loop = new BaseEventLoop()) {
                System.out.println(loop.runtimeName() + ", flag " + Thread.interrupted());
            }
        }
    }

    /** Blocks, with another task ready, until the report has come. */
    static final class BlocksWhileOthersAreReady {

        private BlocksWhileOthersAreReady() {}

        public static void main(String[] arguments) throws InterruptedException {
            var reported = Reports.await();
            Asyncio.run(() -> {
                Asyncio.currentTask().orElseThrow().setName("blocker");
                Asyncio.createTask(() -> Asyncio.sleep(Duration.ZERO));
                System.out.println(reported.await(60, TimeUnit.SECONDS) ? "reported" : "not reported");
            });
        }
    }

    /** Blocks, with another task whose sleep is over meanwhile, until the report has come. */
    static final class BlocksWhileOthersSleep {

        private BlocksWhileOthersSleep() {}

        public static void main(String[] arguments) throws InterruptedException {
            var reported = Reports.await();
            Asyncio.run(() -> {
                Asyncio.currentTask().orElseThrow().setName("blocker");
                Asyncio.createTask(() -> Asyncio.sleep(Duration.ofMillis(10)));
                Asyncio.sleep(Duration.ofMillis(1));
                System.out.println(reported.await(20, TimeUnit.SECONDS) ? "reported" : "not reported");
            });
        }
    }

    private static final class Reports {

        /** Prints what is logged before it is told of: the process may end at once when it is. */
        static CountDownLatch await() {
            var reported = new CountDownLatch(1);
            LOGGER.setUseParentHandlers(false);
            LOGGER.addHandler(new java.util.logging.Handler() {
                @Override
                public void publish(java.util.logging.LogRecord record) {
                    System.err.println(record.getLevel() + ": " + record.getMessage());
                    if (record.getMessage().contains("has held the event loop")) {
                        reported.countDown();
                    }
                }

                @Override
                public void flush() {
                    // Nothing is held back.
                }

                @Override
                public void close() {
                    // Nothing is held.
                }
            });
            return reported;
        }

        private static final java.util.logging.Logger LOGGER = java.util.logging.Logger.getLogger("asyncio");
    }
}
