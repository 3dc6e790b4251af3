package dev.asyncio4j.sync;

import dev.asyncio4j.CancelledError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hands items from task to task, first in, first out; with a limit, it makes producers wait for consumers.
 *
 * {@snippet class="dev.asyncio4j.snippets.SyncTest" region="queue"}
 *
 * <p><b>States.</b> Open; shut down, when nothing can be put any more, and {@link #get} throws once nothing is left.
 * Besides, it counts the items put whose work is unfinished: {@link #join} waits until there are none.
 *
 * <p><b>Threads.</b> Loop thread only.
 *
 * <p><b>Order.</b> Items come out in the order in which they went in. Tasks that wait are woken first come, first served;
 * but being woken is a hint and no promise. A task that comes along meanwhile may take the item, or the place; the one that
 * was woken then waits again, at the end.
 *
 * <p>Items may be null. {@link PriorityQueue} and {@link LifoQueue} give them out in another order, as does a subclass with
 * an {@link ItemStore} of its own.
 *
 * @param <T> the type of the items
 */
public class Queue<T extends @Nullable Object> extends LoopBound {

    /*
     * No item and no place is ever lost: whenever there is an item and a task that waits for one, some task that waits has
     * been woken and will look, or has taken an item. Every put wakes one getter, every get one putter. Who was woken and
     * cannot make use of it - cancelled, or its comparator threw - wakes the next, if there is still something there;
     * else somebody has taken it, and that somebody will have woken whom it concerned.
     */

    /**
     * A look at a queue.
     *
     * @param size how many items are in it
     * @param maxsize how many there can be, 0 or less for any number
     * @param getting how many tasks wait for an item
     * @param putting how many tasks wait for a place
     * @param unfinished how many items were put whose work is not done
     * @param shutDown whether it was shut down
     */
    public record Statistics(int size, int maxsize, int getting, int putting, long unfinished, boolean shutDown) {}

    private final WaitList getters = new WaitList("an item of ");
    private final WaitList putters = new WaitList("a place in ");
    private final WaitList joiners = new WaitList("the end of the work of ");
    private final int maxsize;

    // Loop thread only:
    private final ItemStore<T> items;
    private long unfinished;
    private boolean shutDown;

    /** Makes a queue without a limit: {@link #put} never waits. */
    public Queue() {
        this(0);
    }

    /**
     * Makes a queue.
     *
     * @param maxsize how many items there can be; 0 or less for any number
     */
    public Queue(int maxsize) {
        this(maxsize, new FifoStore<>());
    }

    /**
     * Makes a queue with an order of its own.
     *
     * @param maxsize how many items there can be; 0 or less for any number
     * @param items an empty store that nothing else uses
     */
    protected Queue(int maxsize, ItemStore<T> items) {
        this.maxsize = maxsize;
        this.items = Objects.requireNonNull(items, "items");
    }

    // ---- putting

    /**
     * Adds an item, when there is a place. Suspends, unless there is one: a producer that never has to wait does not
     * let others run.
     *
     * <p><b>Cancellation.</b> Who is cancelled while waiting has not put the item; had it just been woken, and there is
     * still a place, the next is.
     *
     * @param item the item
     * @throws QueueShutDownException if this was shut down, before or meanwhile
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if this belongs to another event loop, or has to wait outside a task
     */
    public final void put(T item) {
        while (full()) {
            checkOpen();
            awaitPlace();
        }
        checkOpen();
        add(item);
    }

    /**
     * Adds an item if there is a place.
     *
     * @param item the item
     * @throws QueueFullException if there is none
     * @throws QueueShutDownException if this was shut down
     */
    public final void putNowait(T item) {
        checkOpen();
        if (full()) {
            throw new QueueFullException(title() + " is full with " + qsize() + " items; put() waits for a place");
        }
        add(item);
    }

    private void checkOpen() {
        if (shutDown) {
            throw new QueueShutDownException(title() + " was shut down; nothing can be put");
        }
    }

    private void add(T item) {
        if (!getters.isEmpty()) {
            checkMayWake("put");
        }
        boolean added = false;
        try {
            items.add(item);
            added = true;
        } finally {
            if (!added) {
                wakePutterIfPlace();
            }
        }
        unfinished++;
        getters.wakeNext();
    }

    private void awaitPlace() {
        Waiter me = putters.enter(this);
        boolean gotOn = false;
        try {
            me.await();
            gotOn = true;
        } finally {
            putters.remove(me);
            if (!gotOn && me.isWoken()) {
                wakePutterIfPlace();
            }
        }
    }

    private void wakePutterIfPlace() {
        if (!full()) {
            putters.wakeNext();
        }
    }

    // ---- getting

    /**
     * Takes an item out, when there is one. Suspends, unless there is one.
     *
     * <p><b>Cancellation.</b> Who is cancelled while waiting has not taken an item: none is lost. Had it just been woken,
     * and there is still an item, the next is.
     *
     * @return the item whose turn it is
     * @throws QueueShutDownException if this was shut down, before or meanwhile, and nothing is left
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if this belongs to another event loop, or has to wait outside a task
     */
    public final T get() {
        while (empty()) {
            checkMoreToCome();
            awaitItem();
        }
        return remove();
    }

    /**
     * Takes an item out if there is one.
     *
     * @return the item whose turn it is
     * @throws QueueEmptyException if there is none
     * @throws QueueShutDownException if there is none and this was shut down
     */
    public final T getNowait() {
        if (empty()) {
            checkMoreToCome();
            throw new QueueEmptyException(title() + " is empty; get() waits for an item");
        }
        return remove();
    }

    private void checkMoreToCome() {
        if (shutDown) {
            throw new QueueShutDownException(title() + " was shut down, and nothing is left to get");
        }
    }

    private T remove() {
        if (!putters.isEmpty()) {
            checkMayWake("get");
        }
        boolean removed = false;
        try {
            T item = items.remove();
            removed = true;
            return item;
        } finally {
            (removed ? putters : getters).wakeNext();
        }
    }

    private void awaitItem() {
        Waiter me = getters.enter(this);
        boolean gotOn = false;
        try {
            me.await();
            gotOn = true;
        } finally {
            getters.remove(me);
            if (!gotOn && me.isWoken() && !empty()) {
                getters.wakeNext();
            }
        }
    }

    // ---- looking

    /**
     * Counts the items.
     *
     * @return how many are in here
     */
    public final int qsize() {
        return items.size();
    }

    /**
     * Tells whether there is no item.
     *
     * @return true if {@link #get} would wait, or throw
     */
    public final boolean empty() {
        return items.size() == 0;
    }

    /**
     * Tells whether there is no place.
     *
     * @return true if {@link #put} would wait; never without a limit
     */
    public final boolean full() {
        return maxsize > 0 && items.size() >= maxsize;
    }

    /**
     * Returns the limit.
     *
     * @return how many items there can be; 0 or less for any number
     */
    public final int maxsize() {
        return maxsize;
    }

    // ---- finishing

    /**
     * Says that the work on one item is done. To be called once for each item taken out, also after a shut-down.
     * Wakes those who {@link #join}, if it was the last.
     *
     * @throws IllegalStateException if it was called more often than items were put
     */
    public final void taskDone() {
        if (unfinished <= 0) {
            throw new IllegalStateException("taskDone() of " + title() + " was called more often than items were put");
        }
        if (!joiners.isEmpty()) {
            checkMayWake("taskDone");
        }
        finish(1);
    }

    private void finish(int count) {
        unfinished = Math.max(0, unfinished - count);
        if (unfinished == 0) {
            joiners.wakeAll();
        }
    }

    /**
     * Waits until the work on all items is done: {@link #taskDone} was called for each. Suspends, unless that is so. A
     * {@link #shutdown()} does not end the wait. Who has been woken does not look again, as with an {@link Event}.
     *
     * <p><b>Cancellation.</b> Ends the wait.
     *
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if this belongs to another event loop, or has to wait outside a task
     */
    public final void join() {
        if (unfinished == 0) {
            return;
        }
        Waiter me = joiners.enter(this);
        try {
            me.await();
        } finally {
            joiners.remove(me);
        }
    }

    /** Shuts this down, as {@code shutdown(false)} does: what is in it can still be taken out. */
    public final void shutdown() {
        shutdown(false);
    }

    /**
     * Shuts this down. Whoever puts gets a {@link QueueShutDownException} from now on, as does whoever gets once nothing is
     * left; those who wait are woken to look again. Never suspends. May be called again, first gently, then at once.
     *
     * {@snippet class="dev.asyncio4j.snippets.SyncTest" region="shutdown"}
     *
     * @param immediate true to drop all items: their work counts as done, which may end a {@link #join}; the work on
     *     items taken out earlier does not
     */
    public final void shutdown(boolean immediate) {
        checkMayWake("shutdown");
        shutDown = true;
        if (immediate) {
            int dropped = items.size();
            items.clear();
            finish(dropped);
        }
        getters.wakeAll();
        putters.wakeAll();
    }

    /**
     * Takes a look.
     *
     * @return how many items are in here, and who waits for what
     */
    public final Statistics statistics() {
        return new Statistics(qsize(), maxsize, getters.size(), putters.size(), unfinished, shutDown);
    }

    @Override
    public final String toString() {
        String limit = maxsize > 0 ? " of " + maxsize : "";
        return title() + " (" + qsize() + limit + " items, " + getters.size() + " getting, " + putters.size()
                + " putting, " + unfinished + " unfinished" + (shutDown ? ", shut down)" : ")");
    }
}
