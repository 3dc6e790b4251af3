package dev.asyncio4j.sync;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Task;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock, and a place to wait in, without the lock, until someone says that something has changed.
 *
 * {@snippet class="dev.asyncio4j.snippets.SyncTest" region="condition"}
 *
 * <p>Python's {@code wait}, {@code wait_for}, {@code notify} and {@code notify_all} are {@link #await}, {@link #awaitUntil},
 * {@link #signal(int) signal} and {@link #signalAll}: the others are {@link Object}'s.
 *
 * <p><b>States.</b> Those of its lock. The lock may be shared by several conditions (COND-6).
 *
 * <p><b>Threads.</b> Loop thread only.
 *
 * <p><b>Order.</b> Who has waited longest is woken first, and gets the lock first (COND-3).
 */
public final class Condition extends LoopBound {

    /*
     * Two promises of await() (COND-2, COND-4):
     *
     *   - it ends with the lock held, however it ends. A cancel that comes while the lock is being taken back is kept, and
     *     taking goes on; the last one is thrown when the lock is held. In a cancel scope that has been cancelled every
     *     wait throws, so trying on would never end: that is told by nobody having asked the task to cancel meanwhile, and
     *     then a shield goes up. In a loop that is being closed no shield helps, and this ends without the lock;
     *   - no signal is lost. A task that leaves with an error may have been signalled before; it cannot always tell, so it
     *     signals one other. That one may be woken for nothing, which everyone here must expect.
     */

    /**
     * A look at a condition.
     *
     * @param waiting how many tasks wait to be signalled; those that take the lock back are in the lock's
     * @param lock its lock
     */
    public record Statistics(int waiting, Lock.Statistics lock) {}

    private final Lock lock;

    /** Whom the tasks that wait here think they wait for: this, or what is built on it. */
    private final LoopBound face;

    private final WaitList waiters;

    /** Makes a condition with a lock of its own. */
    public Condition() {
        this(new Lock());
    }

    /**
     * Makes a condition on a lock that others may use too.
     *
     * @param lock the lock
     */
    public Condition(Lock lock) {
        this.lock = Objects.requireNonNull(lock, "lock");
        this.face = this;
        this.waiters = new WaitList("a signal of ");
    }

    /** Makes the condition that something else is built on: reports show that. */
    Condition(LoopBound face, String what) {
        this.lock = new Lock();
        this.face = face;
        this.waiters = new WaitList(what);
    }

    /**
     * Acquires the lock, as {@link Lock#acquire} does. Suspends, unless it is unlocked and nobody waits for it.
     *
     * @return what unlocks when it is closed; or call {@link #release}
     * @throws CancelledError if the task was cancelled while it waited
     */
    public Hold acquire() {
        return lock.acquire();
    }

    /**
     * Acquires the lock if that needs no waiting.
     *
     * @return false if it is locked, or others wait for it
     */
    public boolean acquireNowait() {
        return lock.acquireNowait();
    }

    /**
     * Releases the lock.
     *
     * @throws IllegalStateException if it is not locked
     */
    public void release() {
        lock.release();
    }

    /**
     * Tells whether the lock is locked.
     *
     * @return what {@link Lock#locked} says
     */
    public boolean locked() {
        return lock.locked();
    }

    /**
     * Releases the lock, waits to be signalled, and acquires the lock again. Always suspends. May return though nobody has
     * signalled: look at what you wait for, or use {@link #awaitUntil}.
     *
     * <p><b>Cancellation.</b> Ends the wait for a signal; the lock is acquired again first, which other cancels do not end
     * (COND-2). A signal that met the cancel goes to another task (COND-4). Only when the loop is closed meanwhile is the
     * lock not held at the end.
     *
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if nobody holds the lock, or this belongs to another event loop
     */
    public void await() {
        checkLocked("await");
        Waiter me = waiters.newWaiter(face);
        lock.release();
        boolean unharmed = false;
        try {
            awaitSignal(me);
            unharmed = true;
        } finally {
            if (!unharmed) {
                waiters.wakeNext();
            }
        }
    }

    private void awaitSignal(Waiter me) {
        waiters.add(me);
        try {
            me.await();
        } finally {
            waiters.remove(me);
            takeLockBack();
        }
    }

    private void takeLockBack() {
        CancelledError latest = null;
        boolean shielded = false;
        boolean taken = false;
        while (!taken) {
            int requests = cancelRequests();
            try {
                takeLock(shielded);
                taken = true;
            } catch (CancelledError e) {
                latest = e;
                taken = isLoopClosing();
                shielded |= cancelRequests() == requests;
            }
        }
        if (latest != null) {
            throw latest;
        }
    }

    private void takeLock(boolean shielded) {
        if (shielded) {
            CancelScope.shielded(_ -> lock.take());
        } else {
            lock.take();
        }
    }

    private static int cancelRequests() {
        return Asyncio.currentTask().map(Task::cancelling).orElse(0);
    }

    /** A task that runs though its loop does not is being unwound. */
    private boolean isLoopClosing() {
        return !face.bind().isRunning();
    }

    /**
     * Waits until something holds. The predicate is evaluated with the lock held, at once and after every signal (COND-5).
     * Suspends, unless it holds at once.
     *
     * <p><b>Cancellation.</b> As {@link #await}.
     *
     * @param predicate what to wait for; should not wait itself
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if nobody holds the lock, or this belongs to another event loop
     */
    public void awaitUntil(BooleanSupplier predicate) {
        while (!predicate.getAsBoolean()) {
            await();
        }
    }

    /**
     * Waits until there is a value, as {@link #awaitUntil} waits until something holds, and returns it.
     *
     * @param <T> the type of the value
     * @param source returns the value, or null while there is none
     * @return the first value that was there
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if nobody holds the lock, or this belongs to another event loop
     */
    public <T> T awaitValue(Supplier<? extends @Nullable T> source) {
        while (true) {
            T value = source.get();
            if (value != null) {
                return value;
            }
            await();
        }
    }

    /**
     * Wakes the task that has waited longest, as {@code signal(1)} does.
     *
     * @throws IllegalStateException if nobody holds the lock
     */
    public void signal() {
        signal(1);
    }

    /**
     * Wakes tasks that wait, those that have waited longest first. Never suspends, and does not release the lock: they go
     * on when they can acquire it (COND-3).
     *
     * @param count how many; fewer if fewer wait
     * @throws IllegalStateException if nobody holds the lock
     */
    public void signal(int count) {
        checkLocked("signal");
        if (!waiters.isEmpty()) {
            face.checkMayWake("signal");
        }
        waiters.wake(count);
    }

    /**
     * Wakes all tasks that wait.
     *
     * @throws IllegalStateException if nobody holds the lock
     */
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    /** As {@link #signalAll}, also without the lock, which a task has lost whose loop is being closed. */
    void wakeAll() {
        waiters.wakeAll();
    }

    private void checkLocked(String operation) {
        if (!lock.locked()) {
            throw new IllegalStateException(operation + " of " + title() + " needs its lock, and " + lock.title()
                    + " is not locked; acquire the condition first");
        }
    }

    /**
     * Takes a look.
     *
     * @return how many wait for a signal, and how its lock is
     */
    public Statistics statistics() {
        return new Statistics(waiters.size(), lock.statistics());
    }

    @Override
    public String toString() {
        return title() + " (" + waiters.size() + " waiting, " + lock + ")";
    }
}
