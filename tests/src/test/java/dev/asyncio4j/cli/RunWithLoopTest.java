package dev.asyncio4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs with an event loop: how they end, and that reading standard input does not hold it. */
@Tag("native") // the launcher has one way to start a program, whatever runtime this suite is on
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunWithLoopTest {

    private static final String HEAD = """
            import dev.asyncio4j.*;
            import java.time.Duration;
            import static dev.asyncio4j.Asyncio.*;
            """;

    @TempDir
    Path folder;

    private LauncherProcess launcher;
    private Process process;

    @BeforeEach
    void createLauncher() {
        launcher = new LauncherProcess(folder);
    }

    @AfterEach
    void endProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void run_programWithTasks_runs() throws Exception {
        program("""
                void main() {
                    IO.println(run(() -> gather(() -> sleep(Duration.ZERO, 1), () -> sleep(Duration.ZERO, 2))));
                }
                """);
        assertThat(launcher.launch("run", "Loop.java")).isEqualTo(new LauncherProcess.Outcome(0, "[1, 2]\n", ""));
    }

    /* ./asyncio runs it after each build, and nobody would see it fail: starts would only be slower. */
    @Test
    void run_trainingProgramOfTheLauncher_succeeds() throws Exception {
        var training = Path.of(System.getProperty("asyncio4j.root"), "cli/src/main/launcher/Training.java");
        assertThat(launcher.launch("run", training.toString()))
                .isEqualTo(new LauncherProcess.Outcome(0, "task\ntimeout\nhello\n\n", ""));
    }

    @Test
    void run_exitError_givesItsCodeAndPrintsNothing() throws Exception {
        program("void main() { run(() -> { throw new ExitError(42); }); }");
        assertThat(launcher.launch("run", "Loop.java")).isEqualTo(new LauncherProcess.Outcome(42, "", ""));
    }

    @Test
    void run_exceptionOfACoroutine_printsNoFrameOfTheLauncher() throws Exception {
        program("void main() { run(() -> { throw new IllegalStateException(\"inside\"); }); }");
        var outcome = launcher.launch("run", "Loop.java");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("Exception in thread \"main\" java.lang.IllegalStateException: inside\n\tat Loop.")
                .doesNotContain("dev.asyncio4j.cli");
    }

    @Test
    void systemIn_readInATask_leavesTheLoopToOthers() throws Exception {
        program("""
                void main() {
                    run(() -> {
                        var line = createTask(() -> IO.readln());
                        for (var i = 0; i < 3; i++) {
                            sleep(Duration.ZERO);
                            IO.println("tick");
                        }
                        IO.println("read " + line.await());
                    });
                }
                """);
        var out = start();
        for (var i = 0; i < 3; i++) {
            assertThat(out.readLine()).isEqualTo("tick");
        }
        write("a line\n");
        assertThat(out.readLine()).isEqualTo("read a line");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void systemIn_readerCancelled_losesNothing() throws Exception {
        program("""
                void main() throws Exception {
                    run(() -> {
                        var first = createTask(() -> System.in.read());
                        sleep(Duration.ZERO);
                        first.cancel();
                        try {
                            first.await();
                        } catch (CancelledError expected) {
                            IO.println("cancelled");
                        }
                        IO.println("then " + new String(System.in.readAllBytes()));
                    });
                }
                """);
        var out = start();
        assertThat(out.readLine()).isEqualTo("cancelled");
        write("everything");
        process.getOutputStream().close();
        assertThat(out.readLine()).isEqualTo("then everything");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void systemIn_readInsideAndAfterTheLoop_goesOnWhereItWas() throws Exception {
        program("""
                void main() throws Exception {
                    IO.println((char) System.in.read());
                    run(() -> IO.println((char) System.in.read()));
                    IO.println((char) System.in.read());
                    run(() -> IO.println(System.in.read()));
                }
                """);
        assertThat(launcher.withInput("abc").launch("run", "Loop.java").out()).isEqualTo("a\nb\nc\n-1\n");
    }

    @Test
    void ctrlC_onceWhileTheLoopRuns_cleansUpAndEndsWith130() throws Exception {
        assumeFalse(interruptsAreIgnored(), "started in the background: SIGINT is ignored here, and so by children");
        program("""
                void main() {
                    run(() -> {
                        try {
                            IO.println("ready");
                            sleep(Duration.ofDays(1));
                        } finally {
                            sleep(Duration.ZERO);
                            IO.println("cleaned up");
                        }
                    });
                }
                """);
        var out = start();
        assertThat(out.readLine()).isEqualTo("ready");
        interrupt();
        assertThat(out.readLine()).isEqualTo("cleaned up");
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(process.errorReader(StandardCharsets.UTF_8).readLine()).isNull();
    }

    @Test
    void ctrlC_programWithoutALoop_endsWith130() throws Exception {
        assumeFalse(interruptsAreIgnored(), "started in the background: SIGINT is ignored here, and so by children");
        program("void main() throws Exception { IO.println(\"ready\"); Thread.currentThread().join(); }");
        var out = start();
        assertThat(out.readLine()).isEqualTo("ready");
        interrupt();
        assertThat(process.waitFor()).isEqualTo(130);
    }

    private void program(String text) throws IOException {
        launcher.file("Loop.java", HEAD + text);
    }

    private BufferedReader start() throws IOException {
        process = launcher.builder("run", "Loop.java").start();
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private void write(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    private void interrupt() throws Exception {
        var kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /* A shell that starts this suite with & and no job control has it ignore Ctrl-C, and so does a JVM it starts. */
    private static boolean interruptsAreIgnored() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        var ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) & 0b10) != 0;
    }
}
