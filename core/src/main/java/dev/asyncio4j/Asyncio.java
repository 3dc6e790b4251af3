package dev.asyncio4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * asyncio's functions: what a program calls first, and most.
 *
 * {@snippet class="dev.asyncio4j.snippets.FrontDoor" region="hello"}
 *
 * <p>Every method here that waits is an ordinary method: it returns its value or throws, and suspends the calling task
 * meanwhile. Concurrency is asked for with {@link #createTask}, {@link #gather} or a {@link TaskGroup}.
 */
public final class Asyncio {

    private Asyncio() {}

    // ---- running

    /**
     * Runs a coroutine in a new event loop, ends what it left behind, and closes the loop (RUN-1 to RUN-8).
     *
     * <p><b>Threads.</b> The loop gets a platform thread of its own while the caller, which may be a virtual thread, waits;
     * an interrupt of the caller cancels the coroutine.
     *
     * <p><b>Cancellation.</b> The first Ctrl-C cancels the coroutine, and this throws {@link KeyboardInterrupt} when it has
     * ended; the second ends the process.
     *
     * @param <T> what the coroutine returns
     * @param <X> what it may throw
     * @param main the coroutine
     * @return what the coroutine returned
     * @throws X if the coroutine threw it
     * @throws IllegalStateException if a loop is running on this thread already
     */
    public static <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T, X> main) throws X {
        return run(main, RunOptions.DEFAULT);
    }

    /**
     * Runs a coroutine that returns nothing, as {@link #run(Coroutine)} does.
     *
     * @param <X> what the coroutine may throw
     * @param main the coroutine
     * @throws X if the coroutine threw it
     */
    public static <X extends Throwable> void run(Action<X> main) throws X {
        run(main.asCoroutine(), RunOptions.DEFAULT);
    }

    /**
     * Runs a coroutine, as {@link #run(Coroutine)} does, with options.
     *
     * @param <T> what the coroutine returns
     * @param <X> what it may throw
     * @param main the coroutine
     * @param options debug mode and loop factory
     * @return what the coroutine returned
     * @throws X if the coroutine threw it
     */
    public static <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T, X> main, RunOptions options)
            throws X {
        if (BaseEventLoop.currentOrNull() != null) {
            throw new IllegalStateException("Asyncio.run was called inside a running event loop;"
                    + " call the coroutine itself, or start it with createTask");
        }
        return Runner.runOnPlatformThread(main, options);
    }

    // ---- tasks

    /**
     * Starts a task in the running loop; it first runs when the caller has suspended (TASK-1).
     *
     * @param <T> what the coroutine returns
     * @param body the coroutine
     * @return the new task
     * @throws IllegalStateException if no loop is running here
     */
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body) {
        return running("createTask").createTask(body);
    }

    /**
     * Starts a task in the running loop.
     *
     * @param <T> what the coroutine returns
     * @param body the coroutine
     * @param options name, context, eager start
     * @return the new task
     * @throws IllegalStateException if no loop is running here
     */
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body, TaskOptions options) {
        return running("createTask").createTask(body, options);
    }

    /**
     * Starts a task that returns nothing.
     *
     * @param body the coroutine
     * @return the new task
     * @throws IllegalStateException if no loop is running here
     */
    public static Task<@Nullable Void> createTask(Action<?> body) {
        return running("createTask").createTask(body);
    }

    /**
     * Starts a task that returns nothing.
     *
     * @param body the coroutine
     * @param options name, context, eager start
     * @return the new task
     * @throws IllegalStateException if no loop is running here
     */
    public static Task<@Nullable Void> createTask(Action<?> body, TaskOptions options) {
        return running("createTask").createTask(body, options);
    }

    /**
     * Returns the task that calls this.
     *
     * @return the current task, or empty in a callback and outside a loop (TASK-6)
     */
    public static Optional<Task<?>> currentTask() {
        BaseEventLoop loop = BaseEventLoop.currentOrNull();
        return loop == null ? Optional.empty() : Optional.ofNullable(loop.currentTask());
    }

    /**
     * Returns the tasks of the running loop that are not done.
     *
     * @return a snapshot, the oldest first
     * @throws IllegalStateException if no loop is running here
     */
    public static Set<Task<?>> allTasks() {
        return running("allTasks").allTasks();
    }

    /**
     * Copies the context of the caller.
     *
     * @return a new context with the values that the caller's {@link ContextVar}s have
     */
    public static Context copyContext() {
        return Context.current().copy();
    }

    // ---- loops

    /**
     * Returns the loop that the caller runs on.
     *
     * @return the running loop
     * @throws IllegalStateException if there is none
     */
    public static EventLoop getRunningLoop() {
        return running("getRunningLoop");
    }

    /**
     * Makes a loop of the best kind for this machine.
     *
     * @return a new loop, to be closed
     */
    public static EventLoop newEventLoop() {
        return new BaseEventLoop();
    }

    /**
     * Returns the loop that the caller runs on, or else the one set for its thread (LOOP-16).
     *
     * @return the loop
     * @throws IllegalStateException if there is neither
     */
    public static EventLoop getEventLoop() {
        return CurrentLoop.get();
    }

    /**
     * Sets the loop that {@link #getEventLoop} returns on this thread while none is running.
     *
     * @param loop the loop, or null for none
     */
    public static void setEventLoop(@Nullable EventLoop loop) {
        CurrentLoop.set(loop);
    }

    /**
     * Makes a future of something awaitable: the same if it is one, else a task that waits for it.
     *
     * @param <T> the type of the result
     * @param awaitable what to wait for
     * @return a future of the running loop
     * @throws IllegalArgumentException if it belongs to another loop
     */
    public static <T extends @Nullable Object> Future<T> ensureFuture(Awaitable<T> awaitable) {
        return running("ensureFuture").ensureFuture(awaitable);
    }

    static BaseEventLoop running(String operation) {
        BaseEventLoop loop = BaseEventLoop.currentOrNull();
        if (loop == null) {
            throw new IllegalStateException(operation + " needs a running event loop and " + Thread.currentThread()
                    + " runs none; start one with Asyncio.run");
        }
        return loop;
    }

    static Stepper<?> currentStepper(String operation) {
        return running(operation).currentStepper(operation);
    }

    // ---- waiting

    /**
     * Waits for some time.
     *
     * <p>Suspends, also for zero or less: then everything that is ready runs once.
     *
     * <p><b>Cancellation.</b> Ends the wait at once.
     *
     * @param delay how long
     */
    public static void sleep(Duration delay) {
        sleepNanos(Nanos.of(delay));
    }

    /**
     * Waits for some time and returns a value.
     *
     * @param <T> the type of the value
     * @param delay how long
     * @param result the value
     * @return the value
     */
    public static <T extends @Nullable Object> T sleep(Duration delay, T result) {
        sleepNanos(Nanos.of(delay));
        return result;
    }

    private static void sleepNanos(long nanos) {
        BaseEventLoop loop = running("sleep");
        Stepper<?> stepper = loop.currentStepper("sleep");
        if (nanos <= 0) {
            stepper.yieldNow();
        } else {
            Sleep.in(loop, stepper, nanos);
        }
    }

    /**
     * Runs coroutines side by side and waits for all their results.
     *
     * <p><b>Cancellation.</b> Cancels all that have not ended. If one fails, that failure is thrown at once and the others
     * go on (GA-3); in a {@link TaskGroup} they would be cancelled.
     *
     * @param <T> what they return
     * @param bodies the coroutines, each to become a task
     * @return their results, in the order of the arguments
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<T> gather(Coroutine<? extends T, ?>... bodies) {
        return Asyncio.<T>gather(Asyncio.<T>start(bodies));
    }

    /**
     * Runs coroutines that return nothing side by side and waits for all, as {@link #gather(Coroutine[])} does.
     *
     * @param bodies the coroutines, each to become a task
     */
    public static void gather(Action<?>... bodies) {
        var tasks = new ArrayList<Task<?>>(bodies.length);
        for (Action<?> body : bodies) {
            tasks.add(createTask(body));
        }
        gather(tasks);
    }

    /**
     * Waits for all results of tasks or futures.
     *
     * @param <T> what they return
     * @param awaitables what to wait for; one that is given twice is waited for once (GA-2)
     * @return their results, in the order of the arguments
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<T> gather(Awaitable<? extends T>... awaitables) {
        return Asyncio.<T>gather(List.of(awaitables));
    }

    /**
     * Waits for all results of tasks or futures.
     *
     * @param <T> what they return
     * @param awaitables what to wait for; one that is given twice is waited for once (GA-2)
     * @return their results, in order
     */
    public static <T extends @Nullable Object> List<T> gather(Collection<? extends Awaitable<? extends T>> awaitables) {
        return Asyncio.<T>gatherFuture(awaitables).await();
    }

    /**
     * Returns a future for all results of tasks or futures: what {@link #gather(Collection)} waits for.
     *
     * @param <T> what they return
     * @param awaitables what to wait for
     * @return a future of their results; cancelling it cancels them (GA-6)
     */
    public static <T extends @Nullable Object> Future<List<T>> gatherFuture(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gather.values(running("gather"), awaitables);
    }

    /**
     * Runs coroutines side by side and waits until all have ended, one way or the other: gather with
     * {@code return_exceptions} (GA-5).
     *
     * @param <T> what they return
     * @param bodies the coroutines, each to become a task
     * @return how each ended, in the order of the arguments
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<Outcome<T>> gatherOutcomes(Coroutine<? extends T, ?>... bodies) {
        return Asyncio.<T>gatherOutcomes(Asyncio.<T>start(bodies));
    }

    /**
     * Waits until all tasks or futures have ended, one way or the other (GA-5).
     *
     * @param <T> what they return
     * @param awaitables what to wait for
     * @return how each ended, in order
     */
    public static <T extends @Nullable Object> List<Outcome<T>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Asyncio.<T>gatherOutcomesFuture(awaitables).await();
    }

    /**
     * Returns a future for the ends of tasks or futures: what {@link #gatherOutcomes(Collection)} waits for.
     *
     * @param <T> what they return
     * @param awaitables what to wait for
     * @return a future of how each ended; cancelling it cancels them and waits for all (GA-6)
     */
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomesFuture(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gather.outcomes(running("gatherOutcomes"), awaitables);
    }

    private static <T extends @Nullable Object> List<Awaitable<? extends T>> start(Coroutine<? extends T, ?>[] bodies) {
        var tasks = new ArrayList<Awaitable<? extends T>>(bodies.length);
        for (Coroutine<? extends T, ?> body : bodies) {
            tasks.add(createTask(body));
        }
        return tasks;
    }

    /**
     * Runs a body for a limited time, in the calling task (WF-1).
     *
     * @param <T> what the body returns
     * @param <X> what it may throw
     * @param limit the time; zero or less never starts the body (WF-2)
     * @param body what to run
     * @return what the body returned
     * @throws X if the body threw it
     * @throws TimeoutException if the time was over first; the body has been cancelled and has ended (WF-3)
     */
    public static <T extends @Nullable Object, X extends Throwable> T timeout(Duration limit, Coroutine<T, X> body)
            throws X {
        return Timeout.call(limit, _ -> body.run());
    }

    /**
     * Runs a body for a limited time, in the calling task.
     *
     * @param <X> what the body may throw
     * @param limit the time
     * @param body what to run
     * @throws X if the body threw it
     * @throws TimeoutException if the time was over first; the body has been cancelled and has ended
     */
    public static <X extends Throwable> void timeout(Duration limit, Action<X> body) throws X {
        Timeout.run(limit, _ -> body.run());
    }

    /**
     * Runs a body for a limited time, in the calling task. Unlike {@link #timeout}, a limit of zero or less does not start
     * the body at all (WF-2).
     *
     * @param <T> what the body returns
     * @param <X> what it may throw
     * @param body what to run
     * @param limit the time
     * @return what the body returned
     * @throws X if the body threw it
     * @throws TimeoutException if the time was over first
     */
    public static <T extends @Nullable Object, X extends Throwable> T waitFor(Coroutine<T, X> body, Duration limit)
            throws X {
        if (Nanos.of(limit) <= 0) {
            currentStepper("waitFor");
            throw new TimeoutException("no time was given: the limit was " + Nanos.shown(limit), null);
        }
        return timeout(limit, body);
    }

    /**
     * Runs a body that returns nothing for a limited time, as {@link #waitFor(Coroutine, Duration)} does.
     *
     * @param <X> what the body may throw
     * @param body what to run
     * @param limit the time
     * @throws X if the body threw it
     * @throws TimeoutException if the time was over first
     */
    public static <X extends Throwable> void waitFor(Action<X> body, Duration limit) throws X {
        waitFor(body.asCoroutine(), limit);
    }

    /**
     * Waits for a task or future for a limited time; when that is over it is cancelled, and this waits for its end (WF-3).
     *
     * @param <T> the type of the result
     * @param awaitable what to wait for
     * @param limit the time
     * @return the result
     * @throws TimeoutException if the time was over first
     */
    public static <T extends @Nullable Object> T waitFor(Awaitable<T> awaitable, Duration limit) {
        if (Nanos.of(limit) > 0) {
            return timeout(limit, () -> awaitable.await());
        }
        return WaitForNothing.await(running("waitFor"), awaitable, limit);
    }

    /**
     * Waits for a task or future without passing a cancellation on to it (SH-1).
     *
     * <p><b>Cancellation.</b> Ends the wait; what is shielded goes on. If it fails later, that is reported to the loop's
     * exception handler (SH-2).
     *
     * @param <T> the type of the result
     * @param awaitable what to wait for
     * @return the result
     */
    public static <T extends @Nullable Object> T shield(Awaitable<T> awaitable) {
        return shieldFuture(awaitable).await();
    }

    /**
     * Runs a coroutine as a task of its own and waits for it without passing a cancellation on (SH-1).
     *
     * @param <T> what it returns
     * @param <X> what it may throw
     * @param body the coroutine
     * @return what it returned
     * @throws X if it threw that
     */
    @SuppressWarnings("RedundantThrows")
    public static <T extends @Nullable Object, X extends Throwable> T shield(Coroutine<T, X> body) throws X {
        return shield(createTask(body));
    }

    /**
     * Runs a coroutine that returns nothing as a task of its own and waits for it without passing a cancellation on.
     *
     * @param <X> what it may throw
     * @param body the coroutine
     * @throws X if it threw that
     */
    public static <X extends Throwable> void shield(Action<X> body) throws X {
        shield(body.asCoroutine());
    }

    /**
     * Returns a future that follows another and can be cancelled without cancelling it.
     *
     * @param <T> the type of the result
     * @param awaitable what to follow
     * @return a future with the same end, or the same future if that is done (SH-1)
     */
    public static <T extends @Nullable Object> Future<T> shieldFuture(Awaitable<T> awaitable) {
        return Shield.of(running("shield"), awaitable);
    }

    /**
     * Waits until something has ended, in whatever way, even when the calling task is cancelled meanwhile: for the
     * {@code close()} of a resource, which must neither leave before it is closed nor throw.
     *
     * <p><b>Cancellation.</b> Does not end the wait and is not lost: the next wait of the task throws it, or the end of the
     * timeout or task group around this. What is waited for is not cancelled.
     *
     * @param awaitable what to wait for; its outcome is not looked at
     * @param onCancel is run at once when a cancel comes, to hasten the end; only once
     * @return true if a cancel came
     */
    public static boolean awaitEnd(Awaitable<?> awaitable, Runnable onCancel) {
        BaseEventLoop loop = running("awaitEnd");
        return loop.currentStepper("awaitEnd").awaitEnd(loop.ensureFuture(awaitable), onCancel);
    }

    /**
     * Runs a block during which nothing else runs on the loop, and says so if something could have.
     *
     * <p>Between two waits nothing else runs anyway; but a wait does not show in the code that makes it. Inside this block a
     * wait throws at once. If a blocking call of the JDK suspends the task in spite of that, such as a contended lock inside
     * a logger, the block runs on and throws at its end.
     *
     * @param <T> what the block returns
     * @param <X> what it may throw
     * @param block what to run
     * @return what it returned
     * @throws X if it threw that
     * @throws IllegalStateException if the block waited
     */
    public static <T extends @Nullable Object, X extends Throwable> T atomically(Coroutine<T, X> block) throws X {
        return AtomicBlock.call(block);
    }

    /**
     * Runs a block that returns nothing, during which nothing else runs on the loop.
     *
     * @param <X> what it may throw
     * @param block what to run
     * @throws X if it threw that
     * @throws IllegalStateException if the block waited
     */
    public static <X extends Throwable> void atomically(Action<X> block) throws X {
        AtomicBlock.call(block.asCoroutine());
    }

    // ---- threads

    /**
     * Runs a job in the default executor, in a copy of the current context, and waits for it (EXE-3).
     *
     * <p><b>Cancellation.</b> Ends the wait; a job that has begun runs on and its outcome is dropped (EXE-2).
     *
     * @param <T> what the job returns
     * @param <X> what it may throw
     * @param job what to run on another thread
     * @return what the job returned
     * @throws X if the job threw it
     */
    @SuppressWarnings("RedundantThrows")
    public static <T extends @Nullable Object, X extends Throwable> T toThread(Coroutine<T, X> job) throws X {
        BaseEventLoop loop = running("toThread");
        Context context = Context.current().copy();
        Callable<T> inContext = () -> context.run(() -> runChecked(job));
        return loop.runInExecutor(null, inContext).await();
    }

    /**
     * Runs a job that returns nothing in the default executor and waits for it.
     *
     * @param <X> what the job may throw
     * @param job what to run on another thread
     * @throws X if the job threw it
     */
    public static <X extends Throwable> void toThread(Action<X> job) throws X {
        toThread(job.asCoroutine());
    }

    private static <T extends @Nullable Object, X extends Throwable> T runChecked(Coroutine<T, X> job) {
        try {
            return job.run();
        } catch (Throwable e) {
            throw Sneaky.sneak(e);
        }
    }

    /**
     * Starts a task in a loop that runs on another thread (EXE-5).
     *
     * <p><b>Cancellation.</b> Cancelling what is returned cancels the task. Waiting for it with a time limit does not.
     *
     * <p><b>Threads.</b> Any but the loop's own.
     *
     * @param <T> what the coroutine returns
     * @param body the coroutine
     * @param loop the loop to run it in
     * @return the outcome, for threads
     */
    public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
            Coroutine<T, ?> body, EventLoop loop) {
        return ThreadsafeCall.start(body, loop);
    }

    // ---- waiting for several

    /**
     * Waits until all tasks or futures have ended, in whatever way.
     *
     * <p>Call it by its full name: {@code Object.wait} hides a static import.
     *
     * @param <F> what the members are
     * @param members what to wait for, at least one; repetitions count once
     * @return the members, all of them done
     * @throws IllegalArgumentException if there is no member, or one of another loop (WA-1)
     */
    public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> members) {
        return wait(members, WaitOptions.DEFAULT);
    }

    /**
     * Waits until enough of several tasks or futures have ended, as {@link #wait(Collection, WaitOptions)} does, without a
     * limit of time.
     *
     * @param <F> what the members are
     * @param members what to wait for, at least one
     * @param returnWhen what is enough
     * @return which are done, and which are not
     * @throws IllegalArgumentException if there is no member, or one of another loop
     */
    public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> members, ReturnWhen returnWhen) {
        return wait(members, WaitOptions.DEFAULT.withReturnWhen(returnWhen));
    }

    /**
     * Waits until enough of several tasks or futures have ended, or the time is over.
     *
     * {@snippet class="dev.asyncio4j.snippets.SeveralTest" region="wait-first"}
     *
     * <p><b>Cancellation.</b> Ends the wait. Neither that nor the end of the time cancels a member (WA-2).
     *
     * <p><b>Errors.</b> A member's failure is not thrown: look at the members that are done.
     *
     * @param <F> what the members are
     * @param members what to wait for, at least one; repetitions count once
     * @param options what is enough, and the limit of time
     * @return which are done by the time the caller goes on, and which are not (WA-4)
     * @throws IllegalArgumentException if there is no member, or one of another loop (WA-1)
     */
    public static <F extends Future<?>> WaitResult<F> wait(Collection<? extends F> members, WaitOptions options) {
        return WaitForSeveral.await(running("wait"), members, options);
    }

    /**
     * Gives tasks or futures in the order in which they end, each of them done (AC-1).
     *
     * @param <T> what the members return
     * @param <F> what they are
     * @param members what to wait for; repetitions count once
     * @return an iteration whose {@code next()} suspends
     * @throws IllegalArgumentException if a member belongs to another loop
     */
    public static <T extends @Nullable Object, F extends Future<? extends T>> AsCompleted<T, F> asCompleted(
            Collection<? extends F> members) {
        return new AsCompleted<>(running("asCompleted"), members, null);
    }

    /**
     * Gives tasks or futures in the order in which they end, for a limited time from now on (AC-2).
     *
     * @param <T> what the members return
     * @param <F> what they are
     * @param members what to wait for; repetitions count once
     * @param limit the time for all of them
     * @return an iteration whose {@code next()} suspends, and throws {@link TimeoutException} when the time is over
     * @throws IllegalArgumentException if a member belongs to another loop
     */
    public static <T extends @Nullable Object, F extends Future<? extends T>> AsCompleted<T, F> asCompleted(
            Collection<? extends F> members, Duration limit) {
        return new AsCompleted<>(running("asCompleted"), members, limit);
    }

    /**
     * Starts coroutines side by side and gives their tasks in the order in which they end.
     *
     * @param <T> what they return
     * @param bodies the coroutines, each to become a task now
     * @return an iteration whose {@code next()} suspends
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> AsCompleted<T, Task<T>> asCompleted(Coroutine<T, ?>... bodies) {
        var tasks = new ArrayList<Task<T>>(bodies.length);
        for (Coroutine<T, ?> body : bodies) {
            tasks.add(createTask(body));
        }
        return asCompleted(tasks);
    }

    /**
     * Tries several ways to the same end, each a while after the one before, and takes the first that succeeds (CN-5).
     *
     * {@snippet class="dev.asyncio4j.snippets.SeveralTest" region="staggered-race"}
     *
     * <p>The next attempt starts when the latest one fails, or when the delay has passed since it started. The first
     * success cancels the others, and this waits until they have ended.
     *
     * <p><b>Cancellation.</b> Cancels every attempt that runs; this throws {@link CancelledError} when they have ended.
     *
     * <p><b>Errors.</b> What attempts throw is in the result.
     *
     * @param <T> what the attempts return
     * @param attempts the attempts in order; each runs in a task of its own
     * @param delay how long to wait for an attempt before the next starts beside it, or null to wait until it fails
     * @return who won with what, and what the others threw
     */
    public static <T extends @Nullable Object> RaceResult<T> staggeredRace(
            List<? extends Coroutine<? extends T, ?>> attempts, @Nullable Duration delay) {
        return StaggeredRace.run(running("staggeredRace"), attempts, delay);
    }

    /**
     * Applies a function to each input, a limited number at a time, and waits for all results.
     *
     * {@snippet class="dev.asyncio4j.snippets.SeveralTest" region="map-concurrent"}
     *
     * <p>The inputs are taken in the calling task, and only when a place is free: at no time have more than {@code limit}
     * been taken whose results are outstanding. Their iterator may suspend.
     *
     * <p><b>Cancellation.</b> Cancels what runs; this throws {@link CancelledError} when all have ended.
     *
     * <p><b>Order.</b> The functions start in the order of the inputs.
     *
     * <p><b>Errors.</b> As in a {@link TaskGroup}: the first failure, also one of the iterator, cancels the others, and no
     * further input is taken.
     *
     * @param <A> what the inputs are
     * @param <R> what the function returns
     * @param limit how many may run at a time, at least 1
     * @param inputs what to apply it to
     * @param function runs in a task of its own for each input
     * @return the results in the order of the inputs; cannot be modified
     * @throws ExceptionGroup if something failed
     * @throws CancelledError if the calling task was cancelled, or something else has cancelled one of the functions
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> List<R> mapConcurrent(
            int limit, Iterable<? extends A> inputs, CoroutineFunction<? super A, ? extends R> function) {
        return BoundedGroup.map(limit, inputs.iterator(), function);
    }

    /**
     * Applies a function to each element of a stream, a limited number at a time: as
     * {@link #mapConcurrent(int, Iterable, CoroutineFunction)}.
     *
     * <p>The stream is read as there is room, so it may be endless until something fails; closing it is left to the caller.
     *
     * @param <A> what the inputs are
     * @param <R> what the function returns
     * @param limit how many may run at a time, at least 1
     * @param inputs what to apply it to
     * @param function runs in a task of its own for each input
     * @return the results in the order of the inputs; cannot be modified
     * @throws ExceptionGroup if something failed
     * @throws CancelledError if the calling task was cancelled, or something else has cancelled one of the functions
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> List<R> mapConcurrent(
            int limit, Stream<? extends A> inputs, CoroutineFunction<? super A, ? extends R> function) {
        return BoundedGroup.map(limit, inputs.iterator(), function);
    }

    /**
     * Does something with each input, a limited number at a time, and waits until all is done; else as
     * {@link #mapConcurrent(int, Iterable, CoroutineFunction)}. Nothing is kept of an input that is done with, so there may be any number of them.
     *
     * @param <A> what the inputs are
     * @param limit how many may run at a time, at least 1
     * @param inputs what to do it with
     * @param consumer runs in a task of its own for each input; one that is cancelled has ended
     * @throws ExceptionGroup if something failed
     * @throws CancelledError if the calling task was cancelled
     */
    public static <A extends @Nullable Object> void forEachConcurrent(
            int limit, Iterable<? extends A> inputs, CoroutineConsumer<? super A> consumer) {
        BoundedGroup.forEach(limit, inputs.iterator(), consumer);
    }

    /**
     * Does something with each element of a stream, a limited number at a time: as
     * {@link #forEachConcurrent(int, Iterable, CoroutineConsumer)}. Closing the stream is left to the caller.
     *
     * @param <A> what the inputs are
     * @param limit how many may run at a time, at least 1
     * @param inputs what to do it with
     * @param consumer runs in a task of its own for each input; one that is cancelled has ended
     * @throws ExceptionGroup if something failed
     * @throws CancelledError if the calling task was cancelled
     */
    public static <A extends @Nullable Object> void forEachConcurrent(
            int limit, Stream<? extends A> inputs, CoroutineConsumer<? super A> consumer) {
        BoundedGroup.forEach(limit, inputs.iterator(), consumer);
    }
}
