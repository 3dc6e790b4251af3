package dev.asyncio4j.sync;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Queue} that gives out the smallest item first.
 *
 * {@snippet class="dev.asyncio4j.snippets.SyncTest" region="priority"}
 *
 * <p><b>Order.</b> Stable: of equal items the one that was put first comes first. In asyncio it can be any of them.
 *
 * <p><b>Errors.</b> What cannot be compared is refused by {@code put}: that throws what the comparison throws, a
 * {@link ClassCastException} for items without a natural order, and the queue is as it was. The items cannot be null, and
 * comparing must not wait.
 *
 * @param <T> the type of the items
 */
public final class PriorityQueue<T> extends Queue<T> {

    /** Makes a queue without a limit, in the natural order of its items, which have to be {@link Comparable}. */
    public PriorityQueue() {
        this(0);
    }

    /**
     * Makes a queue in the natural order of its items, which have to be {@link Comparable}.
     *
     * @param maxsize how many items there can be; 0 or less for any number
     */
    public PriorityQueue(int maxsize) {
        this(maxsize, null);
    }

    /**
     * Makes a queue.
     *
     * @param maxsize how many items there can be; 0 or less for any number
     * @param order says which of two items comes first; null for their natural order
     */
    public PriorityQueue(int maxsize, @Nullable Comparator<? super T> order) {
        super(maxsize, new HeapStore<>(order == null ? naturalOrder() : order));
    }

    /** As java.util's queues do it: an item without a natural order is found out when it is put. */
    @SuppressWarnings("unchecked")
    private static <T> Comparator<T> naturalOrder() {
        return (one, other) -> ((Comparable<T>) one).compareTo(other);
    }
}
