package dev.asyncio4j.sync;

import dev.asyncio4j.CancelledError;

/**
 * A number of permits: as many tasks at a time as there are.
 *
 * {@snippet class="dev.asyncio4j.snippets.SyncTest" region="semaphore"}
 *
 * <p><b>States.</b> Permits left; none left. Nobody owns a permit: any task may release one, also one that was never
 * acquired, so that there can be more than at first; {@link BoundedSemaphore} refuses that (SEM-4).
 *
 * <p><b>Threads.</b> Loop thread only.
 *
 * <p><b>Order.</b> First come, first served. While a task waits nobody overtakes it, even if a permit is left (SEM-1).
 */
public sealed class Semaphore extends LoopBound implements Releasable permits BoundedSemaphore {

    /*
     * Unlike a lock, a permit is handed over: release() takes it for the first waiter and wakes that (SEM-2). `granted`
     * counts the waiters that have been woken and have not run since; they are no longer in the list, and keep newcomers
     * out all the same. One that is cancelled in between gives its permit back. Whoever leaves, in whichever way, wakes
     * others as long as there are permits: while it was at the head, it may have been what they waited for (SEM-3).
     */

    /**
     * A look at a semaphore.
     *
     * @param value how many permits are left
     * @param waiting how many tasks wait for one
     */
    public record Statistics(int value, int waiting) {}

    private final WaitList waiters = new WaitList("a permit of ");

    // Loop thread only:
    private int value;
    private int granted;

    /** Makes a semaphore with one permit. */
    public Semaphore() {
        this(1);
    }

    /**
     * Makes a semaphore.
     *
     * @param value how many permits there are at first
     * @throws IllegalArgumentException if that is negative
     */
    public Semaphore(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("a semaphore cannot begin with " + value + " permits; 0 is the least");
        }
        this.value = value;
    }

    /**
     * Takes a permit, after all who came before. Suspends, unless one is left and nobody waits (SEM-1).
     *
     * <p><b>Cancellation.</b> Who is cancelled while waiting gets no permit; had it just been given one, the next gets it
     * (SEM-3).
     *
     * @return what releases when it is closed; or call {@link #release}
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if this belongs to another event loop, or has to wait outside a task
     */
    public final Hold acquire() {
        if (!acquireNowait()) {
            awaitPermit();
        }
        return new Hold(this);
    }

    /**
     * Takes a permit if that needs no waiting.
     *
     * @return false if none is left, or others wait for one
     */
    public final boolean acquireNowait() {
        if (locked()) {
            return false;
        }
        value--;
        return true;
    }

    private void awaitPermit() {
        Waiter me = waiters.enter(this);
        boolean gotOn = false;
        try {
            me.await();
            gotOn = true;
        } finally {
            waiters.remove(me);
            if (me.isWoken()) {
                granted--;
                value += gotOn ? 0 : 1;
            }
            grantWhatIsLeft();
        }
    }

    private void grantWhatIsLeft() {
        while (value > 0 && waiters.wakeNext()) {
            value--;
            granted++;
        }
    }

    /**
     * Gives a permit back, to the task that has waited longest if there is one (SEM-2). Never suspends.
     *
     * @throws IllegalStateException if it is a {@link BoundedSemaphore} and none was taken
     */
    @Override
    public void release() {
        if (!waiters.isEmpty()) {
            checkMayWake("release");
        }
        if (waiters.wakeNext()) {
            granted++;
        } else {
            value = Math.incrementExact(value);
        }
    }

    /**
     * Tells whether a task would have to wait for a permit.
     *
     * @return true if none is left, or others wait for one (SEM-1)
     */
    public final boolean locked() {
        return value == 0 || granted > 0 || waiters.hasLive();
    }

    /** How many permits are left. */
    final int value() {
        return value;
    }

    /**
     * Takes a look.
     *
     * @return how many permits are left and how many tasks wait
     */
    public final Statistics statistics() {
        return new Statistics(value, granted + waiters.size());
    }

    @Override
    public final String toString() {
        return title() + " (" + value + " left, " + (granted + waiters.size()) + " waiting)";
    }
}
