package dev.asyncio4j;

import dev.asyncio4j.internal.coroutine.Carrier;
import dev.asyncio4j.internal.coroutine.Fiber;
import dev.asyncio4j.internal.coroutine.FiberRuntime;
import dev.asyncio4j.internal.loop.Inbox;
import dev.asyncio4j.internal.loop.ReadyQueue;
import dev.asyncio4j.internal.loop.TimerHeap;
import dev.asyncio4j.spi.Clock;
import dev.asyncio4j.spi.IoDriver;
import dev.asyncio4j.spi.IoDriverProvider;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The event loop; to be extended by loops that wait differently, such as those of a test or of a user interface.
 *
 * <p><b>Threads.</b> See {@link EventLoop}. The thread that calls {@link #runForever} or {@link #runUntilComplete} is the
 * loop's thread for that time; it must be a platform thread.
 */
@SuppressWarnings("this-escape") // the parts get to know the loop in its constructor and use it when it runs
public class BaseEventLoop extends AbstractEventLoop {

    /*
     * The bare thread runs nothing of the user's. It takes entries from the ready queue and gives each its turn: a task's
     * step mounts the task's fiber, a callback mounts the callback fiber, and our own reactions run bare, since they
     * take no lock. Code of the user's that ran bare could meet a lock that a suspended coroutine holds, and nobody would
     * be left to resume that coroutine.
     *
     * While the driver polls, what it makes ready goes into a queue of its own, so that what other threads handed in can
     * be put before it (LOOP-2). `remaining` is what is left of the batch: callbacks are taken by the callback fiber
     * itself, several to a mount, and entries put in front lengthen the batch.
     *
     * `sleeping` is up while a poll may last: whoever hands something in takes it down, and only then wakes the driver.
     * The loop raises it first and looks into the inbox afterwards, the others do it the other way round, so one of the
     * two always sees the other.
     */

    private static final long LONGEST_POLL_NANOS = TimeUnit.HOURS.toNanos(24);

    /** With so many turns in a batch, most of what they need is not in the processor's caches. */
    private static final int LARGE_BATCH = 1024;

    /** About as many reads as a processor has under way at once. */
    private static final int LOOKED_AT = 16;

    private static final VarHandle SLEEPING;

    static {
        try {
            SLEEPING = MethodHandles.lookup().findVarHandle(BaseEventLoop.class, "sleeping", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Clock clock;
    private final @Nullable RandomGenerator arrivals;
    private final IoDriver driver;
    private final FiberRuntime runtime;
    private final LoopReports reports = new LoopReports(this);
    private final Carrier carrier = new Carrier(reports);
    private final ReadyQueue<ReadyEntry> ready = new ReadyQueue<>();
    private final ReadyQueue<ReadyEntry> polled = new ReadyQueue<>();
    private final Inbox<ReadyEntry> inbox = new Inbox<>();
    private final TimerHeap<TimerHandle> timers = new TimerHeap<>(TimerHandle::cancelled);
    private final LiveTasks tasks = new LiveTasks();
    private final UnretrievedFailures unretrieved = new UnretrievedFailures(this);
    private final LiveGenerators generators = new LiveGenerators(this);
    private final LoopSignals signals = new LoopSignals(this);
    private Duration slowCallbackDuration = Duration.ofMillis(100);
    private final DefaultExecutor executor = new DefaultExecutor(this);

    /** Written by the loop's thread, read by any. */
    private volatile boolean running;

    /** What is to be done when the loop has been closed. Any thread. */
    private final Set<Runnable> closeActions = ConcurrentHashMap.newKeySet();

    /** Written by the closing thread, read by any. */
    private volatile boolean closed;

    /** Written by the loop's thread, read by the watchdog's. */
    private volatile @Nullable DebugMode debug;

    /** Raised by the loop's thread, taken down by any. */
    @SuppressWarnings("unused")
    private volatile boolean sleeping;

    /** What a driver threw when it was to be woken. Written by any thread, reported by the loop. */
    private volatile @Nullable Throwable wakeupFailure;

    // Loop thread only, mounted or bare:
    private boolean closing;
    private boolean stopping;
    private boolean polling;
    private int remaining;

    @SuppressWarnings("UnusedVariable") // written, so that the reads are done
    private int lastRead;

    private int outsideJobs;
    private final Set<Expectation> expectations = new LinkedHashSet<>();
    private long jobNumbers;
    private final Set<CallbackFiber> blockedCallbacks = new LinkedHashSet<>();
    private @Nullable ExitError exit;
    private @Nullable Task<?> currentTask;

    /** The request to cancel that a task passes on now. */
    private @Nullable CancelRequest handedDown;

    private Context currentContext = new Context();
    private @Nullable CallbackFiber idleCallbacks;
    private @Nullable CallbackFiber mountedCallbacks;
    private @Nullable ExceptionHandler exceptionHandler;
    private @Nullable TaskFactory taskFactory;
    private @Nullable Runnable onInterrupt;

    /** Makes a loop with the machine's clock and the best driver that is there. */
    public BaseEventLoop() {
        this(LoopOptions.DEFAULT);
    }

    /**
     * Makes a loop.
     *
     * @param options what it is made of
     */
    public BaseEventLoop(LoopOptions options) {
        this.clock = options.clock();
        this.arrivals = options.arrivals();
        IoDriver given = options.driver();
        this.driver = given != null ? given : IoDriverProvider.openBest();
        String name = options.runtime();
        this.runtime = name != null ? FiberRuntime.named(name) : FiberRuntime.preferred();
        LoopReports.noteRuntime(runtime);
        if (DebugMode.isOnByDefault()) {
            setDebug(true);
        }
    }

    // ---- who is asking

    /** The loop that the caller runs on, bare or on a fiber. */
    static @Nullable BaseEventLoop currentOrNull() {
        for (BaseEventLoop loop : RunningLoops.all()) {
            if (loop.carrier.isCurrent()) {
                return loop;
            }
        }
        return null;
    }

    /** Guards what belongs to the loop's thread. */
    final void checkThread(String operation) {
        if (running && !carrier.isCurrent()) {
            throw new IllegalStateException(operation + " was called on " + Thread.currentThread()
                    + ", but belongs to the event loop's thread " + carrier.thread()
                    + "; hand it over with callSoonThreadsafe");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the event loop is closed");
        }
    }

    /** The stepper of the task that wants to wait for something here. */
    final Stepper<?> currentStepper(Object awaited) {
        Task<?> task = currentTask;
        if (task != null && carrier.isCurrentFiber()) {
            return task.stepper();
        }
        BaseEventLoop other = currentOrNull();
        if (other == this) {
            throw new IllegalStateException(
                    "a callback cannot wait for " + awaited + "; start a task with createTask and wait there");
        }
        throw new IllegalStateException(
                other == null
                        ? "only a task can wait for " + awaited + ", and " + Thread.currentThread()
                                + " runs none; use Asyncio.run, or runCoroutineThreadsafe(...).get()"
                        : awaited + " belongs to another event loop than the task that waits for it");
    }

    final boolean isCurrentTask(Task<?> task) {
        return currentTask == task && carrier.isCurrentFiber();
    }

    final @Nullable CancelRequest handedDown() {
        return handedDown;
    }

    /** Sets the request that is being passed on; returns the one before. */
    final @Nullable CancelRequest handDown(@Nullable CancelRequest request) {
        CancelRequest before = handedDown;
        handedDown = request;
        return before;
    }

    final @Nullable Task<?> currentTask() {
        return currentTask;
    }

    final Context currentContext() {
        return currentContext;
    }

    /** Puts another context in force for what runs now, across its suspensions. */
    final Context exchangeContext(Context next) {
        Context before = currentContext;
        currentContext = next;
        Task<?> task = currentTask;
        if (task != null) {
            task.stepper().activeContext(next);
        }
        return before;
    }

    final void enter(@Nullable Task<?> task, Context context) {
        currentTask = task;
        currentContext = context;
    }

    final void leave() {
        currentTask = null;
    }

    // ---- fibers

    final Fiber newFiber(Fiber.Host host) {
        return runtime.newFiber(carrier, host);
    }

    final @Nullable Fiber currentFiber() {
        return carrier.mounted();
    }

    /** Gives the thread back; called on the fiber that is mounted. */
    final void suspendFiber() {
        Fiber mounted = carrier.mounted();
        if (mounted == null) {
            throw new IllegalStateException("nothing is mounted that could be suspended");
        }
        mounted.suspend();
    }

    // ---- the ready queue

    final void queue(ReadyEntry entry) {
        (polling ? polled : ready).add(entry);
    }

    /** Gives an entry the next turn of the batch that runs now. */
    final void queueFirst(ReadyEntry entry) {
        ready.addFirst(entry);
        remaining++;
    }

    final long nextJobNumber() {
        return ++jobNumbers;
    }

    /** Takes note that something outside will hand an entry in. */
    final void outsideJobBegan() {
        outsideJobs++;
    }

    final void outsideJobEnded() {
        outsideJobs--;
    }

    /** Hands an entry in from any thread. Never throws, blocks, logs or locks; dropped and counted when closed. */
    final void queueFromOutside(ReadyEntry entry) {
        if (closed) {
            reports.countDropped();
            return;
        }
        inbox.add(entry);
        if (sleeping && (boolean) SLEEPING.compareAndSet(this, true, false)) {
            wakeDriver();
        }
    }

    private void wakeDriver() {
        try {
            driver.wakeup();
        } catch (Throwable e) {
            wakeupFailure = e;
        }
    }

    /** Has something run that may block or run foreign code: in the next batch, or at once while the loop is closing. */
    final void onCallbackFiber(Runnable body) {
        if (!closing) {
            queue(new Handle(this, body, new Context()));
        } else if (carrier.mounted() == null) {
            runCallback(new Handle(this, body, new Context()));
        } else {
            body.run();
        }
    }

    /** Takes note of which callback fiber is mounted. */
    final void mounted(@Nullable CallbackFiber callbacks) {
        mountedCallbacks = callbacks;
    }

    final void runCallback(Handle handle) {
        CallbackFiber fiber = idleCallbacks;
        idleCallbacks = null;
        if (fiber == null) {
            fiber = new CallbackFiber(this);
        }
        if (!fiber.run(handle) && !fiber.isDone()) {
            blockedCallbacks.add(fiber);
        }
    }

    final void callbackReturned(CallbackFiber fiber) {
        blockedCallbacks.remove(fiber);
    }

    /** The callback fibers that blocking calls of the JDK have suspended. */
    final Set<CallbackFiber> blockedCallbacks() {
        return blockedCallbacks;
    }

    /** Takes the next entry of the batch if it is a callback. */
    final @Nullable Handle nextCallbackOfBatch() {
        while (remaining > 0 && exit == null && ready.peek() instanceof Handle handle && handle.isUserCode()) {
            ready.poll();
            remaining--;
            if (!handle.cancelled()) {
                return handle;
            }
        }
        return null;
    }

    /** Takes the next entry of the batch if it is the first step of a task, which can begin on whatever stack is free. */
    final @Nullable Stepper<?> nextToBegin() {
        boolean mayBegin = remaining > 0 && exit == null && debug == null && !closing;
        if (mayBegin && ready.peek() instanceof Stepper<?> next && next.canBegin()) {
            ready.poll();
            remaining--;
            return next;
        }
        return null;
    }

    /** Whether a callback fiber that has run out of work is to be kept for later. */
    final boolean keepsIdle(CallbackFiber fiber) {
        if (idleCallbacks != null || closing) {
            return false;
        }
        idleCallbacks = fiber;
        return true;
    }

    /** Asks for the end of the run call, by an error that is let through (LOOP-8). */
    final void exit(ExitError error) {
        exit = error;
    }

    // ---- one iteration

    private void runOnce() {
        timers.purge();
        pollOnce();
        collectDue();
        runBatch();
        unretrieved.reportCollected();
        generators.closeCollected();
    }

    private void pollOnce() {
        long timeout = pollTimeout();
        if (timeout != 0) {
            sleeping = true;
            if (!inbox.isEmpty()) {
                timeout = 0;
            }
        }
        polling = true;
        try {
            poll(timeout);
        } catch (RuntimeException | LinkageError e) {
            surprised("the I/O driver failed to poll", e);
        } finally {
            polling = false;
            sleeping = false;
        }
        noticeInterrupt();
        reportWakeupFailure();
        collectArrivals();
        for (ReadyEntry entry = polled.poll(); entry != null; entry = polled.poll()) {
            ready.add(entry);
        }
    }

    private void reportWakeupFailure() {
        Throwable failure = wakeupFailure;
        if (failure != null) {
            wakeupFailure = null;
            surprised("the I/O driver could not be woken", failure);
        }
    }

    private void collectArrivals() {
        RandomGenerator random = arrivals;
        if (random == null) {
            inbox.drainTo(ready::add);
            return;
        }
        var arrived = new ArrayList<ReadyEntry>();
        inbox.drainTo(arrived::add);
        Arrivals.shuffle(arrived, random);
        arrived.forEach(ready::add);
    }

    /** An interrupt of the bare thread ends a poll; left standing, it would end each one at once. */
    private void noticeInterrupt() {
        if (Thread.interrupted() && onInterrupt != null) {
            onInterrupt.run();
        }
    }

    /**
     * Returns how long the loop may wait now, which polling may have changed: a driver may set timers.
     *
     * @return nanoseconds until the next timer, 0 if something is ready to run, {@link IoDriver#FOREVER} without timers
     */
    protected final long pollTimeout() {
        if (!ready.isEmpty() || stopping || !inbox.isEmpty()) {
            return 0;
        }
        if (timers.size() == 0) {
            return IoDriver.FOREVER;
        }
        return Math.clamp(timers.firstDeadline() - clock.nanoTime(), 0, LONGEST_POLL_NANOS);
    }

    private void collectDue() {
        if (timers.size() == 0) {
            return;
        }
        long end = clock.nanoTime() + 1;
        for (TimerHandle due = timers.pollDue(end); due != null; due = timers.pollDue(end)) {
            due.leaveTimers();
            ready.add(due);
        }
    }

    private void runBatch() {
        remaining = ready.size();
        while (remaining > 0 && exit == null) {
            if (remaining >= LARGE_BATCH && remaining % LOOKED_AT == 0) {
                lookAhead();
            }
            remaining--;
            ReadyEntry entry = ready.poll();
            if (entry != null) {
                runEntry(entry);
            }
        }
        try {
            driver.afterBatch();
        } catch (RuntimeException | LinkageError e) {
            surprised("the I/O driver failed after a batch", e);
        }
    }

    /** Has the memory of the next turns come all at once, and not of each when it is taken. */
    private void lookAhead() {
        int read = 0;
        for (int i = 0; i < LOOKED_AT; i++) {
            ReadyEntry entry = ready.peek(i);
            read += entry == null ? 0 : entry.lookAhead();
        }
        lastRead = read;
    }

    private void runEntry(ReadyEntry entry) {
        DebugMode debugging = debug;
        try {
            if (debugging == null) {
                entry.runReady();
            } else {
                debugging.runTimed(entry);
            }
        } catch (RuntimeException | Error e) {
            surprised("a turn of the event loop failed", e);
        }
    }

    /** Logs a warning on a coroutine, for the bare thread must not log. */
    final void warnSoon(Supplier<String> message) {
        queue(new Handle(this, () -> reports.warn(message.get()), new Context()));
    }

    /** Nothing that goes wrong in a turn ends the loop. */
    private void surprised(String message, Throwable e) {
        callExceptionHandler(ExceptionContext.of(message).with(ExceptionContext.EXCEPTION, e));
    }

    // ---- for subclasses

    /**
     * Waits for something to become ready; the default asks the {@linkplain #ioDriver driver}. Called once an iteration, on
     * the loop's bare thread: an implementation must not run user code, take locks or log.
     *
     * @param timeoutNanos how long to wait at most: 0 not at all, {@link IoDriver#FOREVER} without limit
     */
    protected void poll(long timeoutNanos) {
        driver.poll(timeoutNanos);
    }

    /**
     * Tells whether something outside this loop may still make a task ready: a job in an executor, a task or a callback
     * that is blocked in a call of the JDK, or an operation of the driver.
     *
     * @return true if the loop may be woken though it has no timer
     */
    protected boolean hasWorkOutside() {
        return outsideJobs > 0
                || !expectations.isEmpty()
                || !blockedCallbacks.isEmpty()
                || driver.hasOutstanding()
                || tasks.anyMatch(Stepper::isBlockedOutside);
    }

    /**
     * Names what {@link #hasWorkOutside} has found, but for the {@linkplain #blockedTasks tasks that are blocked}.
     *
     * @return a phrase for each, such as "a job in an executor"; as many as there are
     */
    protected List<String> workOutside() {
        var work = new ArrayList<String>();
        expectations.forEach(expectation -> work.add(expectation.what));
        work.addAll(Collections.nCopies(outsideJobs, "a job in an executor"));
        blockedCallbacks.forEach(_ -> work.add("a callback that is blocked in a call of the JDK"));
        work.addAll(driver.outstanding());
        return work;
    }

    /**
     * Returns the tasks that have left the loop's thread in a blocking call of the JDK.
     *
     * @return a snapshot
     */
    protected Set<Task<?>> blockedTasks() {
        Set<Task<?>> blocked = tasks.all();
        blocked.removeIf(task -> !task.stepper().isBlockedOutside());
        return blocked;
    }

    /**
     * Returns the driver.
     *
     * @return what this loop waits in
     */
    public final IoDriver ioDriver() {
        return driver;
    }

    /**
     * Returns the clock.
     *
     * @return where this loop gets the time from
     */
    public final Clock clock() {
        return clock;
    }

    /**
     * Names the way coroutines are run.
     *
     * @return {@code native} or {@code portable}
     */
    public final String runtimeName() {
        return runtime.name();
    }

    /**
     * Returns the tasks that are not done.
     *
     * @return a snapshot, the oldest first
     */
    public final Set<Task<?>> allTasks() {
        checkThread("allTasks");
        return tasks.all();
    }

    /** Prints what is on the loop's thread, for someone who has asked twice for the end of the program. */
    final void printWhatHolds(java.io.PrintStream out) {
        Fiber mounted = carrier.mounted();
        Thread thread = mounted != null ? mounted.thread() : null;
        if (thread == null) {
            out.println("ended by a second interrupt; tasks that were told to end by the first had not ended");
            return;
        }
        out.println("ended by a second interrupt; the event loop is held by " + thread);
        for (StackTraceElement frame : thread.getStackTrace()) {
            out.println("\tat " + frame);
        }
    }

    final LiveTasks tasks() {
        return tasks;
    }

    final LiveGenerators generators() {
        return generators;
    }

    final UnretrievedFailures unretrieved() {
        return unretrieved;
    }

    /**
     * Tells whether anything waits for its turn. On other threads than the loop's the answer is a hint.
     *
     * @return true if the next batch will not be empty
     */
    protected final boolean hasReady() {
        return !ready.isEmpty() || !polled.isEmpty() || !inbox.isEmpty();
    }

    /** Whether anything could run if the loop's thread were free; a hint, for the watchdog's thread. */
    final boolean othersAreHeldUp() {
        return hasReady() || timers.mayBeDue(clock.nanoTime());
    }

    // ---- running and stopping

    @Override
    public void runForever() {
        checkMayRun();
        RunningLoops.add(this);
        carrier.attach();
        running = true;
        try {
            do {
                runOnce();
            } while (!stopping && exit == null);
            throwExit();
        } finally {
            running = false;
            stopping = false;
            exit = null;
            carrier.detach();
            RunningLoops.remove(this);
        }
    }

    private void throwExit() {
        ExitError error = exit;
        if (error != null) {
            throw error;
        }
    }

    private void checkMayRun() {
        checkOpen();
        if (running) {
            throw new IllegalStateException("this event loop is running already");
        }
        if (currentOrNull() != null) {
            throw new IllegalStateException(
                    "another event loop runs on this thread; a coroutine waits with await(), it does not run a loop");
        }
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("an event loop needs a platform thread and " + Thread.currentThread()
                    + " is virtual; Asyncio.run starts one if need be");
        }
    }

    @Override
    public <T extends @Nullable Object> T runUntilComplete(Future<T> future) {
        checkMayRun();
        var stopper = new Stopper(future);
        future.whenDone(stopper);
        try {
            runForever();
        } catch (ExitError e) {
            future.markRetrieved();
            throw e;
        } finally {
            future.forget(stopper);
        }
        if (!future.done()) {
            throw new IllegalStateException("the event loop was stopped before " + future + " was done");
        }
        return future.result();
    }

    /** Stops the loop when a future is done: one batch later, as a done-callback does (LOOP-10). */
    private final class Stopper extends ReadyEntry {

        private final Future<?> future;

        Stopper(Future<?> future) {
            this.future = future;
        }

        @Override
        void runReady() {
            if (future.done()) {
                stop();
            }
        }
    }

    @Override
    @SuppressWarnings("RedundantThrows")
    public <T extends @Nullable Object, X extends Throwable> T runUntilComplete(Coroutine<T, X> main) throws X {
        checkMayRun();
        return runUntilComplete(createTask(main));
    }

    @Override
    public void stop() {
        checkThread("stop");
        stopping = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Whether tasks are being unwound because the loop ends. */
    final boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        if (running) {
            throw new IllegalStateException("an event loop cannot be closed while it runs; stop() it first");
        }
        if (closed || closing) {
            return;
        }
        closing = true;
        signals.removeAll();
        if (!tasks.isEmpty() || idleCallbacks != null || !blockedCallbacks.isEmpty() || !generators.isEmpty()) {
            PlatformThread.callOnNew("asyncio4j-close", this::unwind);
        }
        closed = true;
        executor.shutdownNow();
        driver.close();
        ready.clear();
        timers.clear();
        unretrieved.takeAll().forEach(this::callExceptionHandler);
        closeActions.forEach(Runnable::run);
    }

    /** Resumes what is still suspended until nothing is: an abandoned virtual thread is never collected. */
    private void unwind() {
        carrier.attach();
        RunningLoops.add(this);
        try {
            new Unwinder(this).unwind(ready, inbox);
            CallbackFiber callbacks = idleCallbacks;
            idleCallbacks = null;
            if (callbacks != null) {
                callbacks.retire();
            }
        } finally {
            RunningLoops.remove(this);
            carrier.detach();
        }
    }

    /** What to do when the loop's own thread is interrupted. */
    final void onInterrupt(@Nullable Runnable reaction) {
        onInterrupt = reaction;
    }

    /**
     * Has something done when this loop has been closed, such as telling another thread that no answer will come. At once if
     * it is closed already.
     *
     * <p><b>Threads.</b> Any. The action runs on the thread that closes.
     *
     * @param action what to do; must not throw
     */
    public final void addCloseAction(Runnable action) {
        closeActions.add(action);
        if (closed && closeActions.remove(action)) {
            action.run();
        }
    }

    /**
     * Takes back what {@link #addCloseAction} was given. Any thread.
     *
     * @param action the action
     */
    public final void removeCloseAction(Runnable action) {
        closeActions.remove(action);
    }

    /**
     * Declares that something outside, such as another thread, is going to complete a future of this loop: a loop with a
     * virtual clock then waits for it in real time, and names it if that takes too long.
     *
     * @param what what is going to happen, or who does it: "the end of process 123"
     * @return to be closed, on the loop's thread, when that has happened
     */
    public final Expectation expectFromOutside(String what) {
        checkThread("expectFromOutside");
        var expectation = new Expectation(what);
        expectations.add(expectation);
        return expectation;
    }

    /** Something outside that will wake the loop. */
    public final class Expectation implements AutoCloseable {

        private final String what;

        private Expectation(String what) {
            this.what = Objects.requireNonNull(what, "what");
        }

        /** Declares that it has happened, or will not happen any more. Does nothing the second time. */
        @Override
        public void close() {
            expectations.remove(this);
        }
    }

    @Override
    public Duration time() {
        return Duration.ofNanos(clock.nanoTime());
    }

    // ---- scheduling

    @Override
    public Handle callSoon(Runnable callback) {
        return callSoon(callback, currentContextFor(callback).copy());
    }

    @Override
    public Handle callSoon(Runnable callback, Context context) {
        checkThread("callSoon");
        checkOpen();
        var handle = new Handle(this, callback, context);
        noteCreation(handle);
        queue(handle);
        return handle;
    }

    /** The context to copy for a callback: that of what runs here, else of the calling thread. */
    private Context currentContextFor(Runnable callback) {
        Objects.requireNonNull(callback, "callback");
        return running && carrier.isCurrent() ? currentContext : Context.current();
    }

    @Override
    public Handle callSoonThreadsafe(Runnable callback) {
        return callSoonThreadsafe(callback, currentContextFor(callback).copy());
    }

    @Override
    public Handle callSoonThreadsafe(Runnable callback, Context context) {
        checkOpen();
        var handle = new ThreadsafeHandle(this, callback, context);
        if (running && carrier.isCurrent()) {
            queue(handle);
        } else {
            queueFromOutside(handle);
        }
        return handle;
    }

    @Override
    public TimerHandle callLater(Duration delay, Runnable callback) {
        return callLater(delay, callback, currentContextFor(callback).copy());
    }

    @Override
    public TimerHandle callLater(Duration delay, Runnable callback, Context context) {
        return callAtNanos(clock.nanoTime() + Nanos.of(delay), callback, context);
    }

    @Override
    public TimerHandle callAt(Duration when, Runnable callback) {
        return callAt(when, callback, currentContextFor(callback).copy());
    }

    @Override
    public TimerHandle callAt(Duration when, Runnable callback, Context context) {
        return callAtNanos(Nanos.of(when), callback, context);
    }

    private TimerHandle callAtNanos(long deadlineNanos, Runnable callback, Context context) {
        checkThread("callAt");
        checkOpen();
        var timer = new TimerHandle(this, deadlineNanos, callback, context);
        noteCreation(timer);
        timers.add(deadlineNanos, timer);
        return timer;
    }

    /** Has a reaction of our own run, on the bare thread, after a delay: it must not call user code, lock or log. */
    final TimerHandle reactLater(long delayNanos, Runnable reaction) {
        return reactAt(clock.nanoTime() + delayNanos, reaction);
    }

    /** As {@link #reactLater}, at a time. */
    final TimerHandle reactAt(long deadlineNanos, Runnable reaction) {
        checkOpen();
        var timer = new TimerHandle(this, deadlineNanos, reaction);
        timers.add(deadlineNanos, timer);
        return timer;
    }

    /** As {@link #reactLater}, in the next iteration. */
    final void reactSoon(Runnable reaction) {
        queue(new Reaction(reaction));
    }

    private static final class Reaction extends ReadyEntry {

        private final Runnable reaction;

        Reaction(Runnable reaction) {
            this.reaction = reaction;
        }

        @Override
        void runReady() {
            reaction.run();
        }
    }

    /** The future behind something awaitable: itself, or a task that waits for it. */
    @SuppressWarnings("unchecked")
    final <T extends @Nullable Object> Future<T> ensureFuture(Awaitable<? extends T> awaitable) {
        if (!(awaitable instanceof Future<?> future)) {
            return createTask(() -> awaitable.await());
        }
        if (future.loop != this) {
            throw new IllegalArgumentException(future + " belongs to another event loop");
        }
        return (Future<T>) future;
    }

    /** A future of our own that is done when another is: cancelling a wait for it cancels nothing else (CAN-14). */
    final Future<Boolean> endOf(Future<?> future) {
        Future<Boolean> ended = new WaitForOthers(this, "the end of " + future.describe(), Set.of(future));
        future.whenDone(new Reaction(() -> {
            if (!ended.done()) {
                ended.setResult(true);
            }
        }));
        return ended;
    }

    final void timerCancelled() {
        timers.noteCancelled();
    }

    @Override
    public <T extends @Nullable Object> Future<T> createFuture() {
        return new Future<>(this, null);
    }

    @Override
    public <T extends @Nullable Object> Future<T> createFuture(String label) {
        return new Future<>(this, label);
    }

    @Override
    public <T extends @Nullable Object> Future<T> createFuture(
            String label, Supplier<? extends Set<? extends Future<?>>> dependencies) {
        return new DependentFuture<>(this, label, dependencies);
    }

    @Override
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body) {
        return createTask(body, TaskOptions.DEFAULT);
    }

    @Override
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body, TaskOptions options) {
        TaskFactory factory = taskFactory;
        return factory == null ? newTask(body, options) : factory.create(this, body, options);
    }

    /**
     * Makes and starts a task without asking the {@linkplain #setTaskFactory factory}: what factories are built on.
     *
     * @param <T> what it returns
     * @param body what it runs
     * @param options name, context, eager start
     * @return the new task
     */
    public final <T extends @Nullable Object> Task<T> newTask(Coroutine<T, ?> body, TaskOptions options) {
        checkThread("createTask");
        checkOpen();
        var task = new Task<>(this, body, options);
        noteCreation(task);
        tasks.began(task.stepper());
        if (Boolean.TRUE.equals(options.eager()) && running && carrier.isCurrentFiber()) {
            startEagerly(task.stepper());
        } else {
            queue(task.stepper());
        }
        return task;
    }

    /** Lets a task run to its first wait while its creator, a task or a callback, steps aside (EAG-1). */
    private void startEagerly(Stepper<?> child) {
        var returning = new ReturnToCreator(Objects.requireNonNull(carrier.mounted()), currentTask, mountedCallbacks);
        queueFirst(returning);
        queueFirst(child);
        child.beginEagerly();
        try {
            suspendFiber();
        } catch (Throwable e) {
            returning.stale = true;
            throw e;
        }
        child.endEagerStep();
    }

    /** The turn of a task or callback that has stepped aside for a task that starts eagerly. */
    private static final class ReturnToCreator extends ReadyEntry {

        private final Fiber creator;
        private final @Nullable Task<?> task;
        private final @Nullable CallbackFiber callbacks;
        private boolean stale;

        ReturnToCreator(Fiber creator, @Nullable Task<?> task, @Nullable CallbackFiber callbacks) {
            this.creator = creator;
            this.task = task;
            this.callbacks = callbacks;
        }

        @Override
        void runReady() {
            if (stale) {
                return;
            }
            if (task != null) {
                task.stepper().resumeAsCreator(creator);
            } else {
                Objects.requireNonNull(callbacks).resumeAsCreator();
            }
        }
    }

    // ---- executors

    @Override
    public <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor given, Callable<T> job) {
        checkThread("runInExecutor");
        checkOpen();
        return given == null ? executor.submit(job) : ExecutorJob.start(this, given, job);
    }

    @Override
    public void setDefaultExecutor(ExecutorService replacement) {
        checkThread("setDefaultExecutor");
        executor.replace(replacement);
    }

    @Override
    public void shutdownDefaultExecutor(Duration timeout) {
        executor.shutdown(timeout);
    }

    @Override
    public void shutdownAsyncgens() {
        generators.shutdown();
    }

    // ---- signals

    @Override
    public void addSignalHandler(String signal, Runnable callback) {
        checkThread("addSignalHandler");
        checkOpen();
        signals.add(signal, callback, currentContextFor(callback).copy());
    }

    @Override
    public boolean removeSignalHandler(String signal) {
        checkThread("removeSignalHandler");
        return signals.remove(signal);
    }

    // ---- errors and debugging

    @Override
    public void setTaskFactory(@Nullable TaskFactory factory) {
        checkThread("setTaskFactory");
        taskFactory = factory;
    }

    @Override
    public @Nullable TaskFactory getTaskFactory() {
        return taskFactory;
    }

    @Override
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        checkThread("setExceptionHandler");
        exceptionHandler = handler;
    }

    @Override
    public @Nullable ExceptionHandler getExceptionHandler() {
        return exceptionHandler;
    }

    @Override
    public void defaultExceptionHandler(ExceptionContext context) {
        reports.log(context);
    }

    /** Reports at once when called on a coroutine, and on the callback coroutine when called on the bare thread. */
    @Override
    public void callExceptionHandler(ExceptionContext context) {
        if (running && !carrier.isCurrentFiber() && carrier.isCurrent()) {
            queue(new Handle(this, () -> reports.handle(exceptionHandler, context), new Context()));
        } else {
            reports.handle(exceptionHandler, context);
        }
    }

    @Override
    public final void setDebug(boolean enabled) {
        debug = enabled ? new DebugMode(this) : null;
    }

    @Override
    public boolean getDebug() {
        return debug != null;
    }

    @Override
    public Duration slowCallbackDuration() {
        return slowCallbackDuration;
    }

    @Override
    public void slowCallbackDuration(Duration limit) {
        slowCallbackDuration = Objects.requireNonNull(limit, "limit");
    }

    /** Any thread. */
    final @Nullable DebugMode debug() {
        return debug;
    }

    private void noteCreation(Object created) {
        DebugMode debugging = debug;
        if (debugging != null) {
            debugging.noteCreation(created);
        }
    }

    /** Where something was made; empty outside debug mode. */
    final List<StackTraceElement> creationSite(Object created) {
        DebugMode debugging = debug;
        return debugging == null ? List.of() : debugging.creationSite(created);
    }

    /** Adds to a report what the debug mode knows of what it is about. */
    final ExceptionContext withCreationSite(ExceptionContext context) {
        DebugMode debugging = debug;
        return debugging == null ? context : debugging.withCreationSite(context);
    }
}
