package dev.asyncio4j.sync;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Task;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets one task at a time into what must not be entered by two, even if it waits inside.
 *
 * {@snippet class="dev.asyncio4j.snippets.SyncTest" region="lock"}
 *
 * <p><b>States.</b> Unlocked; locked. It is not owned: any task may release it. It is not re-entrant: a task that acquires
 * it twice waits for itself, for ever (LOCK-4).
 *
 * <p><b>Threads.</b> Loop thread only.
 *
 * <p><b>Order.</b> First come, first served. While a task waits nobody overtakes it, not even when the lock is momentarily
 * free (LOCK-2).
 */
public final class Lock extends LoopBound implements Releasable {

    /*
     * Releasing hands nothing over. It unlocks and wakes the first waiter; that one takes the lock when its step runs, and
     * until then its place at the head of the list keeps everyone else out (LOCK-3). If it is cancelled in between, its
     * step wakes the next instead. So there is always either a holder, or a woken waiter at the head, or nobody; a waiter
     * cancelled before it was woken does the same on leaving, in case a release met it at the head and woke nobody.
     */

    /**
     * A look at a lock.
     *
     * @param locked whether it is locked
     * @param owner the task that acquired it, null if unlocked or if acquired outside a task
     * @param waiting how many tasks wait for it
     */
    public record Statistics(boolean locked, @Nullable Task<?> owner, int waiting) {}

    private final WaitList waiters = new WaitList("the turn of ", this::holders);

    // Loop thread only:
    private boolean locked;
    private @Nullable Task<?> owner;

    /** Makes an unlocked lock. */
    public Lock() {}

    /**
     * Locks, after all who came before. Suspends, unless it is unlocked and nobody waits (LOCK-2).
     *
     * <p><b>Cancellation.</b> Who is cancelled while waiting does not get the lock; had it just been woken for that, the
     * next one is (LOCK-3).
     *
     * @return what unlocks when it is closed; or call {@link #release}
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if this belongs to another event loop, or has to wait outside a task
     */
    public Hold acquire() {
        take();
        return new Hold(this);
    }

    /**
     * Locks if that needs no waiting.
     *
     * @return false if it is locked, or others wait for it
     */
    public boolean acquireNowait() {
        if (locked || waiters.hasLive()) {
            return false;
        }
        becomeLocked();
        return true;
    }

    /** As {@link #acquire}, for a caller that releases. */
    void take() {
        if (!acquireNowait()) {
            awaitTurn();
            becomeLocked();
        }
    }

    private void awaitTurn() {
        Waiter me = waiters.enter(this);
        boolean hasTurn = false;
        try {
            me.await();
            hasTurn = true;
        } finally {
            waiters.remove(me);
            if (!hasTurn && !locked) {
                waiters.wakeFirst();
            }
        }
    }

    private Set<Task<?>> holders() {
        Task<?> holder = owner;
        return holder == null ? Set.of() : Set.of(holder);
    }

    private void becomeLocked() {
        locked = true;
        owner = Asyncio.currentTask().orElse(null);
    }

    /**
     * Unlocks, and wakes the task that has waited longest. Never suspends. Any task may do it (LOCK-4).
     *
     * @throws IllegalStateException if it is not locked
     */
    @Override
    public void release() {
        if (!locked) {
            throw new IllegalStateException(title() + " was released but is not locked; release once for each acquire");
        }
        if (!waiters.isEmpty()) {
            checkMayWake("release");
        }
        locked = false;
        owner = null;
        waiters.wakeFirst();
    }

    /**
     * Tells whether this is locked.
     *
     * @return true from acquire to release; false while a task that has been woken has not taken it yet (LOCK-3)
     */
    public boolean locked() {
        return locked;
    }

    /**
     * Takes a look.
     *
     * @return who holds it and how many wait
     */
    public Statistics statistics() {
        return new Statistics(locked, owner, waiters.size());
    }

    @Override
    public String toString() {
        String holder = owner == null ? "" : " by " + owner.name();
        return title() + " (" + (locked ? "locked" + holder : "unlocked") + ", " + waiters.size() + " waiting)";
    }
}
