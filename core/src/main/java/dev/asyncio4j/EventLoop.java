package dev.asyncio4j;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks and callbacks, one at a time, on one thread.
 *
 * <p><b>Order.</b> An iteration polls for input and output, collects what has become ready and what is due, and then runs
 * exactly those entries, in this order: what was ready before, what other threads handed in, input and output, timers.
 * What is scheduled meanwhile waits for the next iteration (LOOP-1 to LOOP-5). Timers with equal deadlines run in the order
 * in which they were set.
 *
 * <p><b>Threads.</b> Only {@link #callSoonThreadsafe}, {@link #isRunning}, {@link #isClosed} and {@link #time} may be called
 * from other threads while the loop runs.
 *
 * <p>Programs seldom need a loop itself: {@link Asyncio} works on the one that is running.
 */
public interface EventLoop extends AutoCloseable {

    // ---- running and stopping

    /**
     * Runs until {@link #stop} is called.
     *
     * @throws IllegalStateException if this loop runs already or is closed, another runs on this thread, or the thread is
     *     virtual
     * @throws ExitError if a callback or a task asked for the end of the program (LOOP-8)
     */
    void runForever();

    /**
     * Runs until a future is done.
     *
     * @param <T> the type of the result
     * @param future a future of this loop
     * @return its result
     * @throws IllegalStateException if the loop was stopped before the future was done, or as {@link #runForever}
     */
    <T extends @Nullable Object> T runUntilComplete(Future<T> future);

    /**
     * Runs a coroutine as a task until it is done.
     *
     * @param <T> the type of the result
     * @param <X> what the coroutine may throw
     * @param main the coroutine
     * @return its result
     * @throws X if the coroutine throws it
     */
    <T extends @Nullable Object, X extends Throwable> T runUntilComplete(Coroutine<T, X> main) throws X;

    /** Makes the run call return after the batch that runs now; before a run, makes it one iteration long (LOOP-5). */
    void stop();

    /**
     * Tells whether this loop runs now.
     *
     * @return true during a run call
     */
    boolean isRunning();

    /**
     * Tells whether this loop was closed.
     *
     * @return true after {@link #close}
     */
    boolean isClosed();

    /**
     * Ends the loop for good. Tasks that are pending are resumed with {@link CancelledError} until their stacks are unwound;
     * callbacks and timers are dropped (LOOP-9). Does nothing when closed already.
     *
     * @throws IllegalStateException while the loop runs
     */
    @Override
    void close();

    /**
     * Returns the time on the loop's clock.
     *
     * @return the time since some fixed moment; it never goes back
     */
    Duration time();

    // ---- scheduling

    /**
     * Has a callback run in the next iteration, in a copy of the current context (LOOP-12).
     *
     * @param callback what to run
     * @return a handle to cancel it
     */
    Handle callSoon(Runnable callback);

    /**
     * Has a callback run in the next iteration, in a given context.
     *
     * @param callback what to run
     * @param context the context, shared and not copied
     * @return a handle to cancel it
     */
    Handle callSoon(Runnable callback, Context context);

    /**
     * Has a callback run in the next iteration, and wakes the loop up.
     *
     * <p><b>Threads.</b> Any. What one thread hands in runs in that order.
     *
     * @param callback what to run
     * @return a handle that any thread may cancel
     * @throws IllegalStateException if the loop is closed
     */
    Handle callSoonThreadsafe(Runnable callback);

    /**
     * Has a callback run in the next iteration, in a given context, and wakes the loop up.
     *
     * <p><b>Threads.</b> Any.
     *
     * @param callback what to run
     * @param context the context, shared and not copied
     * @return a handle that any thread may cancel
     * @throws IllegalStateException if the loop is closed
     */
    Handle callSoonThreadsafe(Runnable callback, Context context);

    /**
     * Has a callback run after a delay. A delay of zero or less still lets everything run that is ready (LOOP-7).
     *
     * @param delay how long from now
     * @param callback what to run
     * @return a handle to cancel it
     */
    TimerHandle callLater(Duration delay, Runnable callback);

    /**
     * Has a callback run after a delay, in a given context.
     *
     * @param delay how long from now
     * @param callback what to run
     * @param context the context, shared and not copied
     * @return a handle to cancel it
     */
    TimerHandle callLater(Duration delay, Runnable callback, Context context);

    /**
     * Has a callback run at a time.
     *
     * @param when when, on the clock of {@link #time}
     * @param callback what to run
     * @return a handle to cancel it
     */
    TimerHandle callAt(Duration when, Runnable callback);

    /**
     * Has a callback run at a time, in a given context.
     *
     * @param when when, on the clock of {@link #time}
     * @param callback what to run
     * @param context the context, shared and not copied
     * @return a handle to cancel it
     */
    TimerHandle callAt(Duration when, Runnable callback, Context context);

    /**
     * Makes a future of this loop.
     *
     * @param <T> the type of its result
     * @return a pending future
     */
    <T extends @Nullable Object> Future<T> createFuture();

    /**
     * Makes a future of this loop that reports can name.
     *
     * @param <T> the type of its result
     * @param label what those who wait for it are waiting for, such as "the turn of Lock 3"
     * @return a pending future
     */
    <T extends @Nullable Object> Future<T> createFuture(String label);

    /**
     * Makes a future of this loop that reports can name, and of which they know what it depends on.
     *
     * @param <T> the type of its result
     * @param label what those who wait for it are waiting for
     * @param dependencies asked, while it is pending, for the futures or tasks that must end before it can, such as the
     *     task that holds a lock
     * @return a pending future
     */
    <T extends @Nullable Object> Future<T> createFuture(
            String label, Supplier<? extends Set<? extends Future<?>>> dependencies);

    /**
     * Starts a task; its first step runs in the next iteration (TASK-1).
     *
     * @param <T> the type of its result
     * @param body what it runs
     * @return the new task
     */
    <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body);

    /**
     * Starts a task.
     *
     * @param <T> the type of its result
     * @param body what it runs
     * @param options name, context, eager start
     * @return the new task
     */
    <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body, TaskOptions options);

    /**
     * Starts a task that returns nothing.
     *
     * @param body what it runs
     * @return the new task
     */
    default Task<@Nullable Void> createTask(Action<?> body) {
        return createTask(body.asCoroutine());
    }

    /**
     * Starts a task that returns nothing.
     *
     * @param body what it runs
     * @param options name, context, eager start
     * @return the new task
     */
    default Task<@Nullable Void> createTask(Action<?> body, TaskOptions options) {
        return createTask(body.asCoroutine(), options);
    }

    /**
     * Sets what makes this loop's tasks.
     *
     * @param factory the factory, such as {@link TaskFactory#EAGER}, or null for the default
     */
    void setTaskFactory(@Nullable TaskFactory factory);

    /**
     * Returns what makes this loop's tasks.
     *
     * @return the factory that was set, or null
     */
    @Nullable
    TaskFactory getTaskFactory();

    // ---- executors

    /**
     * Starts a job on other threads at once.
     *
     * <p><b>Cancellation.</b> Cancelling the future succeeds at once; the job is prevented only if it has not begun, else
     * it runs on and its outcome is dropped (EXE-2).
     *
     * @param <T> the type of its result
     * @param executor where to run it, or null for the default executor
     * @param job what to run; it sees no context variables (EXE-3)
     * @return a future of this loop
     */
    <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor executor, Callable<T> job);

    /**
     * Replaces the default executor.
     *
     * @param executor what {@link #runInExecutor} uses when it is given none
     */
    void setDefaultExecutor(ExecutorService executor);

    /**
     * Shuts the default executor down and waits, without holding the loop, until its jobs have ended (EXE-4).
     *
     * <p>Suspends.
     *
     * @param timeout how long to wait at most; what still runs then is interrupted, reported, and not waited for again
     */
    void shutdownDefaultExecutor(Duration timeout);

    // ---- generators

    /**
     * Closes every {@link AsyncGenerator} that has begun and not ended, and waits for that (AG-9). Suspends.
     *
     * <p><b>Errors.</b> What goes wrong is reported to the exception handler.
     */
    void shutdownAsyncgens();

    // ---- signals

    /**
     * Has a callback run in this loop whenever a signal of the operating system comes; what the signal would have done is
     * not done. Replaces this loop's callback for that signal; other loops keep theirs, and each has its own run.
     *
     * <p>Of use are above all {@code TERM}, {@code INT} and {@code HUP}. The JVM keeps some for itself, such as
     * {@code USR1}, {@code QUIT} and {@code SEGV}, and with {@code -Xrs} those three, too.
     *
     * <p><b>Order.</b> The callback runs as one given to {@link #callSoonThreadsafe(Runnable, Context)} does, once for each
     * delivery, in a copy of the current context (SG-2); the system may merge deliveries that are close together.
     *
     * <p><b>Example.</b> A server that ends in peace:
     *
     * {@snippet class="dev.asyncio4j.snippets.SignalTest" region="signal"}
     *
     * @param signal its name, with or without {@code SIG}
     * @param callback what to run
     * @throws IllegalArgumentException if there is no such signal
     * @throws IllegalStateException if it cannot be handled: nobody can, or the JVM needs it (SG-1)
     * @throws UnsupportedOperationException if this JVM hands no signals over
     */
    void addSignalHandler(String signal, Runnable callback);

    /**
     * Takes back what {@link #addSignalHandler} was given. When no loop has a callback for the signal any more, it does again
     * what it did before; {@code INT} cancels the main task of {@link Asyncio#run} again (SG-3). {@link #close} takes all
     * back.
     *
     * @param signal its name, with or without {@code SIG}
     * @return true if this loop had a callback for it
     */
    boolean removeSignalHandler(String signal);

    // ---- errors and debugging

    /**
     * Sets what hears of exceptions that nobody else will.
     *
     * @param handler the handler, or null for the default one
     */
    void setExceptionHandler(@Nullable ExceptionHandler handler);

    /**
     * Returns the handler.
     *
     * @return the handler that was set, or null
     */
    @Nullable
    ExceptionHandler getExceptionHandler();

    /**
     * Logs an exception, as happens where no handler is set (EXC-2).
     *
     * @param context what happened
     */
    void defaultExceptionHandler(ExceptionContext context);

    /**
     * Reports an exception to the handler.
     *
     * @param context what happened
     */
    void callExceptionHandler(ExceptionContext context);

    /**
     * Switches the debug mode: the loop remembers where callbacks and tasks were made, for its reports, and warns of steps
     * that take longer than {@link #slowCallbackDuration()}. It is on at first if the system property
     * {@code asyncio4j.debug} is true, or the environment variable {@code ASYNCIO4J_DEBUG} is set.
     *
     * @param enabled true to report more, at some cost
     */
    void setDebug(boolean enabled);

    /**
     * Tells whether the debug mode is on.
     *
     * @return what {@link #setDebug} set
     */
    boolean getDebug();

    /**
     * Returns how long a step may take before the debug mode warns of it.
     *
     * @return the limit; 100 ms unless changed
     */
    Duration slowCallbackDuration();

    /**
     * Changes how long a step may take before the debug mode warns of it.
     *
     * @param limit the limit
     */
    void slowCallbackDuration(Duration limit);
}
