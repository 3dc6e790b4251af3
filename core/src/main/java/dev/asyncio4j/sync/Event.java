package dev.asyncio4j.sync;

import dev.asyncio4j.CancelledError;

/**
 * A flag that tasks can wait for.
 *
 * {@snippet class="dev.asyncio4j.snippets.SyncTest" region="event"}
 *
 * <p><b>States.</b> Clear; set.
 *
 * <p><b>Threads.</b> Loop thread only.
 *
 * <p><b>Order.</b> All who wait are woken at once and run in the order in which they came.
 */
public final class Event extends LoopBound {

    /**
     * A look at an event.
     *
     * @param set whether it is set
     * @param waiting how many tasks wait for it
     */
    public record Statistics(boolean set, int waiting) {}

    private final WaitList waiters = new WaitList("the setting of ");

    /** Loop thread only. */
    private boolean set;

    /** Makes an event that is clear. */
    public Event() {}

    /** Sets this and wakes all who wait. Does nothing when set already. Never suspends. */
    public void set() {
        if (set) {
            return;
        }
        if (!waiters.isEmpty()) {
            checkMayWake("set");
        }
        set = true;
        waiters.wakeAll();
    }

    /** Clears this. Who has been woken by {@link #set} goes on all the same. */
    public void clear() {
        set = false;
    }

    /**
     * Tells whether this is set.
     *
     * @return true from {@link #set} to {@link #clear}
     */
    public boolean isSet() {
        return set;
    }

    /**
     * Waits until this is set. Suspends, unless it is set. Who has been woken does not look again: it may be clear when
     * this returns.
     *
     * <p><b>Cancellation.</b> Ends the wait; the others are not concerned.
     *
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if this belongs to another event loop, or has to wait outside a task
     */
    public void await() {
        if (set) {
            return;
        }
        Waiter me = waiters.enter(this);
        try {
            me.await();
        } finally {
            waiters.remove(me);
        }
    }

    /**
     * Takes a look.
     *
     * @return whether it is set and how many wait
     */
    public Statistics statistics() {
        return new Statistics(set, waiters.size());
    }

    @Override
    public String toString() {
        return title() + " (" + (set ? "set" : "clear") + ", " + waiters.size() + " waiting)";
    }
}
