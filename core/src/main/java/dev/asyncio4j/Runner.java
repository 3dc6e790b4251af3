package dev.asyncio4j;

import dev.asyncio4j.internal.os.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs several coroutines one after another in one loop and one context, and ends the loop properly (RUN-1 to RUN-8).
 *
 * <p><b>States.</b> New; initialised, from the first {@link #run} or {@link #getLoop} on; closed.
 *
 * <p><b>Signals.</b> While a coroutine runs, Ctrl-C cancels it, and the second one prints what holds the loop and halts. If
 * the system property {@code asyncio4j.cancelOnTerm} is true, as it is under {@code ./asyncio run}, so does SIGTERM, with
 * the exit code 143 instead of 130. Both leave a signal alone that the program handles itself.
 *
 * <p><b>Threads.</b> One platform thread, which must not call {@link #run} or {@link #close} inside a {@code synchronized}
 * block: the JVM would take the monitor for one of the first coroutine that suspends.
 */
public final class Runner implements AutoCloseable {

    /** How long the default executor's jobs may take to end (RUN-6). */
    private static final Duration EXECUTOR_GRACE = Duration.ofMinutes(5);

    /** The system property that has SIGTERM cancel the main task, as Ctrl-C does; {@code ./asyncio run} sets it. */
    private static final String CANCEL_ON_TERM = "asyncio4j.cancelOnTerm";

    private final RunOptions options;
    private final Context context = Context.current().copy();
    private @Nullable EventLoop loop;
    private boolean closed;

    /** Makes a runner with default options. */
    public Runner() {
        this(RunOptions.DEFAULT);
    }

    /**
     * Makes a runner.
     *
     * @param options debug mode and loop factory
     */
    public Runner(RunOptions options) {
        this.options = options;
    }

    /**
     * Returns the loop, which is made at the first call.
     *
     * @return the loop that {@link #run} uses
     * @throws IllegalStateException if this is closed
     */
    public EventLoop getLoop() {
        if (closed) {
            throw new IllegalStateException("this Runner is closed");
        }
        EventLoop made = loop;
        if (made == null) {
            Supplier<? extends EventLoop> factory = options.loopFactory();
            made = factory != null ? factory.get() : newCurrentLoop();
            Boolean debug = options.debug();
            if (debug != null) {
                made.setDebug(debug);
            }
            loop = made;
        }
        return made;
    }

    /** A loop of our own making is the thread's current one while this is open (RUN-2). */
    private static EventLoop newCurrentLoop() {
        EventLoop made = Asyncio.newEventLoop();
        Asyncio.setEventLoop(made);
        return made;
    }

    /**
     * Runs a coroutine until it has ended. Other tasks stay for the next call.
     *
     * @param <T> what it returns
     * @param <X> what it may throw
     * @param main the coroutine
     * @return what it returned
     * @throws X if it threw that
     * @throws KeyboardInterrupt if Ctrl-C ended it (RUN-5)
     * @throws IllegalStateException if a loop runs on this thread, or this is closed
     */
    public <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T, X> main) throws X {
        return run(main, context);
    }

    /**
     * Runs a coroutine in a given context until it has ended.
     *
     * @param <T> what it returns
     * @param <X> what it may throw
     * @param main the coroutine
     * @param runContext the context, shared and not copied
     * @return what it returned
     * @throws X if it threw that
     */
    @SuppressWarnings("RedundantThrows")
    public <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T, X> main, Context runContext) throws X {
        if (BaseEventLoop.currentOrNull() != null) {
            throw new IllegalStateException("Runner.run was called inside a running event loop");
        }
        EventLoop running = getLoop();
        Task<T> task = running.createTask(main, TaskOptions.DEFAULT.withContext(runContext));
        try (var interrupts = new MainInterrupts(running, task)) {
            return awaitMain(running, task, interrupts);
        }
    }

    private static <T extends @Nullable Object> T awaitMain(
            EventLoop running, Task<T> task, MainInterrupts interrupts) {
        try {
            return running.runUntilComplete(task);
        } catch (CancelledError e) {
            if (interrupts.byUser() && task.uncancel() == 0) {
                throw interrupts.toExit(e);
            }
            throw e;
        }
    }

    /** Ends what is left, in asyncio's order (RUN-6), and closes the loop. Does nothing the second time. */
    @Override
    public void close() {
        EventLoop ending = loop;
        if (closed || ending == null) {
            closed = true;
            return;
        }
        closed = true;
        loop = null;
        try (ending) {
            inOrder(
                    () -> endTasks(ending),
                    () -> ending.runUntilComplete(ending.createTask(ending::shutdownAsyncgens)),
                    () -> ending.runUntilComplete(
                            ending.createTask(() -> ending.shutdownDefaultExecutor(EXECUTOR_GRACE))));
        } finally {
            if (options.loopFactory() == null) {
                Asyncio.setEventLoop(null);
            }
        }
    }

    /** Takes every step even if one before it failed (RUN-8). */
    private static void inOrder(Runnable... steps) {
        RuntimeException failure = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void endTasks(EventLoop ending) {
        if (!(ending instanceof BaseEventLoop base)) {
            return;
        }
        List<Task<?>> left = new ArrayList<>(base.allTasks());
        if (left.isEmpty()) {
            return;
        }
        CancelRequest.inTheNameOf(CancelRequest.END, base, () -> left.forEach(Future::cancel));
        ending.runUntilComplete(() -> Asyncio.gatherOutcomes(left));
        left.stream()
                .filter(task -> !task.cancelled() && task.exception() != null)
                .forEach(task -> report(base, task));
    }

    private static void report(BaseEventLoop loop, Task<?> task) {
        loop.callExceptionHandler(ExceptionContext.of("a task failed while the program was ending")
                .with(ExceptionContext.EXCEPTION, task.failure())
                .with(ExceptionContext.TASK, task));
    }

    /** Runs a program on a thread of its own; an interrupt of the caller cancels the coroutine. */
    static <T extends @Nullable Object, X extends Throwable> T runOnPlatformThread(
            Coroutine<T, X> main, RunOptions options) throws X {
        var interrupts = new CallerInterrupts();
        Context context = Context.current().copy();
        try {
            return PlatformThread.call(
                    "asyncio-loop",
                    () -> context.run(() -> {
                        try (var runner = new Runner(options)) {
                            return runner.run(() -> {
                                interrupts.mainBegan(runner.getLoop());
                                return runChecked(main);
                            });
                        }
                    }),
                    interrupts::interrupted);
        } finally {
            interrupts.restoreUndelivered();
        }
    }

    /** Interrupts of the thread that called run: they cancel the main task, also when they come before it has begun. */
    private static final class CallerInterrupts {

        private @Nullable EventLoop loop;
        private @Nullable Task<?> main;
        private boolean pending;

        synchronized void mainBegan(EventLoop running) {
            loop = running;
            main = Asyncio.currentTask().orElseThrow();
            if (pending) {
                cancel();
            }
        }

        synchronized void interrupted() {
            pending = true;
            cancel();
        }

        private void cancel() {
            Task<?> task = main;
            if (loop == null || task == null) {
                return;
            }
            try {
                loop.callSoonThreadsafe(() -> deliver(task));
            } catch (IllegalStateException e) {
                assert loop.isClosed() : e; // the interrupt stays the caller's
            }
        }

        private synchronized void deliver(Task<?> task) {
            if (pending && task.cancel("the thread that called run was interrupted")) {
                pending = false;
            }
        }

        /** An interrupt that came too late for the main task is the caller's again. */
        synchronized void restoreUndelivered() {
            if (pending) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T extends @Nullable Object, X extends Throwable> T runChecked(Coroutine<T, X> main) {
        try {
            return main.run();
        } catch (Throwable e) {
            throw Sneaky.sneak(e);
        }
    }

    /**
     * Turns Ctrl-C, and interrupts of the loop's thread, into cancels of the main task while it runs; so, where the launcher or
     * the user has asked for that, SIGTERM, which by default ends a JVM without a word to its tasks.
     */
    private static final class MainInterrupts implements AutoCloseable {

        /** What a shell reports for a process that SIGTERM ended. */
        private static final int TERMINATED = 143;

        private final EventLoop loop;
        private final Task<?> main;
        private final List<Signals.Registration> registrations = new ArrayList<>(2);

        /** The exit code that the first signal asks for, or 0. Written by the thread that delivers signals. */
        private final AtomicInteger askedFor = new AtomicInteger();

        MainInterrupts(EventLoop loop, Task<?> main) {
            this.loop = loop;
            this.main = main;
            registrations.add(Signals.handleInterrupt(() -> onSignal(KeyboardInterrupt.CODE)));
            if (Boolean.getBoolean(CANCEL_ON_TERM)) {
                registrations.add(Signals.handleByDefault("TERM", () -> onSignal(TERMINATED)));
            }
            if (loop instanceof BaseEventLoop base) {
                base.onInterrupt(() -> main.cancel("the event loop's thread was interrupted"));
            }
        }

        private void onSignal(int code) {
            if (askedFor.compareAndSet(0, code) && !main.done() && !loop.isClosed()) {
                loop.callSoonThreadsafe(main::cancel);
                return;
            }
            if (loop instanceof BaseEventLoop base) {
                base.printWhatHolds(System.err);
            }
            Runtime.getRuntime().halt(code);
        }

        boolean byUser() {
            return askedFor.get() != 0;
        }

        /** The end that the first signal asks for. */
        ExitError toExit(CancelledError cancelled) {
            var exit = askedFor.get() == TERMINATED
                    ? new ExitError(TERMINATED, "terminated by a signal")
                    : new KeyboardInterrupt();
            exit.initCause(cancelled);
            return exit;
        }

        @Override
        public void close() {
            registrations.forEach(Signals.Registration::restore);
            if (loop instanceof BaseEventLoop base) {
                base.onInterrupt(null);
            }
        }
    }
}
