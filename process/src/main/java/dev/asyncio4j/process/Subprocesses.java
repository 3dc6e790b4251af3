package dev.asyncio4j.process;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes. The front door of this room.
 *
 * <p><b>Threads.</b> All methods: in a task of the running loop. They suspend while another thread starts the process.
 *
 * <p><b>Cancellation.</b> If starting is cancelled, the process is killed, and the cancellation is thrown when it has ended
 * (SP-7).
 *
 * <p>There are no text mode and no buffer sizes: pipes carry bytes (SP-1).
 */
public final class Subprocesses {

    private Subprocesses() {}

    /**
     * Starts a program with the streams of this process. Suspends until it runs.
     *
     * @param command the program, which is looked for in {@code PATH}, and its arguments
     * @return the process
     * @throws IOException if it cannot be started, such as when there is no such program
     * @throws IllegalArgumentException if the command is empty
     */
    public static Subprocess createSubprocessExec(List<String> command) throws IOException {
        return createSubprocessExec(command, SubprocessOptions.DEFAULT);
    }

    /**
     * Starts a program. Suspends until it runs.
     *
     * {@snippet class="dev.asyncio4j.snippets.HowToTest" region="subprocess"}
     *
     * @param command the program, which is looked for in {@code PATH}, and its arguments
     * @param options streams, folder, environment
     * @return the process
     * @throws IOException if it cannot be started, such as when there is no such program or folder
     * @throws IllegalArgumentException if the command is empty, or an option does not suit its stream
     */
    public static Subprocess createSubprocessExec(List<String> command, SubprocessOptions options) throws IOException {
        return start(command, options, true);
    }

    /** Starts a program, with pipes of our own where the system allows it, or with the JDK's. */
    static Subprocess start(List<String> command, SubprocessOptions options, boolean ownPipes) throws IOException {
        List<String> words = words(command);
        BaseEventLoop loop = loop();
        var birth = new Birth(words, options, ownPipes);
        Process process = birth.await(loop);
        return Subprocess.of(loop, process, words, options, birth);
    }

    private static List<String> words(List<String> command) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least the name of a program");
        }
        return List.copyOf(command);
    }

    private static BaseEventLoop loop() {
        if (Asyncio.getRunningLoop() instanceof BaseEventLoop loop) {
            return loop;
        }
        throw new UnsupportedOperationException("processes need a BaseEventLoop, not " + Asyncio.getRunningLoop());
    }

    // ---- for protocols

    /**
     * Starts a program with a pipe for each of its streams, and has a protocol hear of it: asyncio's
     * {@code loop.subprocess_exec}, as {@link #subprocessExec(Supplier, List, SubprocessOptions)} does.
     *
     * @param <P> the type of the protocol
     * @param protocolFactory makes the protocol
     * @param command the program, which is looked for in {@code PATH}, and its arguments
     * @return transport and protocol
     * @throws IOException if it cannot be started, such as when there is no such program
     * @throws IllegalArgumentException if the command is empty
     */
    public static <P extends SubprocessProtocol> ProtocolProcess<P> subprocessExec(
            Supplier<P> protocolFactory, List<String> command) throws IOException {
        return subprocessExec(protocolFactory, command, SubprocessOptions.PIPES);
    }

    /**
     * Starts a program and has a protocol hear of it: asyncio's {@code loop.subprocess_exec}. Suspends until the program runs
     * and {@link SubprocessProtocol#connectionMade} has been called.
     *
     * <p>Nothing ends the process but itself, {@link SubprocessTransport#close} and the end of the loop.
     *
     * @param <P> the type of the protocol
     * @param protocolFactory makes the protocol, before the process is started
     * @param command the program, which is looked for in {@code PATH}, and its arguments
     * @param options streams, folder, environment; limit and grace mean nothing here
     * @return transport and protocol
     * @throws IOException if it cannot be started, such as when there is no such program or folder
     * @throws IllegalArgumentException if the command is empty, or an option does not suit its stream
     * @throws UnsupportedOperationException if the loop has no network that can take over pipes
     */
    public static <P extends SubprocessProtocol> ProtocolProcess<P> subprocessExec(
            Supplier<P> protocolFactory, List<String> command, SubprocessOptions options) throws IOException {
        return start(protocolFactory, command, options, true);
    }

    /** Starts a program for a protocol, with pipes of our own where the system allows it, or with the JDK's. */
    static <P extends SubprocessProtocol> ProtocolProcess<P> start(
            Supplier<P> protocolFactory, List<String> command, SubprocessOptions options, boolean ownPipes)
            throws IOException {
        List<String> words = words(command);
        BaseEventLoop loop = loop();
        P protocol = protocolFactory.get();
        var birth = new Birth(words, options, ownPipes);
        Process process = birth.await(loop);
        var subprocess = Subprocess.withoutPipes(loop, process, words, options, birth);
        var transport = ProcessTransport.of(loop, subprocess, protocol, pipes(process, options, birth));
        return new ProtocolProcess<>(transport, protocol);
    }

    private static List<ProcessTransport.Pipe> pipes(Process process, SubprocessOptions options, Birth birth) {
        var pipes = new ArrayList<ProcessTransport.Pipe>(3);
        if (options.stdin().isPipe()) {
            pipes.add(new ProcessTransport.Input(new PipeOutput(process.getOutputStream())));
        }
        if (options.stdout().isPipe()) {
            pipes.add(new ProcessTransport.Output(1, input(birth.stdout(), process.getInputStream())));
        }
        if (options.stderr().isPipe()) {
            pipes.add(new ProcessTransport.Output(2, input(birth.stderr(), process.getErrorStream())));
        }
        return List.copyOf(pipes);
    }

    private static InputStream input(@Nullable SystemPipe own, InputStream fromJdk) {
        return own == null ? fromJdk : new PipeInput(own);
    }

    /**
     * Has a shell run a command with a pipe for each of its streams, and a protocol hear of it: asyncio's
     * {@code loop.subprocess_shell}, as {@link #subprocessShell(Supplier, String, SubprocessOptions)} does.
     *
     * @param <P> the type of the protocol
     * @param protocolFactory makes the protocol
     * @param command what the shell is to run
     * @return transport and protocol
     * @throws IOException if the shell cannot be started
     */
    public static <P extends SubprocessProtocol> ProtocolProcess<P> subprocessShell(
            Supplier<P> protocolFactory, String command) throws IOException {
        return subprocessShell(protocolFactory, command, SubprocessOptions.PIPES);
    }

    /**
     * Has a shell run a command, as {@link #createSubprocessShell(String)} does, and a protocol hear of it. Suspends as
     * {@link #subprocessExec(Supplier, List, SubprocessOptions)} does.
     *
     * @param <P> the type of the protocol
     * @param protocolFactory makes the protocol, before the shell is started
     * @param command what the shell is to run
     * @param options streams, folder, environment; limit and grace mean nothing here
     * @return transport and protocol
     * @throws IOException if the shell cannot be started
     * @throws IllegalArgumentException if an option does not suit its stream
     * @throws UnsupportedOperationException if the loop has no network that can take over pipes
     */
    public static <P extends SubprocessProtocol> ProtocolProcess<P> subprocessShell(
            Supplier<P> protocolFactory, String command, SubprocessOptions options) throws IOException {
        return subprocessExec(protocolFactory, shell(command), options);
    }

    // ---- shells

    /**
     * Has a shell run a command with the streams of this process. Suspends until the shell runs.
     *
     * <p>What a user or another program has put into the command is run too: hand such words over to
     * {@link #createSubprocessExec(List)}, which knows no special characters.
     *
     * @param command what the shell is to run: {@code /bin/sh}, on Windows {@code cmd}
     * @return the shell's process
     * @throws IOException if the shell cannot be started
     */
    public static Subprocess createSubprocessShell(String command) throws IOException {
        return createSubprocessShell(command, SubprocessOptions.DEFAULT);
    }

    /**
     * Has a shell run a command, as {@link #createSubprocessShell(String)} does. Suspends until the shell runs.
     *
     * @param command what the shell is to run
     * @param options streams, folder, environment
     * @return the shell's process
     * @throws IOException if the shell cannot be started
     * @throws IllegalArgumentException if an option does not suit its stream
     */
    public static Subprocess createSubprocessShell(String command, SubprocessOptions options) throws IOException {
        return createSubprocessExec(shell(command), options);
    }

    private static List<String> shell(String command) {
        return Stdio.ON_WINDOWS ? List.of("cmd", "/c", command) : List.of("/bin/sh", "-c", command);
    }
}
