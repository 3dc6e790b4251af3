package dev.asyncio4j.tests.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs that are told to end while they have work: SG-2, RUN-5. Each prints how long it took. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShutdownUnderLoadTest {

    /**
     * How much longer than the grace a process may take, the end of its JVM included. The long tests allow 250 ms; a build on a
     * machine that is busy with something else shows that nobody waits for what never ends.
     */
    private static final Duration MARGIN = Duration.ofMillis(Long.getLong("asyncio4j.exitMarginMillis", 10_000));

    /** The machine may be busy with something else; a program that is slow itself is so every time. */
    private static final int ATTEMPTS = 6;

    private static final int CLIENTS = 8;
    private static final Pattern REPORT = Pattern.compile("begun (\\d+) answered (\\d+) cleanups (\\d+)");

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    /** A program that runs, and clients that never let it rest. */
    private final class Scene implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final int port;
        private final AtomicInteger received = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Thread> clients = new ArrayList<>();

        Scene(String mode) throws IOException {
            process = new ProcessBuilder(command(mode))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            started.add(process);
            out = process.inputReader(UTF_8);
            port = Integer.parseInt(out.readLine());
        }

        void load() {
            for (var i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofVirtual().start(this::ask));
            }
            while (received.get() < 10 * CLIENTS && process.isAlive()) {
                Thread.onSpinWait();
            }
        }

        private void ask() {
            while (!over.get()) {
                try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                    socket.getOutputStream().write("work\n".getBytes(UTF_8));
                    if (new String(socket.getInputStream().readAllBytes(), UTF_8).equals("done\n")) {
                        received.incrementAndGet();
                    }
                } catch (IOException ended) {
                    return;
                }
            }
        }

        void signal(String name) throws Exception {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        /** Returns how long the process lived on after something, such as a signal. */
        Duration timeToEnd(Callable<?> action) throws Exception {
            var start = System.nanoTime();
            action.call();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the end").isTrue();
            return Duration.ofNanos(System.nanoTime() - start);
        }

        /** Returns what the program counted: begun, answered, cleanups. */
        List<Integer> report() throws Exception {
            over.set(true);
            for (var client : clients) {
                client.join();
            }
            var text = String.join("\n", out.lines().toList());
            var report = REPORT.matcher(text);
            assertThat(report.find()).as(text).isTrue();
            assertThat(text).doesNotContain("too short");
            return List.of(
                    Integer.parseInt(report.group(1)),
                    Integer.parseInt(report.group(2)),
                    Integer.parseInt(report.group(3)));
        }

        @Override
        public void close() {
            process.destroyForcibly();
            over.set(true);
        }
    }

    private static List<String> command(String mode) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        var runtime = System.getProperty("asyncio4j.runtime", "native");
        if (runtime.equals("native")) {
            command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Dasyncio4j.runtime=" + runtime,
                "-Dasyncio4j.cancelOnTerm=true",
                "-Dasyncio4j.test.mode=" + mode,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ShutdownProgram.class.getName()));
        return command;
    }

    private interface Run {
        Duration once() throws Exception;
    }

    /** Repeats a scene until it ends in time; what else it checks must hold every time. */
    private static void inTime(String what, Duration grace, Run scene) throws Exception {
        var took = scene.once();
        for (var i = 1; i < ATTEMPTS && took.compareTo(grace.plus(MARGIN)) > 0; i++) {
            took = scene.once();
        }
        System.out.println(what + ": ended after " + took.toMillis() + " ms; grace " + grace.toMillis() + " ms");
        assertThat(took).as(what).isLessThanOrEqualTo(grace.plus(MARGIN));
    }

    @Test
    void sigterm_handledByAServerUnderLoad_losesNoAnswer() throws Exception {
        inTime("SIGTERM, handled", ShutdownProgram.GRACE, () -> {
            try (var scene = new Scene("graceful")) {
                scene.load();
                var took = scene.timeToEnd(() -> {
                    scene.signal("TERM");
                    return null;
                });
                var counts = scene.report();
                System.out.println("begun, answered, cleanups: " + counts + "; received: " + scene.received);
                assertThat(scene.process.exitValue()).isZero();
                assertThat(counts.get(1)).isEqualTo(counts.get(0)).isEqualTo(scene.received.get());
                assertThat(counts.get(2)).isEqualTo(counts.get(0));
                return took;
            }
        });
    }

    @Test
    void sigterm_byDefault_cancelsAll_andTheirCleanupBlocksRun() throws Exception {
        cancelled("TERM", 143);
    }

    @Test
    void ctrlC_cancelsAll_andTheirCleanupBlocksRun() throws Exception {
        cancelled("INT", 130);
    }

    private void cancelled(String signal, int exitCode) throws Exception {
        inTime("SIG" + signal, Duration.ZERO, () -> {
            try (var scene = new Scene("cancelled")) {
                scene.load();
                var took = scene.timeToEnd(() -> {
                    scene.signal(signal);
                    return null;
                });
                var counts = scene.report();
                System.out.println("begun, answered, cleanups: " + counts + "; received: " + scene.received);
                assertThat(scene.process.exitValue()).isEqualTo(exitCode);
                assertThat(scene.received.get()).isEqualTo(counts.get(1)); // no finished response is lost
                assertThat(counts.get(2)).isEqualTo(counts.get(0));
                return took;
            }
        });
    }

    @Test
    void ctrlC_aSecondTime_endsWhatRefusesToEnd() throws Exception {
        inTime("Ctrl-C twice", Duration.ZERO, () -> {
            try (var scene = new Scene("stubborn")) {
                scene.signal("INT");
                assertThat(scene.out.readLine()).isEqualTo("never");
                var took = scene.timeToEnd(() -> {
                    scene.signal("INT");
                    return null;
                });
                assertThat(scene.process.exitValue()).isEqualTo(130);
                return took;
            }
        });
    }

    @Test
    void sigterm_withAStuckJob_endsAfterTheGrace() throws Exception {
        inTime("SIGTERM, a job that is stuck", ShutdownProgram.GRACE, () -> {
            try (var scene = new Scene("stuck-job")) {
                var took = scene.timeToEnd(() -> {
                    scene.signal("TERM");
                    return null;
                });
                assertThat(scene.process.exitValue()).isEqualTo(143);
                assertThat(scene.report().get(2)).isEqualTo(1);
                return took;
            }
        });
    }
}
