package dev.asyncio4j.process;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Future;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A process on its way: started on another thread, and killed there if it is not wanted any more (SP-7). */
final class Birth implements Callable<Process> {

    private static final Object ABANDONED = new Object();

    private final List<String> command;
    private final SubprocessOptions options;
    private final boolean ownPipes;

    /** The process, {@link #ABANDONED}, or null before either. Any thread. */
    private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

    /** Written by the starting thread before the loop hears of the process. */
    private volatile @Nullable SystemPipe stdout;

    /** As {@link #stdout}. */
    private volatile @Nullable SystemPipe stderr;

    Birth(List<String> command, SubprocessOptions options, boolean ownPipes) {
        this.command = command;
        this.options = options;
        this.ownPipes = ownPipes;
    }

    @Nullable
    SystemPipe stdout() {
        return stdout;
    }

    @Nullable
    SystemPipe stderr() {
        return stderr;
    }

    /** Starts the process and waits for that; when cancelled, for its end. Suspends. */
    Process await(BaseEventLoop loop) throws IOException {
        Runnable whenClosed = this::abandon;
        Future<Process> starting = loop.runInExecutor(ProcessThreads.EXECUTOR, this);
        loop.addCloseAction(whenClosed);
        boolean wanted = false;
        try {
            if (Asyncio.awaitEnd(starting, this::abandon)) {
                undo(loop, starting);
            }
            Process born = starting.await(IOException.class);
            wanted = true;
            return born;
        } finally {
            loop.removeCloseAction(whenClosed);
            if (!wanted) {
                abandon();
            }
        }
    }

    /** Waits for the end of what was abandoned; then the next wait throws the cancellation. */
    private static void undo(BaseEventLoop loop, Future<Process> starting) {
        if (!starting.cancelled() && starting.exception() == null) {
            Process born = starting.result();
            Asyncio.awaitEnd(loop.runInExecutor(ProcessThreads.EXECUTOR, born::waitFor), () -> {});
        }
        Asyncio.sleep(Duration.ZERO);
    }

    /** On another thread. */
    @Override
    public Process call() throws IOException {
        boolean started = false;
        try {
            Process process = start();
            started = true;
            return process;
        } finally {
            if (!started) {
                closePipes();
            }
        }
    }

    private Process start() throws IOException {
        Process process = configured().start();
        if (!state.compareAndSet(null, process)) {
            process.destroyForcibly();
            closePipes();
        }
        letGo(stdout);
        letGo(stderr);
        return process;
    }

    private static void letGo(@Nullable SystemPipe pipe) throws IOException {
        if (pipe != null) {
            pipe.started();
        }
    }

    private ProcessBuilder configured() throws IOException {
        if (state.get() == ABANDONED) {
            throw new CancellationException("not started, because nobody waits for it any more");
        }
        var builder = new ProcessBuilder(command);
        builder.redirectInput(options.stdin().forInput());
        stdout = pipeFor(options.stdout());
        builder.redirectOutput(target(stdout, options.stdout(), "standard output"));
        if (options.stderr() == Stdio.STDOUT) {
            builder.redirectErrorStream(true);
        } else {
            stderr = pipeFor(options.stderr());
            builder.redirectError(target(stderr, options.stderr(), "standard error"));
        }
        var directory = options.directory();
        builder.directory(directory == null ? null : directory.toFile());
        var environment = options.environment();
        if (environment != null) {
            builder.environment().clear();
            builder.environment().putAll(environment);
        }
        builder.environment().putAll(options.variables());
        return builder;
    }

    private @Nullable SystemPipe pipeFor(Stdio stdio) throws IOException {
        return ownPipes && stdio.isPipe() ? SystemPipe.open() : null;
    }

    private static Redirect target(@Nullable SystemPipe pipe, Stdio stdio, String stream) {
        return pipe == null ? stdio.forOutput(stream) : pipe.target();
    }

    /** Has the process killed, now or as soon as it is there. Any thread, the loop's bare one too. */
    private void abandon() {
        if (state.getAndSet(ABANDONED) instanceof Process born) {
            born.toHandle().destroyForcibly();
            ProcessThreads.EXECUTOR.execute(this::closePipes);
        }
    }

    /** Kills a process that is not to be used after all, and gives back its pipes. */
    void discard() {
        if (state.getAndSet(ABANDONED) instanceof Process born) {
            born.toHandle().destroyForcibly();
        }
        closePipes();
    }

    private void closePipes() {
        try (SystemPipe first = stdout;
                SystemPipe second = stderr) {
            assert first == null || first != second;
        } catch (IOException e) {
            // Descriptors that cannot be closed are lost; there is nothing more to do about it.
        }
    }
}
