package dev.asyncio4j.internal.coroutine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread whose scheduler is this object: it runs on the carrier's own thread.
 *
 * <p><b>Threads.</b> {@link #execute} is called by whatever thread makes the virtual thread runnable.
 */
final class NativeFiber extends Fiber implements Executor, Runnable {

    /*
     * The JDK calls execute(continuation) whenever this virtual thread can go on, and running the continuation mounts it
     * on the calling thread. Three cases:
     *
     *   - our own resume() has just unparked it: the caller is the carrier itself with `unparking` set. Nothing is to be
     *     queued, for the continuation is run in the next line;
     *   - the JDK has woken it out of a blocking call: the host is told, and the loop calls continueOutside();
     *   - the continuation is not ours: a virtual thread that was started inside this fiber inherits its scheduler, which
     *     is us. It goes to the JDK's own scheduler; on the loop it would die with the loop.
     *
     * Someone who takes the stack of an unmounted virtual thread suspends it for that time: running the continuation then
     * does nothing, and the JDK calls execute() again when the observer is through. If we left it at that, order would
     * depend on observers. So a step that did not happen is tried again on the spot; what the observer's call queues later
     * finds a thread that is not runnable, and does nothing.
     *
     * `wakes` counts the times the fiber has really gone on after a wait; `submissions` the calls of execute(). A step
     * after a wait has happened when `wakes` changed. A step after a block in the JDK has happened unless the thread is
     * still runnable and nobody submitted it since.
     */

    private static final VarHandle SUBMISSIONS;
    private static final VarHandle QUEUED;

    static {
        try {
            SUBMISSIONS = MethodHandles.lookup().findVarHandle(NativeFiber.class, "submissions", int.class);
            QUEUED = MethodHandles.lookup().findVarHandle(NativeFiber.class, "queued", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final NativeRuntime runtime;

    /** Set once, in the first resume(). */
    private @Nullable Thread thread;

    /** Set once, by the first execute(), which is called by the first resume(). */
    private @Nullable Runnable continuation;

    /** Carrier's thread only. */
    private boolean unparking;

    /** Carrier's thread only, mounted or bare. */
    private boolean awake;

    /** Carrier's thread only, mounted or bare. */
    private int wakes;

    /** Any thread. */
    @SuppressWarnings("unused")
    private volatile int submissions;

    /** Whether the host has been told of a wake-up that it has not yet followed. Any thread. */
    @SuppressWarnings("unused")
    private volatile boolean queued;

    /** The count of mounts when the wait under way began. */
    private long mountsAtWait;

    /** Written by the watchdog. */
    private volatile boolean pinned;

    /** Where {@link LoopThreads} keeps this fiber. Carrier's thread only. */
    int seat;

    NativeFiber(NativeRuntime runtime, Carrier carrier, Host host) {
        super(carrier, host);
        this.runtime = runtime;
    }

    @Override
    public void execute(Runnable runnable) {
        Runnable own = continuation;
        if (own == null) {
            continuation = runnable;
        } else if (runnable != own) {
            runtime.defaultScheduler().execute(runnable);
        } else if (Thread.currentThread() != carrier.thread() || !unparking) {
            SUBMISSIONS.getAndAdd(this, 1);
            if (QUEUED.compareAndSet(this, false, true)) {
                host.wokenOutside(this);
            }
        }
    }

    /** The body of the virtual thread. */
    @Override
    public void run() {
        wakes++;
        try {
            runHosts();
        } finally {
            done = true;
        }
    }

    @Override
    void enter() {
        awake = true;
        int before = wakes;
        if (thread == null) {
            start();
        } else {
            unparking = true;
            LockSupport.unpark(thread);
            unparking = false;
        }
        Runnable step = continuation();
        step.run();
        while (wakes == before) {
            Thread.onSpinWait();
            step.run();
        }
        forgetIfDone();
    }

    private void start() {
        Thread created = runtime.newThread(this, this);
        thread = created;
        adoptClassLoader(created);
        carrier.mountedAs(created);
        runtime.start(this, created);
    }

    /** A coroutine finds the services that the thread of its loop finds. */
    private static void adoptClassLoader(Thread created) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader != created.getContextClassLoader()) {
            created.setContextClassLoader(loader);
        }
    }

    @Override
    void reenter() {
        queued = false;
        Thread own = thread;
        if (done || own == null) {
            return;
        }
        Runnable step = continuation();
        int before = submissions;
        step.run();
        while (!done && submissions == before && own.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
            step.run();
        }
        forgetIfDone();
    }

    private Runnable continuation() {
        Runnable step = continuation;
        if (step == null) {
            throw new IllegalStateException("the virtual thread " + thread + " did not ask its scheduler to run it");
        }
        return step;
    }

    /** Another coroutine is to find a thread as it would be given one: without traces of who had it before. */
    @Override
    boolean isAsNew() {
        Thread own = thread;
        Thread carrying = carrier.thread();
        return own != null
                && carrying != null
                && runtime.hasNoLocals(own)
                && !own.isInterrupted()
                && own.getContextClassLoader() == carrying.getContextClassLoader()
                && own.getName().isEmpty();
    }

    private void forgetIfDone() {
        if (done) {
            thread = null;
            runtime.ended(this);
        }
    }

    @Override
    public void suspend() {
        awake = false;
        mountsAtWait = carrier.mounts();
        waiting(true);
        do {
            LockSupport.park();
            if (!awake) {
                wokenEarly();
            }
        } while (!awake);
        pinned = false;
        waiting(false);
        wakes++;
    }

    /** The park returned though nobody resumed us: an interrupt, the watchdog, or someone's spare unpark. */
    private void wokenEarly() {
        if (Thread.interrupted()) {
            host.interruptedInWait();
        }
        if (pinned) {
            pinned = false;
            throwIfPinned();
        }
    }

    /** Had the fiber left the thread since its wait began, the way back here would have counted as a mount. */
    private void throwIfPinned() {
        if (carrier.mounts() == mountsAtWait) {
            waiting(false);
            throw PinnedWaitException.here();
        }
    }

    @Override
    void failPinnedWait() {
        Thread own = thread;
        if (own != null) {
            pinned = true;
            LockSupport.unpark(own);
        }
    }

    @Override
    public @Nullable Thread thread() {
        return thread;
    }
}
