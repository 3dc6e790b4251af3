package dev.asyncio4j.process;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import java.io.IOException;
import java.util.List;

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
        List<String> words = List.copyOf(command);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least the name of a program");
        }
        if (!(Asyncio.getRunningLoop() instanceof BaseEventLoop loop)) {
            throw new UnsupportedOperationException("processes need a BaseEventLoop, not " + Asyncio.getRunningLoop());
        }
        var birth = new Birth(words, options, ownPipes);
        Process process = birth.await(loop);
        return Subprocess.of(loop, process, words, options, birth);
    }

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
        List<String> shell = Stdio.ON_WINDOWS ? List.of("cmd", "/c", command) : List.of("/bin/sh", "-c", command);
        return createSubprocessExec(shell, options);
    }
}
