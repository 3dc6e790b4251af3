package dev.asyncio4j.internal.loop;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Timers in the order of their deadlines; equal deadlines in the order in which they were added.
 *
 * <p><b>Threads.</b> Loop thread only.
 *
 * @param <T> what is to happen
 */
public final class TimerHeap<T> {

    /*
     * A heap with four children a node, its keys in arrays of their own: sifting compares longs that lie side by side and
     * never follows a reference. The sequence number settles ties.
     *
     * A cancelled timer stays where it is, since finding it would need an index kept up to date by every sift. It is
     * dropped when it comes to the top, or when more than half of a heap of more than a hundred are cancelled: then all
     * of them go at once, in linear time, which the cancels that led there have paid for (LOOP-1).
     */

    private static final int FIRST_CAPACITY = 64;
    private static final int WORTH_PURGING = 100;

    private final Predicate<? super T> isCancelled;
    private long[] deadlines = new long[FIRST_CAPACITY];
    private long[] sequence = new long[FIRST_CAPACITY];
    private @Nullable Object[] timers = new @Nullable Object[FIRST_CAPACITY];
    private int size;
    private int cancelled;
    private long nextSequence;

    /**
     * Makes an empty heap.
     *
     * @param isCancelled tells whether a timer need not happen any more
     */
    public TimerHeap(Predicate<? super T> isCancelled) {
        this.isCancelled = isCancelled;
    }

    /**
     * Adds a timer.
     *
     * @param deadlineNanos when it is due
     * @param timer what is to happen
     */
    public void add(long deadlineNanos, T timer) {
        if (size == timers.length) {
            grow();
        }
        // From here on nothing is called: a stack that overflows does so before anything has changed.
        int at = size++;
        while (at > 0 && deadlineNanos - deadlines[(at - 1) >>> 2] < 0) {
            int parent = (at - 1) >>> 2;
            deadlines[at] = deadlines[parent];
            sequence[at] = sequence[parent];
            timers[at] = timers[parent];
            at = parent;
        }
        deadlines[at] = deadlineNanos;
        sequence[at] = nextSequence++;
        timers[at] = timer;
    }

    /** Takes note that one of the timers here has been cancelled. */
    public void noteCancelled() {
        cancelled++;
    }

    /** Drops cancelled timers: those on top, or all of them when they are the greater part of many. */
    public void purge() {
        if (size > WORTH_PURGING && cancelled > size / 2) {
            rebuild();
            return;
        }
        while (cancelled > 0 && size > 0 && isCancelled.test(top())) {
            removeTop();
            cancelled--;
        }
    }

    /**
     * Takes the first timer if it is due.
     *
     * @param endNanos the time before which a timer is due
     * @return a timer whose deadline is earlier, cancelled or not, or null
     */
    public @Nullable T pollDue(long endNanos) {
        if (size == 0 || deadlines[0] - endNanos >= 0) {
            return null;
        }
        T timer = top();
        if (isCancelled.test(timer)) {
            cancelled--;
        }
        removeTop();
        return timer;
    }

    /**
     * Tells whether a timer is due, as far as another thread can see.
     *
     * @param nowNanos the time now
     * @return a hint
     */
    public boolean mayBeDue(long nowNanos) {
        return size > 0 && deadlines[0] - nowNanos <= 0;
    }

    /**
     * Returns the earliest deadline.
     *
     * @return nanoseconds on the loop's clock
     * @throws IllegalStateException if there is no timer
     */
    public long firstDeadline() {
        if (size == 0) {
            throw new IllegalStateException("there is no timer");
        }
        return deadlines[0];
    }

    /**
     * Counts the timers.
     *
     * @return how many there are, cancelled ones included
     */
    public int size() {
        return size;
    }

    /** Drops every timer. */
    public void clear() {
        Arrays.fill(timers, 0, size, null);
        size = 0;
        cancelled = 0;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // called when there is one
    private T top() {
        return (T) timers[0];
    }

    private void removeTop() {
        int last = --size;
        Object moved = timers[last];
        timers[last] = null;
        if (last > 0) {
            siftDown(0, deadlines[last], sequence[last], moved);
        }
    }

    private void siftDown(int from, long deadline, long number, @Nullable Object timer) {
        int at = from;
        for (int child = firstChild(at); child < size; child = firstChild(at)) {
            int least = leastOf(child);
            if (isBefore(deadline, number, least)) {
                break;
            }
            move(least, at);
            at = least;
        }
        put(at, deadline, number, timer);
    }

    private static int firstChild(int node) {
        return (node << 2) + 1;
    }

    private int leastOf(int firstChild) {
        int least = firstChild;
        int end = Math.min(firstChild + 4, size);
        for (int child = firstChild + 1; child < end; child++) {
            if (isBefore(deadlines[child], sequence[child], least)) {
                least = child;
            }
        }
        return least;
    }

    /** Compares by difference, as {@link System#nanoTime} asks for. */
    private boolean isBefore(long deadline, long number, int other) {
        long difference = deadline - deadlines[other];
        return difference < 0 || (difference == 0 && number < sequence[other]);
    }

    private void move(int from, int to) {
        put(to, deadlines[from], sequence[from], timers[from]);
    }

    private void put(int at, long deadline, long number, @Nullable Object timer) {
        deadlines[at] = deadline;
        sequence[at] = number;
        timers[at] = timer;
    }

    @SuppressWarnings("unchecked")
    private void rebuild() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!isCancelled.test((T) timers[i])) {
                move(i, kept++);
            }
        }
        Arrays.fill(timers, kept, size, null);
        size = kept;
        cancelled = 0;
        for (int i = (size - 2) >> 2; i >= 0; i--) {
            siftDown(i, deadlines[i], sequence[i], timers[i]);
        }
    }

    private void grow() {
        int larger = timers.length * 2;
        deadlines = Arrays.copyOf(deadlines, larger);
        sequence = Arrays.copyOf(sequence, larger);
        timers = Arrays.copyOf(timers, larger);
    }
}
