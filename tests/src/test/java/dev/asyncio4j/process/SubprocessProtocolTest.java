package dev.asyncio4j.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.net.Protocol;
import dev.asyncio4j.net.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Child processes that call protocols, besides what their parity scenarios show: SP-2, SP-5, SP-7. */
@Timeout(60)
class SubprocessProtocolTest {

    /** Notes what it hears. */
    private static class Recorder implements SubprocessProtocol {
        final List<String> trail = new ArrayList<>();
        final Map<Integer, ByteArrayOutputStream> received =
                Map.of(1, new ByteArrayOutputStream(), 2, new ByteArrayOutputStream());
        final Future<Boolean> exited = Asyncio.getRunningLoop().createFuture();
        final Future<Boolean> lost = Asyncio.getRunningLoop().createFuture();
        private @Nullable SubprocessTransport transport;

        SubprocessTransport transport() {
            return Objects.requireNonNull(transport);
        }

        String text(int fd) {
            return Objects.requireNonNull(received.get(fd)).toString(UTF_8);
        }

        @Override
        public void connectionMade(SubprocessTransport made) throws Exception {
            transport = made;
            trail.add("made");
        }

        @Override
        public void pipeDataReceived(int fd, byte[] data) throws Exception {
            Objects.requireNonNull(received.get(fd)).writeBytes(data);
        }

        @Override
        public void pipeConnectionLost(int fd, @Nullable Throwable cause) {
            trail.add(
                    "lost " + fd + (cause == null ? "" : ": " + cause.getClass().getSimpleName()));
        }

        @Override
        public void processExited() {
            trail.add("exited");
            exited.setResult(true);
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            trail.add("lost");
            lost.setResult(true);
        }

        @Override
        public void pauseWriting() {
            trail.add("pause");
        }

        @Override
        public void resumeWriting() {
            trail.add("resume");
        }
    }

    private static Recorder shell(String command) throws IOException {
        return Subprocesses.subprocessShell(Recorder::new, command).protocol();
    }

    /** Waits until something is so that nobody tells of. */
    private static void waitUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Asyncio.sleep(Duration.ofMillis(1));
        }
    }

    /** SP-2: with pipes of our own, and with those of the JDK. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void muchOutput_onBothPipes_isWholeBeforeTheEnd(boolean ownPipes) throws IOException {
        Asyncio.run(() -> {
            var command = List.of("sh", "-c", "head -c 300000 /dev/zero; head -c 200000 /dev/zero >&2; exit 7");
            var child = Subprocesses.start(Recorder::new, command, SubprocessOptions.PIPES, ownPipes)
                    .protocol();
            child.lost.await();
            assertThat(child.text(1)).hasSize(300_000);
            assertThat(child.text(2)).hasSize(200_000);
            assertThat(child.transport().getReturncode()).hasValue(7);
            assertThat(child.trail)
                    .startsWith("made")
                    .endsWith("lost")
                    .contains("exited", "lost 0", "lost 1", "lost 2");
            assertThat(child.trail).hasSize(6);
        });
    }

    /** SP-2: a process that ends at once is heard of after connectionMade. */
    @Test
    void processThatEndsAtOnce_isMadeFirst() throws IOException {
        Asyncio.run(() -> {
            for (int i = 0; i < 20; i++) {
                var child = shell("echo quick");
                child.lost.await();
                assertThat(child.trail).startsWith("made").endsWith("lost");
                assertThat(child.text(1)).isEqualTo("quick\n");
            }
        });
    }

    /** SP-2: the loss is told last, also when the exit and the ends of the pipes come in one iteration. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void exitAndEndsOfPipes_thatComeTogether_areToldBeforeTheLoss(boolean ownPipes) throws IOException {
        Asyncio.run(() -> {
            for (int i = 0; i < 20; i++) {
                var child = Subprocesses.start(Recorder::new, List.of("cat"), SubprocessOptions.PIPES, ownPipes)
                        .protocol();
                child.transport().getPipeTransport(0).orElseThrow().writeEof();
                waitUntil(() -> child.trail.contains("lost 0"));
                holdTheLoopUntilItHasEnded(child);
                child.lost.await();
                assertThat(child.trail).contains("lost 1", "lost 2", "exited").endsWith("lost");
            }
        });
    }

    private static void holdTheLoopUntilItHasEnded(Recorder child) {
        var process = ProcessHandle.of(child.transport().getPid());
        while (process.isPresent() && process.get().isAlive()) {
            Thread.onSpinWait();
        }
    }

    /** SP-2: the exit is told though a grandchild keeps a pipe, the loss only when that is gone too. */
    @Test
    void exit_isToldWhileAGrandchildKeepsThePipe(@TempDir Path folder) throws IOException {
        var gate = folder.resolve("gate");
        Asyncio.run(() -> {
            var child = shell("(for i in $(seq 600); do if [ -e " + gate
                    + " ]; then break; fi; sleep 0.05; done; echo late) & exec true");
            child.exited.await();
            assertThat(child.trail).doesNotContain("lost 1", "lost");
            Files.createFile(gate);
            child.lost.await();
            assertThat(child.trail).endsWith("lost");
            assertThat(child.text(1)).isEqualTo("late\n");
        });
    }

    /** SP-6: loops on any threads hear of their own children. */
    @Test
    void loopsSideBySide_hearOfTheirChildren() throws IOException {
        Asyncio.run(() -> {
            var texts = Asyncio.gather(
                    () -> Asyncio.toThread(() -> Asyncio.run(() -> textOf("echo one"))),
                    () -> Asyncio.toThread(() -> Asyncio.run(() -> textOf("echo two"))));
            assertThat(texts).containsExactly("one\n", "two\n");
            assertThat(textOf("echo three")).isEqualTo("three\n");
        });
    }

    private static String textOf(String command) throws IOException {
        var child = shell(command);
        child.lost.await();
        return child.text(1);
    }

    /** SP-7: also while a thread reads its output. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void close_ofAProcessThatSaysNothing_endsIt(boolean ownPipes) throws IOException {
        Asyncio.run(() -> {
            var child = Subprocesses.start(Recorder::new, List.of("sleep", "60"), SubprocessOptions.PIPES, ownPipes)
                    .protocol();
            child.transport().close();
            child.lost.await();
            assertThat(child.transport().getReturncode()).hasValue(-9);
            assertThat(child.trail).containsExactlyInAnyOrder("made", "lost 0", "lost 1", "lost 2", "exited", "lost");
        });
    }

    /** TR-7, TR-8: standard input pauses the protocol. */
    @Test
    void stdin_thatIsNotRead_pausesTheProtocol_andResumesIt() throws IOException {
        Asyncio.run(() -> {
            var other =
                    Subprocesses.subprocessExec(Recorder::new, List.of("cat")).protocol();
            var stdin = other.transport().getPipeTransport(0).orElseThrow();
            var stdout = other.transport().getPipeTransport(1).orElseThrow();
            stdout.pauseReading();
            stdin.write(new byte[1_000_000]);
            assertThat(other.trail).containsExactly("made", "pause");
            stdout.resumeReading();
            waitUntil(() -> other.trail.contains("resume"));
            stdin.writeEof();
            other.lost.await();
            assertThat(other.text(1)).hasSize(1_000_000);
            assertThat(other.trail).startsWith("made", "pause", "resume");
        });
    }

    /** PI-2: what standard input had not taken when the process ended is told. */
    @Test
    void stdin_unsentWhenTheProcessEnds_isLostWithTheReason() throws IOException {
        Asyncio.run(() -> {
            var child = Subprocesses.subprocessExec(Recorder::new, List.of("sleep", "60"))
                    .protocol();
            child.transport().getPipeTransport(0).orElseThrow().write(new byte[1_000_000]);
            waitUntil(() -> child.trail.contains("pause"));
            child.transport().kill();
            child.lost.await();
            assertThat(child.trail).contains("lost 0: BrokenPipeException", "lost 1", "lost 2", "exited");
            assertThat(child.transport().getReturncode()).hasValue(-9);
        });
    }

    @Test
    void stderrToStdout_hasOnePipe() throws IOException {
        Asyncio.run(() -> {
            var child = Subprocesses.subprocessShell(
                            Recorder::new,
                            "echo one; echo two >&2",
                            SubprocessOptions.PIPES.withStdin(Stdio.DEVNULL).withStderr(Stdio.STDOUT))
                    .protocol();
            child.lost.await();
            assertThat(child.text(1)).isEqualTo("one\ntwo\n");
            assertThat(child.transport().getPipeTransport(0)).isEmpty();
            assertThat(child.transport().getPipeTransport(2)).isEmpty();
            assertThat(child.transport().getExtraInfo("subprocess")).containsInstanceOf(ProcessHandle.class);
            assertThat(child.transport().getExtraInfo("peername")).isEmpty();
            assertThat(child.transport().getPid()).isPositive();
        });
    }

    /** What a callback throws is reported, and the process lives on. */
    @Test
    void callback_thatThrows_isReported() throws IOException {
        class Throwing extends Recorder {
            @Override
            public void connectionMade(SubprocessTransport made) throws Exception {
                super.connectionMade(made);
                throw new IllegalStateException("made");
            }

            @Override
            public void pipeDataReceived(int fd, byte[] data) throws Exception {
                super.pipeDataReceived(fd, data);
                throw new IllegalStateException("data");
            }
        }
        Asyncio.run(() -> {
            var reports = new ArrayList<ExceptionContext>();
            Asyncio.getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
            var child =
                    Subprocesses.subprocessShell(Throwing::new, "echo hello").protocol();
            child.lost.await();
            assertThat(child.text(1)).isEqualTo("hello\n");
            assertThat(reports)
                    .extracting(report -> report.exception().orElseThrow().getMessage())
                    .containsExactly("made", "data");
        });
    }

    @Test
    void signal_thatDoesNotExist_isReported() throws IOException {
        Asyncio.run(() -> {
            var reports = new ArrayList<ExceptionContext>();
            Asyncio.getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
            var child = shell("cat");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> child.transport().sendSignal(0));
            child.transport().sendSignal(4711);
            waitUntil(() -> !reports.isEmpty());
            assertThat(reports.getFirst().message()).isEqualTo("a signal could not be sent to a process");
            child.transport().close();
            child.lost.await();
        });
    }

    @Test
    void setProtocol_changesWhoHears_andTakesNoOtherKind() throws Exception {
        Asyncio.run(() -> {
            var first = shell("cat");
            var second = new Recorder();
            first.transport().setProtocol(second);
            assertThat(first.transport().getProtocol()).isSameAs(second);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> first.transport().setProtocol(new Protocol() {}));
            second.connectionMade(first.transport());
            first.transport().abort();
            second.lost.await();
            assertThat(first.trail).containsExactly("made");
            assertThat(second.trail).endsWith("lost");
        });
    }

    /* ---- starting */

    @Test
    void programThatDoesNotExist_isAnError() throws IOException {
        Asyncio.run(() -> {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Subprocesses.subprocessExec(Recorder::new, List.of("no such program")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Subprocesses.subprocessExec(Recorder::new, List.of()));
        });
    }

    /** SP-2: a protocol that has heard of the process hears of its end, though whoever started it was cancelled. */
    @Test
    void cancelledWhenTheProtocolHasHeardOfIt_tellsItTheEnd() throws IOException {
        Asyncio.run(() -> {
            var tasks = new ArrayList<Task<ProtocolProcess<Recorder>>>();
            var made = new ArrayList<Recorder>();
            class Cancelling extends Recorder {
                @Override
                public void connectionMade(SubprocessTransport transport) throws Exception {
                    super.connectionMade(transport);
                    made.add(this);
                    tasks.getFirst().cancel();
                }
            }
            tasks.add(Asyncio.createTask(() -> Subprocesses.subprocessExec(Cancelling::new, List.of("cat"))));
            assertThatExceptionOfType(CancelledError.class)
                    .isThrownBy(() -> tasks.getFirst().await());
            var child = made.getFirst();
            child.lost.await();
            assertThat(child.trail)
                    .startsWith("made")
                    .endsWith("lost")
                    .contains("exited", "lost 0", "lost 1", "lost 2")
                    .hasSize(6);
        });
    }

    /** SP-7: creation cancelled, child killed and awaited. */
    @Test
    void cancelledWhileStarting_leavesNoProcess(@TempDir Path folder) throws IOException {
        for (int turns = 0; turns < 12; turns++) {
            int after = turns;
            var mark = "asyncio4j-" + ProcessHandle.current().pid() + "-" + turns;
            Asyncio.run(() -> {
                Task<?> starting = Asyncio.createTask(() -> Subprocesses.subprocessExec(
                        Recorder::new, List.of("sh", "-c", "echo $$ > " + folder.resolve(mark) + "; exec sleep 60")));
                for (int i = 0; i < after; i++) {
                    Asyncio.sleep(Duration.ofMillis(1));
                }
                if (starting.cancel()) {
                    assertThatExceptionOfType(CancelledError.class).isThrownBy(starting::await);
                } else {
                    ((ProtocolProcess<?>) starting.await()).transport().close();
                }
            });
            var file = folder.resolve(mark);
            if (Files.exists(file) && Files.size(file) > 0) {
                long pid = Long.parseLong(Files.readString(file).strip());
                ProcessHandle.of(pid)
                        .ifPresent(process ->
                                process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
            }
        }
    }

    @Test
    void loopThatIsClosed_killsTheProcess_andReportsIt() throws IOException {
        var reports = new ArrayList<ExceptionContext>();
        var handle = Asyncio.run(() -> {
            Asyncio.getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
            var child = shell("exec sleep 60");
            return (ProcessHandle) child.transport().getExtraInfo("subprocess").orElseThrow();
        });
        assertThat(handle.onExit().join().isAlive()).isFalse();
        assertThat(reports).anyMatch(report -> report.message().contains("still ran when its event loop was closed"));
    }

    /** Pipes of a process are transports like others. */
    @Test
    void pipeTransports_areReadAndWriteTransports() throws IOException {
        Asyncio.run(() -> {
            var child = shell("cat");
            Transport stdout = child.transport().getPipeTransport(1).orElseThrow();
            assertThat(stdout.isReading()).isTrue();
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> stdout.write(new byte[1]));
            Transport stdin = child.transport().getPipeTransport(0).orElseThrow();
            stdin.setWriteBufferLimits(10, 5);
            assertThat(stdin.getWriteBufferLimits().high()).isEqualTo(10);
            stdin.close();
            child.lost.await();
            assertThat(child.transport().getPipeTransport(0)).containsSame(stdin);
        });
    }
}
