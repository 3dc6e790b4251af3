package dev.asyncio4j.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.net.StreamReader;
import dev.asyncio4j.testing.VirtualTime;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Child processes, SP-1 to SP-8: real ones, of programs that every Unix has. */
@Timeout(60)
class SubprocessTest {

    private static final SubprocessOptions PIPES = SubprocessOptions.PIPES;
    private static final SubprocessOptions TO_US = SubprocessOptions.DEFAULT.withStdout(Stdio.PIPE);
    private static final Duration LONG = Duration.ofHours(1);

    private static Subprocess shell(String command, SubprocessOptions options) throws IOException {
        return Subprocesses.createSubprocessShell(command, options);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String line(StreamReader reader) throws IOException {
        return new String(reader.readLine(), UTF_8).strip();
    }

    /** Waits until something is so that nobody tells of. */
    private static void waitUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Asyncio.sleep(Duration.ofMillis(1));
        }
    }

    // ---- starting

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void exec_withPipes_carriesBytesBothWays(boolean ownPipes) throws Exception {
        Asyncio.run(() -> {
            try (var sort = Subprocesses.start(List.of("sort"), PIPES, ownPipes)) {
                assertThat(sort.pid()).isPositive();
                assertThat(sort.returncode()).isEmpty();
                sort.stdin().write(bytes("b\na\n"));
                sort.stdin().drain();
                sort.stdin().writeEof();
                assertThat(line(sort.stdout())).isEqualTo("a");
                assertThat(line(sort.stdout())).isEqualTo("b");
                assertThat(sort.stdout().readLine()).isEmpty();
                assertThat(sort.stderr().read()).isEmpty();
                assertThat(sort.await()).isZero();
                assertThat(sort.returncode()).hasValue(0);
            }
        });
    }

    @Test
    void exec_specialCharacters_meanNothing() throws Exception {
        Asyncio.run(() -> {
            var echo = Subprocesses.createSubprocessExec(List.of("echo", "$HOME; `pwd` *"), TO_US);
            assertThat(echo.communicate().stdoutText()).isEqualTo("$HOME; `pwd` *\n");
        });
    }

    @Test
    void exec_programThatIsNotThere_throws() throws Exception {
        Asyncio.run(() -> {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Subprocesses.createSubprocessExec(List.of("no-such-program"), PIPES))
                    .withMessageContaining("no-such-program");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Subprocesses.createSubprocessExec(
                            List.of("true"), PIPES.withDirectory(Path.of("/no/such/folder"))));
            assertThatIllegalArgumentException().isThrownBy(() -> Subprocesses.createSubprocessExec(List.of()));
        });
    }

    @Test
    void exec_outsideATask_isRefused() {
        assertThatIllegalStateException().isThrownBy(() -> Subprocesses.createSubprocessExec(List.of("true")));
    }

    /** SP-7. In some rounds the process has not been started yet, in others it runs. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 20, 100, 500, 2000})
    void exec_cancelled_leavesNoProcess(int turns) throws Exception {
        Asyncio.run(() -> {
            var starting =
                    Asyncio.createTask(() -> Subprocesses.createSubprocessExec(List.of("sleep", "86399"), PIPES));
            for (int i = 0; i <= turns && !starting.done(); i++) {
                Asyncio.sleep(Duration.ZERO);
            }
            if (starting.cancel()) {
                assertThatExceptionOfType(CancelledError.class).isThrownBy(starting::await);
                assertThat(sleepers()).isEmpty();
            } else {
                starting.await().close();
            }
        });
    }

    private static List<ProcessHandle> sleepers() {
        return ProcessHandle.current()
                .children()
                .filter(child -> Arrays.asList(child.info().arguments().orElse(new String[0]))
                        .contains("86399"))
                .toList();
    }

    // ---- options

    @Test
    void options_folderAndEnvironment_areTheProcesss(@TempDir Path folder) throws Exception {
        Asyncio.run(() -> {
            var pwd = shell("pwd; echo $GREETING", TO_US.withDirectory(folder).withVariable("GREETING", "hello"));
            assertThat(pwd.communicate().stdoutText()).isEqualTo(folder.toRealPath() + "\nhello\n");
            var env = Subprocesses.createSubprocessExec(
                    List.of("/usr/bin/env"), TO_US.withEnvironment(Map.of("ONLY", "this")));
            assertThat(env.communicate().stdoutText()).isEqualTo("ONLY=this\n");
        });
    }

    @Test
    void options_files_areReadWrittenAndAddedTo(@TempDir Path folder) throws Exception {
        var in = Files.writeString(folder.resolve("in"), "one\n");
        var out = folder.resolve("out");
        Asyncio.run(() -> {
            var copy = SubprocessOptions.DEFAULT.withStdin(Stdio.from(in));
            assertThat(shell("cat", copy.withStdout(Stdio.to(out))).await()).isZero();
            assertThat(shell("cat", copy.withStdout(Stdio.appendTo(out))).await())
                    .isZero();
        });
        assertThat(out).hasContent("one\none\n");
    }

    @Test
    void options_stderrToStdout_comesInOrder() throws Exception {
        Asyncio.run(() -> {
            var both = shell("echo one; echo two >&2; echo three", TO_US.withStderr(Stdio.STDOUT));
            assertThat(both.communicate().stdoutText()).isEqualTo("one\ntwo\nthree\n");
        });
    }

    @Test
    void options_devnull_givesNothingAndDropsAll() throws Exception {
        Asyncio.run(() -> {
            var options = TO_US.withStdin(Stdio.DEVNULL).withStderr(Stdio.DEVNULL);
            var output = shell("echo lost >&2; cat; echo end", options).communicate();
            assertThat(output.stdoutText()).isEqualTo("end\n");
            assertThatIllegalStateException().isThrownBy(output::stderr).withMessageContaining("Stdio.PIPE");
        });
    }

    @Test
    void options_notPiped_haveNoStreams() throws Exception {
        Asyncio.run(() -> {
            try (var process = Subprocesses.createSubprocessExec(List.of("true"))) {
                assertThatIllegalStateException().isThrownBy(process::stdin).withMessageContaining("withStdin");
                assertThatIllegalStateException().isThrownBy(process::stdout).withMessageContaining("withStdout");
                assertThatIllegalStateException().isThrownBy(process::stderr).withMessageContaining("withStderr");
                assertThatIllegalArgumentException().isThrownBy(() -> process.communicate(bytes("x")));
            }
        });
    }

    @Test
    void options_thatDoNotSuit_areRefused() throws Exception {
        Asyncio.run(() -> {
            for (var wrong : List.of(
                    TO_US.withStdin(Stdio.STDOUT),
                    TO_US.withStdin(Stdio.to(Path.of("x"))),
                    TO_US.withStdout(Stdio.from(Path.of("x"))))) {
                assertThatIllegalArgumentException().isThrownBy(() -> shell("true", wrong));
            }
        });
        assertThatIllegalArgumentException().isThrownBy(() -> PIPES.withLimit(0));
        assertThatIllegalArgumentException().isThrownBy(() -> PIPES.withGrace(Duration.ofMillis(-1)));
    }

    // ---- streams

    @Test
    void write_moreThanAProcessTakes_drainWaitsUntilItIsGone() throws Exception {
        Asyncio.run(() -> {
            try (var deaf = Subprocesses.createSubprocessExec(List.of("sleep", "1000"), PIPES)) {
                deaf.stdin().write(new byte[1024 * 1024]);
                var draining = Asyncio.createTask(() -> deaf.stdin().drain());
                waitUntil(() -> deaf.stdin().getWriteBufferSize() < 1024 * 1024);
                assertThat(draining.done()).isFalse();
                assertThat(deaf.stdin().getWriteBufferSize()).isGreaterThan(512 * 1024);
                deaf.kill();
                assertThatExceptionOfType(BrokenPipeException.class)
                        .isThrownBy(() -> draining.await(IOException.class));
                assertThat(deaf.stdin().isClosing()).isTrue();
                deaf.stdin().write(bytes("dropped"));
                assertThat(deaf.stdin().getWriteBufferSize()).isZero();
            }
        });
    }

    @Test
    void write_whatAProcessReads_drainGoesOn() throws Exception {
        Asyncio.run(() -> {
            try (var count = Subprocesses.createSubprocessExec(List.of("wc", "-c"), PIPES)) {
                for (int i = 0; i < 64; i++) {
                    count.stdin().write(new byte[100_000]);
                    count.stdin().drain();
                    assertThat(count.stdin().getWriteBufferSize()).isLessThanOrEqualTo(64 * 1024);
                }
                count.stdin().close();
                count.stdin().waitClosed();
                assertThat(line(count.stdout())).isEqualTo("6400000");
            }
        });
    }

    @Test
    void read_fromAProcessThatNeverStops_holdsItBack() throws Exception {
        Asyncio.run(() -> {
            try (var yes = Subprocesses.createSubprocessExec(List.of("yes"), TO_US.withLimit(1000))) {
                waitUntil(() -> yes.stdout().toString().contains("paused"));
                for (int i = 0; i < 100_000; i++) {
                    assertThat(yes.stdout().readLine()).containsExactly('y', '\n');
                }
            }
        });
    }

    // ---- communicate and await

    @Test
    void communicate_muchInBothDirections_isComplete() throws Exception {
        var much = new byte[8 * 1024 * 1024];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) ((i * 31) >>> 3);
        }
        Asyncio.run(() -> {
            var output = shell("tee /dev/stderr", PIPES).communicate(much);
            assertThat(Arrays.equals(output.stdout(), much)).isTrue();
            assertThat(Arrays.equals(output.stderr(), much)).isTrue();
        });
    }

    @Test
    void communicate_inputThatIsNotRead_isNoError() throws Exception {
        Asyncio.run(() -> {
            var process = shell("exec <&-; echo done", PIPES);
            assertThat(process.communicate(new byte[1024 * 1024]).stdoutText()).isEqualTo("done\n");
            assertThat(process.returncode()).hasValue(0);
        });
    }

    @Test
    void communicate_withoutInput_closesStdin() throws Exception {
        Asyncio.run(() -> {
            assertThat(shell("cat; echo end", PIPES).communicate().stdoutText()).isEqualTo("end\n");
            assertThat(shell("cat; echo end", PIPES).communicate(new byte[0]).stdoutText())
                    .isEqualTo("end\n");
        });
    }

    /** SP-4, gh-139373. */
    @Test
    void communicate_cancelled_keepsWhatHasBeenRead(@TempDir Path folder) throws Exception {
        var read = folder.resolve("read");
        var go = folder.resolve("go");
        Asyncio.run(() -> {
            try (var process = shell(
                    "cat; touch " + read + "; while [ ! -e " + go + " ]; do sleep 0.01; done; echo second", PIPES)) {
                var first = Asyncio.createTask(() -> process.communicate(bytes("first\n")));
                waitUntil(() -> Files.exists(read));
                Asyncio.sleep(Duration.ZERO);
                first.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(first::await);
                assertThatIllegalArgumentException().isThrownBy(() -> process.communicate(bytes("again")));
                Files.createFile(go);
                assertThat(process.communicate().stdoutText()).isEqualTo("first\nsecond\n");
            }
        });
    }

    @Test
    void communicate_timeLimit_isPutAroundIt() throws Exception {
        Asyncio.run(() -> {
            try (var process = shell("exec sleep 100", PIPES)) {
                assertThatExceptionOfType(dev.asyncio4j.TimeoutException.class)
                        .isThrownBy(() -> Asyncio.timeout(Duration.ofMillis(20), () -> process.communicate()));
                assertThat(process.returncode()).isEmpty();
            }
        });
    }

    /** SP-3. */
    @Test
    void await_severalTasks_cancelEndsItsOwnWaitOnly() throws Exception {
        Asyncio.run(() -> {
            try (var process = shell("read x; exit 3", PIPES)) {
                var waiters = new ArrayList<dev.asyncio4j.Task<Integer>>();
                for (int i = 0; i < 3; i++) {
                    waiters.add(Asyncio.createTask(() -> process.await()));
                }
                Asyncio.sleep(Duration.ZERO);
                waiters.getFirst().cancel();
                assertThatExceptionOfType(CancelledError.class)
                        .isThrownBy(() -> waiters.getFirst().await());
                process.stdin().write(bytes("\n"));
                assertThat(waiters.get(1).await()).isEqualTo(3);
                assertThat(waiters.get(2).await()).isEqualTo(3);
                assertThat(Asyncio.gather(process, process)).containsExactly(3, 3);
            }
        });
    }

    /** SP-3, gh-119710. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void await_aGrandchildHoldsThePipes_doesNotWaitForIt(boolean ownPipes) throws Exception {
        Asyncio.run(() -> {
            ProcessHandle grandchild;
            try (var process =
                    Subprocesses.start(List.of("/bin/sh", "-c", "sleep 100 & echo $!; exit 3"), PIPES, ownPipes)) {
                grandchild =
                        ProcessHandle.of(Long.parseLong(line(process.stdout()))).orElseThrow();
                assertThat(process.await()).isEqualTo(3);
                if (ownPipes) { // the JDK closes its own when the process has ended
                    assertThat(process.stdout().atEof()).isFalse();
                }
            }
            assertThat(grandchild.isAlive()).isTrue();
            grandchild.destroyForcibly();
        });
    }

    @Test
    void stdout_whatAGrandchildWritesLater_isRead(@TempDir Path folder) throws Exception {
        var go = folder.resolve("go");
        Asyncio.run(() -> {
            var process = shell("(while [ ! -e " + go + " ]; do sleep 0.01; done; echo late) & echo early", TO_US);
            assertThat(process.await()).isZero();
            Files.createFile(go);
            assertThat(process.communicate().stdoutText()).isEqualTo("early\nlate\n");
        });
    }

    @Test
    void returncode_ofManyThatWriteAndEndAtOnce_andTheirOutput_areWhole() throws Exception {
        Asyncio.run(() -> {
            var codes = Asyncio.mapConcurrent(8, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i -> {
                var process = shell("echo out; echo err >&2; exit " + i, PIPES);
                var output = process.communicate();
                assertThat(output.stdoutText() + output.stderrText()).isEqualTo("out\nerr\n");
                return process.await();
            });
            assertThat(codes).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        });
    }

    @Test
    void await_onALoopWithVirtualTime_waitsInRealTime() throws Exception {
        VirtualTime.run(() -> {
            var process = shell("sleep 0.05; echo done; exit 4", TO_US);
            assertThat(process.communicate().stdoutText()).isEqualTo("done\n");
            assertThat(process.await()).isEqualTo(4);
            Asyncio.sleep(LONG);
        });
    }

    // ---- signals

    /** SP-5. */
    @Test
    void signals_thatEndAProcess_areItsReturncode() throws Exception {
        Asyncio.run(() -> {
            var sleeps = List.of("sleep", "1000");
            var asked = Subprocesses.createSubprocessExec(sleeps);
            asked.terminate();
            assertThat(asked.await()).isEqualTo(-15);
            var killed = Subprocesses.createSubprocessExec(sleeps);
            killed.kill();
            assertThat(killed.await()).isEqualTo(-9);
            var hungUp = Subprocesses.createSubprocessExec(sleeps);
            hungUp.sendSignal(1);
            assertThat(hungUp.await()).isEqualTo(-1);
            assertThat(shell("kill -9 $$", SubprocessOptions.DEFAULT).await()).isEqualTo(137);
        });
    }

    @Test
    void sendSignal_thatIsHandled_letsTheProcessGoOn() throws Exception {
        Asyncio.run(() -> {
            try (var process = shell("trap 'exit 7' USR1; echo ready; while :; do sleep 0.01; done", TO_US)) {
                assertThat(line(process.stdout())).isEqualTo("ready");
                process.sendSignal(10);
                assertThat(process.await()).isEqualTo(7);
            }
        });
    }

    @Test
    void sendSignal_wrongNumber_isRefused() throws Exception {
        Asyncio.run(() -> {
            try (var process = shell("exec sleep 100", TO_US)) {
                assertThatIllegalArgumentException().isThrownBy(() -> process.sendSignal(0));
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> process.sendSignal(999))
                        .withMessageContaining("signal 999");
            }
        });
    }

    /** SP-7. */
    @Test
    void signals_toAProcessThatHasEnded_doNothing() throws Exception {
        Asyncio.run(() -> {
            var process = shell("exit 5", SubprocessOptions.DEFAULT);
            process.await();
            process.terminate();
            process.kill();
            process.killTree();
            process.sendSignal(1);
            process.close();
            assertThat(process.returncode()).hasValue(5);
        });
    }

    @Test
    void kill_whatHadBeenWritten_canBeRead() throws Exception {
        Asyncio.run(() -> {
            try (var process = shell("echo before; exec sleep 100", TO_US)) {
                waitUntil(() -> !process.stdout().toString().contains("[0 bytes"));
                process.kill();
                assertThat(process.communicate().stdoutText()).isEqualTo("before\n");
            }
        });
    }

    /** The pipe ends when nobody is left who has it. */
    @Test
    void killTree_childrenOfTheProcess_endToo() throws Exception {
        Asyncio.run(() -> {
            try (var process = shell("(sleep 100; true) & echo started; wait", TO_US)) {
                assertThat(line(process.stdout())).isEqualTo("started");
                process.killTree();
                assertThat(process.await()).isEqualTo(-9);
                assertThat(process.stdout().read()).isEmpty();
            }
        });
    }

    /** Those too that are born while the others are being killed. */
    @Test
    void killTree_familyThatGrows_endsWhole() throws Exception {
        Asyncio.run(() -> {
            for (int round = 0; round < 20; round++) {
                try (var process = shell("echo started; (((sleep 100; true); true); true) & wait", TO_US)) {
                    assertThat(line(process.stdout())).isEqualTo("started");
                    process.killTree();
                    assertThat(process.await()).isEqualTo(-9);
                    assertThat(process.stdout().read()).isEmpty();
                }
            }
        });
    }

    // ---- closing

    @Test
    void close_processThatHeedsTerm_isAskedOnly() throws Exception {
        Asyncio.run(() -> {
            var process = shell("trap 'exit 6' TERM; echo ready; while :; do sleep 0.01; done", TO_US.withGrace(LONG));
            line(process.stdout());
            process.close();
            assertThat(process.returncode()).hasValue(6);
            process.close();
        });
    }

    @Test
    void close_processThatIgnoresTerm_isKilledAfterTheGrace() throws Exception {
        Asyncio.run(() -> {
            var stubborn = "trap '' TERM; echo ready; while :; do sleep 0.1; done";
            var process = shell(stubborn, TO_US.withGrace(Duration.ofMillis(50)));
            line(process.stdout());
            process.close();
            assertThat(process.returncode()).hasValue(-9);
            assertThat(process.stdout().atEof()).isTrue();
        });
    }

    @Test
    void close_cancelled_killsAtOnceAndThrowsLater() throws Exception {
        Asyncio.run(() -> {
            var process = shell("trap '' TERM; echo ready; while :; do sleep 0.1; done", TO_US.withGrace(LONG));
            line(process.stdout());
            var closed = new ArrayList<String>();
            var closing = Asyncio.createTask(() -> {
                process.close();
                closed.add("closed");
                Asyncio.sleep(LONG);
            });
            Asyncio.sleep(Duration.ZERO);
            closing.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(closing::await);
            assertThat(closed).containsExactly("closed");
            assertThat(process.returncode()).hasValue(-9);
        });
    }

    @Test
    void close_inACallback_killsAtOnce() throws Exception {
        Asyncio.run(() -> {
            var process = shell("exec sleep 100", PIPES);
            Asyncio.getRunningLoop().callSoon(process::close);
            assertThat(process.await()).isEqualTo(-9);
        });
    }

    @Test
    void loop_closedWhileAProcessRuns_killsItAndSaysSo() throws Exception {
        var reports = new ArrayList<ExceptionContext>();
        long pid = Asyncio.run(() -> {
            Asyncio.getRunningLoop().setExceptionHandler((loop, context) -> reports.add(context));
            return shell("exec sleep 100", PIPES).pid();
        });
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.message()).contains("still ran", String.valueOf(pid));
            assertThat(report.get("process", Subprocess.class)).isPresent();
        });
        var left = ProcessHandle.of(pid);
        if (left.isPresent()) {
            assertThat(left.get().onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        }
    }

    @Test
    void nothingIsLeft_afterAllKindsOfEnds() throws Exception {
        Asyncio.run(() -> {
            shell("true", PIPES).communicate();
            int before = descriptors();
            for (int i = 0; i < 5; i++) {
                shell("cat", PIPES).communicate(bytes("x"));
                try (var killed = shell("exec sleep 100", PIPES)) {
                    killed.kill();
                }
                var running = shell("exec sleep 100", PIPES);
                running.close();
                shell("exec <&- >&- 2>&-", PIPES).await();
                try (var grandchild = shell("sleep 1 & exit 0", PIPES)) {
                    grandchild.await();
                }
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> Subprocesses.createSubprocessExec(List.of("no-such-program"), PIPES));
            }
            waitUntil(() -> ProcessThreads.EXECUTOR.getActiveCount() == 0 && descriptors() <= before);
            assertThat(ProcessHandle.current().children().map(ProcessHandle::pid))
                    .isEmpty();
        });
    }

    /** Once there was no thread left to watch a process, it went on with nobody who knew of it. */
    @Test
    void exec_noThreadToWatchTheProcess_leavesNone() throws Exception {
        Asyncio.run(() -> {
            shell("true", PIPES).communicate();
            waitUntil(() -> ProcessThreads.EXECUTOR.getPoolSize() == 0);
            int before = descriptors();
            ProcessThreads.EXECUTOR.setMaximumPoolSize(1);
            try {
                assertThatExceptionOfType(RejectedExecutionException.class)
                        .isThrownBy(() -> shell("exec sleep 100", PIPES));
            } finally {
                ProcessThreads.EXECUTOR.setMaximumPoolSize(Integer.MAX_VALUE);
            }
            waitUntil(() -> ProcessHandle.current().children().findAny().isEmpty() && descriptors() <= before);
        });
    }

    /** Once the descriptor was kept for as long as the process ran on. */
    @Test
    void write_processThatHasClosedItsInput_givesThePipeBack() throws Exception {
        Asyncio.run(() -> {
            try (var process = shell("read go; exec <&-; echo closed; exec sleep 100", PIPES)) {
                var pipe = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/fd/0"));
                process.stdin().write(bytes("go\n"));
                assertThat(line(process.stdout())).isEqualTo("closed");
                process.stdin().write(bytes("nobody reads this\n"));
                assertThatExceptionOfType(BrokenPipeException.class)
                        .isThrownBy(() -> process.stdin().waitClosed());
                waitUntil(() -> !isOpen(pipe));
                assertThat(process.returncode()).isEmpty();
            }
        });
    }

    private static boolean isOpen(Path pipe) {
        return Stream.of(Objects.requireNonNull(new File("/proc/self/fd").listFiles()))
                .anyMatch(descriptor -> pipe.equals(target(descriptor.toPath())));
    }

    private static @Nullable Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) { // closed meanwhile
            return null;
        }
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
