package dev.asyncio4j.internal.coroutine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A stack of its own that runs when the loop resumes it and gives the loop's thread back when it suspends.
 *
 * <p><b>States.</b> New; running (mounted on the carrier); waiting (left by {@link #suspend}); suspended outside (native
 * runtime only: it blocked in a call of the JDK); done.
 *
 * <p><b>Threads.</b> {@link #resume} and {@link #continueOutside} belong to the carrier's thread, {@link #suspend} to the
 * fiber itself.
 */
public abstract sealed class Fiber permits NativeFiber, PortableFiber {

    private static final VarHandle WAITING;

    static {
        try {
            WAITING = MethodHandles.lookup().findVarHandle(Fiber.class, "waiting", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What a fiber runs, and who hears of it. */
    public interface Host {

        /** Runs on the fiber; when it returns, the fiber is done. Must not throw. */
        void runOnFiber();

        /**
         * Names who is to run next on this fiber, whose body has returned without ever leaving the carrier's thread. The
         * fiber is that host's own from then on.
         *
         * @return the next host, or null if the fiber is to end
         */
        default @Nullable Host successor() {
            return null;
        }

        /**
         * The JDK made a fiber runnable that had suspended outside: {@link Fiber#continueOutside} is due.
         *
         * <p><b>Threads.</b> Any. Must not throw, block, log or lock.
         *
         * @param fiber the fiber that can go on
         */
        void wokenOutside(Fiber fiber);

        /**
         * The fiber's thread was interrupted while it was waiting. The flag has been cleared; the fiber waits on.
         *
         * <p><b>Threads.</b> The fiber's own, not necessarily while it is mounted.
         */
        void interruptedInWait();

        /**
         * Names what runs here, for reports.
         *
         * @return a short description
         */
        String describe();
    }

    final Carrier carrier;

    /** Written by the fiber while mounted, read by whoever wakes it and by the watchdog. */
    Host host;

    /** Written by the fiber, read by the watchdog too. */
    @SuppressWarnings("unused")
    private boolean waiting;

    /** Written by the fiber while mounted, read by the carrier. */
    boolean done;

    Fiber(Carrier carrier, Host host) {
        this.carrier = carrier;
        this.host = host;
    }

    /** The body of the thread: runs the host, and whoever follows on this stack. */
    final void runHosts() {
        Host next = host;
        while (next != null) {
            host = next;
            long mountsBefore = carrier.beginHost();
            next.runOnFiber();
            next = carrier.mounts() == mountsBefore && isAsNew() ? next.successor() : null;
        }
    }

    /** Whether nothing of what has run here can be seen by who runs here next. */
    abstract boolean isAsNew();

    /**
     * Returns who runs here.
     *
     * @return the host this was made for, or who followed it
     */
    public final Host host() {
        return host;
    }

    /**
     * Reads what a resumption begins with; see the loop's look ahead.
     *
     * @return something made of what was read
     */
    public final int lookAhead() {
        Thread own = thread();
        return own == null ? 0 : (int) own.threadId();
    }

    /** Runs the fiber until it waits, suspends outside or is done. Does nothing for one that has begun and is not waiting. */
    public final void resume() {
        if (thread() != null && !isWaiting()) {
            return;
        }
        carrier.mount(this);
        try {
            enter();
        } finally {
            carrier.unmount();
        }
    }

    /** Lets a fiber go on that the JDK has made runnable; does nothing when it is not. */
    public final void continueOutside() {
        carrier.mount(this);
        try {
            reenter();
        } finally {
            carrier.unmount();
        }
    }

    /**
     * Leaves the carrier's thread until {@link #resume} is called.
     *
     * @throws PinnedWaitException if the stack cannot be left, because it is in a static initializer or below a native frame
     */
    public abstract void suspend();

    /**
     * Returns the thread this fiber is.
     *
     * @return the virtual thread, or null before the first {@link #resume}
     */
    public abstract @Nullable Thread thread();

    abstract void enter();

    abstract void reenter();

    /** Ends a wait that pins the carrier; called by the watchdog. */
    abstract void failPinnedWait();

    /**
     * Tells whether the fiber has ended.
     *
     * @return true once the host's body has returned
     */
    public final boolean isDone() {
        return done;
    }

    /**
     * Tells whether the fiber waits for {@link #resume}.
     *
     * @return false while it is running, done, new, or suspended by the JDK
     */
    public final boolean isWaiting() {
        return (boolean) WAITING.getOpaque(this);
    }

    /**
     * Tells whether the fiber has left the carrier's thread in a blocking call of the JDK.
     *
     * @return true between such a suspension and its end
     */
    public final boolean isSuspendedOutside() {
        return thread() != null && !done && !isWaiting() && carrier.mounted() != this;
    }

    final void waiting(boolean value) {
        WAITING.setOpaque(this, value);
    }
}
