package dev.asyncio4j.process;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Awaitable;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Context;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Future;
import dev.asyncio4j.TimerHandle;
import dev.asyncio4j.net.StreamReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A child process: asyncio's {@code subprocess.Process}. {@link Subprocesses} starts it.
 *
 * <p><b>States.</b> Running; ended, when it has a {@linkplain #returncode return code}. Its last output may be read after
 * that, and a pipe whose other end it has left to a process of its own ends with that one only.
 *
 * <p><b>Lifetime.</b> {@link #close} ends it. A process that still runs when its loop is closed is killed, and that is
 * reported to the loop's exception handler.
 *
 * <p><b>Pipes.</b> On Linux they are the system's. Elsewhere they are the JDK's, which closes them when the process ends:
 * what a process of its own writes after that is lost, and a thread of ours waits until that one writes or ends.
 *
 * <p><b>Threads.</b> Loop thread only. Any number of tasks may wait for its end.
 */
public final class Subprocess implements Awaitable<Integer>, AutoCloseable {

    /*
     * Each pipe is moved by a platform thread, and one more waits for the end of the process (SP-6); whatever they find
     * out they post to the loop. `open` counts what is still to be told: the end of each pipe and that of the process. While
     * it is not 0, a loop with a virtual clock waits in real time.
     *
     * Signals go through the process's handle, because Process.destroy closes the pipes as well, and what had been
     * written before would be lost.
     */

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    /** What the JDK adds to the number of a signal that has ended a process. */
    private static final int SIGNALLED = 128;

    private final BaseEventLoop loop;
    private final Process process;
    private final List<String> command;
    private final SubprocessOptions options;
    private final Context context;
    private final @Nullable PipeWriter stdin;
    private final @Nullable OutputPipe stdout;
    private final @Nullable OutputPipe stderr;
    private final Future<Integer> exit;
    private final Future<@Nullable Void> end;
    private final BaseEventLoop.Expectation expectation;
    private final Runnable whenLoopClosed = this::loopClosed;

    // Loop thread only:
    private final Set<Integer> sent = new HashSet<>(2);
    private int open = 1;
    private boolean communicated;
    private final ByteArrayOutputStream collectedOutput = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream collectedErrors = new ByteArrayOutputStream(0);

    @SuppressWarnings("this-escape") // the pipes get to know the process here, and use it once it is watched
    private Subprocess(
            BaseEventLoop loop, Process process, List<String> command, SubprocessOptions options, Birth birth) {
        this.loop = loop;
        this.process = process;
        this.command = command;
        this.options = options;
        context = Asyncio.copyContext();
        exit = loop.createFuture("the end of " + this);
        end = loop.createFuture("the end of " + this + " and its pipes");
        stdin = options.stdin().isPipe() ? new PipeWriter(this, process.getOutputStream()) : null;
        stdout = options.stdout().isPipe()
                ? new OutputPipe(this, new StreamReader(options.limit()), birth.stdout(), process.getInputStream())
                : null;
        stderr = options.stderr().isPipe()
                ? new OutputPipe(this, new StreamReader(options.limit()), birth.stderr(), process.getErrorStream())
                : null;
        expectation = loop.expectFromOutside("the end of " + this);
    }

    static Subprocess of(
            BaseEventLoop loop, Process process, List<String> command, SubprocessOptions options, Birth birth) {
        var subprocess = new Subprocess(loop, process, command, options, birth);
        boolean watched = false;
        try {
            subprocess.watch();
            watched = true;
            return subprocess;
        } finally {
            if (!watched) { // there is no thread left
                subprocess.forget();
                birth.discard();
            }
        }
    }

    /** Watches a process whose pipes are somebody else's. */
    static Subprocess withoutPipes(
            BaseEventLoop loop, Process process, List<String> command, SubprocessOptions options, Birth birth) {
        var bare = options.withStdin(Stdio.INHERIT).withStdout(Stdio.INHERIT).withStderr(Stdio.INHERIT);
        return of(loop, process, command, bare, birth);
    }

    private void watch() {
        loop.addCloseAction(whenLoopClosed);
        if (stdin != null) {
            open++;
        }
        for (OutputPipe pipe : outputs()) {
            open++;
            pipe.start();
        }
        ProcessThreads.EXECUTOR.execute(this::watchProcess);
    }

    private void forget() {
        loop.removeCloseAction(whenLoopClosed);
        expectation.close();
    }

    private List<OutputPipe> outputs() {
        return Stream.of(stdout, stderr)
                .<OutputPipe>mapMulti((pipe, next) -> {
                    if (pipe != null) {
                        next.accept(pipe);
                    }
                })
                .toList();
    }

    // ---- what the threads of the process tell

    /** On a thread of its own. */
    private void watchProcess() {
        try {
            int value = process.waitFor();
            post(() -> exited(value));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Hands something to the loop, as a callback. Any thread; returns false if the loop is closed. */
    boolean post(Runnable callback) {
        try {
            loop.callSoonThreadsafe(callback, context);
            return true;
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    private void exited(int value) {
        int signal = value - SIGNALLED;
        exit.setResult(sent.contains(signal) ? -signal : value);
        if (stdin != null) {
            stdin.processEnded();
        }
        oneEnded();
    }

    void pipeEnded() {
        oneEnded();
    }

    private void oneEnded() {
        open--;
        if (open == 0) {
            forget();
            end.setResult(null);
        }
    }

    /** On the thread that closes the loop. */
    private void loopClosed() {
        if (process.isAlive()) {
            killNow();
            loop.callExceptionHandler(ExceptionContext.of(
                            "a child process still ran when its event loop was closed, and has been killed: " + this)
                    .with("process", this));
        }
        outputs().forEach(OutputPipe::abandon);
    }

    // ---- what it is

    /** Is done when the process has ended. */
    Future<Integer> exit() {
        return exit;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    BaseEventLoop loop() {
        return loop;
    }

    /**
     * Returns its number.
     *
     * @return the number that the system has given it
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Returns how it has ended (SP-5).
     *
     * <p>The JDK reports the signal {@code n} as {@code 128 + n}, like a shell, and so does this, except for a signal that was
     * sent through this object: then it is {@code -n}, as in asyncio.
     *
     * @return its exit code, or the negative number of the signal that ended it; empty while it runs
     */
    public OptionalInt returncode() {
        return exit.done() ? OptionalInt.of(exit.result()) : OptionalInt.empty();
    }

    /**
     * Returns where to write to its standard input.
     *
     * @return the writer
     * @throws IllegalStateException if it is not a pipe
     */
    public PipeWriter stdin() {
        if (stdin == null) {
            throw noPipe("input", "withStdin");
        }
        return stdin;
    }

    /**
     * Returns where to read its standard output.
     *
     * @return the reader
     * @throws IllegalStateException if it is not a pipe
     */
    public StreamReader stdout() {
        if (stdout == null) {
            throw noPipe("output", "withStdout");
        }
        return stdout.reader();
    }

    /**
     * Returns where to read its standard error.
     *
     * @return the reader
     * @throws IllegalStateException if it is not a pipe
     */
    public StreamReader stderr() {
        if (stderr == null) {
            throw noPipe("error", "withStderr");
        }
        return stderr.reader();
    }

    private IllegalStateException noPipe(String stream, String option) {
        return new IllegalStateException("standard " + stream + " of " + this + " is not a pipe; start it with options."
                + option + "(Stdio.PIPE)");
    }

    // ---- waiting

    /**
     * Waits for its end: asyncio's {@code wait()}. Suspends until then. It does not wait for the ends of the pipes, which
     * processes of its own may keep open (SP-3).
     *
     * <p>A process whose output nobody reads does not end when its pipe is full: read it, or use {@link #communicate}.
     *
     * <p><b>Cancellation.</b> The process runs on, and others who wait for it go on waiting.
     *
     * @return the {@linkplain #returncode return code}
     */
    @Override
    public Integer await() {
        return exit.done() ? exit.result() : Asyncio.shield(exit);
    }

    /** Waits as {@link #await()} does; there is nothing that this fails with. */
    @Override
    @SuppressWarnings("RedundantThrows")
    public <X extends Throwable> Integer await(Class<X> declared) throws X {
        return await();
    }

    /**
     * Closes its standard input, reads its output and waits for its end. Suspends until then.
     *
     * @return what it has written
     * @throws IOException if reading fails
     */
    public Output communicate() throws IOException {
        return communicate(null);
    }

    /**
     * Writes to its standard input and closes it, reads its output at the same time, and waits for its end and those of its
     * output pipes. Suspends until then (SP-4).
     *
     * <p>That the process does not read all of the input is no error.
     *
     * <p><b>Cancellation.</b> The process runs on. What has been read until then is kept for the next call, which cannot have
     * input.
     *
     * @param input what to write, or null for nothing
     * @return what it has written
     * @throws IOException if reading fails
     * @throws IllegalArgumentException if there is input, but no pipe for it, or an earlier call has handed over its own
     */
    public Output communicate(byte @Nullable [] input) throws IOException {
        if (input != null) {
            feed(input);
        }
        communicated = true;
        if (stdin != null) {
            stdin.close();
        }
        Asyncio.gather(() -> collect(stdout, collectedOutput), () -> collect(stderr, collectedErrors));
        await();
        return new Output(
                stdout == null ? null : collectedOutput.toByteArray(),
                stderr == null ? null : collectedErrors.toByteArray());
    }

    private void feed(byte[] input) {
        if (communicated) {
            throw new IllegalArgumentException("an earlier call of communicate has closed standard input");
        }
        if (stdin == null) {
            throw new IllegalArgumentException("there is input, but standard input of " + this + " is not a pipe");
        }
        stdin.write(input);
    }

    private static void collect(@Nullable OutputPipe pipe, ByteArrayOutputStream collected) throws IOException {
        if (pipe == null) {
            return;
        }
        StreamReader reader = pipe.reader();
        for (byte[] piece = reader.read(reader.limit()); piece.length > 0; piece = reader.read(reader.limit())) {
            collected.writeBytes(piece);
        }
    }

    // ---- ending it

    /** Asks it to end: sends SIGTERM; on Windows, kills it. Does nothing if it has ended (SP-7). Does not suspend. */
    public void terminate() {
        if (process.isAlive()) {
            sent.add(SIGTERM);
            process.toHandle().destroy();
        }
    }

    /** Kills it: sends SIGKILL. Does nothing if it has ended (SP-7). Does not suspend. */
    public void kill() {
        if (process.isAlive()) {
            sent.add(SIGKILL);
            process.toHandle().destroyForcibly();
        }
    }

    /**
     * Kills it, all processes that it has started, and theirs. Suspends until all have been sent SIGKILL. Those whose
     * parent has ended before are not found. On Windows, nor is one that is started at this moment.
     *
     * <p><b>Cancellation.</b> Does not end the wait; the next wait of the task throws it.
     */
    public void killTree() {
        if (process.isAlive()) {
            sent.add(SIGKILL);
            Future<Boolean> killing = loop.runInExecutor(ProcessThreads.EXECUTOR, () -> {
                ProcessTree.kill(process.toHandle());
                return true;
            });
            Asyncio.awaitEnd(killing, () -> {});
        }
    }

    private void killNow() {
        process.toHandle().destroyForcibly();
    }

    /**
     * Sends a signal, by the program {@code kill} of the shell. Does nothing if it has ended (SP-7). Suspends until the signal
     * has been sent.
     *
     * <p><b>Cancellation.</b> The signal may have been sent or not.
     *
     * @param number the number of the signal, such as 1 for SIGHUP and 2 for SIGINT
     * @throws IOException if it cannot be sent, such as when there is no such signal
     * @throws IllegalArgumentException if the number is not positive
     * @throws UnsupportedOperationException on Windows, which has no signals
     */
    public void sendSignal(int number) throws IOException {
        sendSignalSoon(number).await(IOException.class);
    }

    /** Sends a signal; the future is done when that has happened, or fails with an {@link IOException}. */
    Future<Boolean> sendSignalSoon(int number) {
        if (number <= 0) {
            throw new IllegalArgumentException("signals have positive numbers, not " + number);
        }
        if (Stdio.ON_WINDOWS) {
            throw new UnsupportedOperationException("Windows has no signals; there are terminate() and kill()");
        }
        if (process.isAlive()) {
            sent.add(number);
        }
        return loop.runInExecutor(ProcessThreads.EXECUTOR, () -> signal(number));
    }

    /** Any thread but the loop's. */
    private boolean signal(int number) throws IOException {
        if (!process.isAlive()) {
            return false;
        }
        String complaint = ProcessTree.signal("" + number, List.of(process.toHandle()));
        if (!complaint.isEmpty() && process.isAlive()) {
            throw new IOException("signal " + number + " cannot be sent to " + this + ": " + complaint);
        }
        return true;
    }

    /**
     * Ends the process and closes its pipes. Suspends until then; outside a task the process is killed at once, and the rest
     * goes on in the background.
     *
     * <p>A running process is asked to end, by {@link #terminate}. If it has not ended after the
     * {@linkplain SubprocessOptions#withGrace grace}, it is killed with all processes that it has started. What it has
     * written can still be read afterwards as far as it has come.
     *
     * <p><b>Cancellation.</b> A cancel that comes meanwhile has it killed at once. It is not thrown here, where it would be
     * buried under the exception of a try block, but at the task's next wait.
     *
     * <p><b>Errors.</b> None.
     */
    @Override
    public void close() {
        if (stdin != null) {
            stdin.abort();
        }
        if (Asyncio.currentTask().isEmpty()) {
            kill();
            outputs().forEach(OutputPipe::close);
            return;
        }
        if (!exit.done()) {
            terminate();
            TimerHandle patience = loop.callLater(options.grace(), this::killTreeSoon);
            try {
                Asyncio.awaitEnd(exit, this::killTreeSoon);
            } finally {
                patience.cancel();
            }
        }
        outputs().forEach(OutputPipe::close);
        Asyncio.awaitEnd(end, () -> {});
    }

    private void killTreeSoon() {
        sent.add(SIGKILL);
        ProcessThreads.EXECUTOR.execute(() -> ProcessTree.kill(process.toHandle()));
    }

    @Override
    public String toString() {
        return "Subprocess[" + process.pid() + ", " + command.getFirst() + "]";
    }
}
