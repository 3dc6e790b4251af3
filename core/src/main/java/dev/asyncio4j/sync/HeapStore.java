package dev.asyncio4j.sync;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Smallest first; what is equal, in the order in which it came. */
final class HeapStore<T> implements ItemStore<T> {

    /*
     * A binary heap. Items are numbered as they come, and the number decides between equal ones.
     *
     * Comparing calls code of the user's, which may throw. So a place is looked for first, by comparing only, and items are
     * moved when nothing can fail any more: a comparison that fails loses nothing, and leaves the heap as it was.
     */

    private static final int FIRST_CAPACITY = 16;

    private final Comparator<? super T> order;

    private @Nullable Object[] items = new @Nullable Object[FIRST_CAPACITY];
    private long[] numbers = new long[FIRST_CAPACITY];
    private int size;
    private long nextNumber;

    HeapStore(Comparator<? super T> order) {
        this.order = Objects.requireNonNull(order, "order");
    }

    @Override
    public void add(T item) {
        Objects.requireNonNull(item, "a priority queue cannot hold null");
        int place = placeFor(item);
        if (size == items.length) {
            grow();
        }
        int hole = size++;
        while (hole > place) {
            int parent = parent(hole);
            move(parent, hole);
            hole = parent;
        }
        items[place] = item;
        numbers[place] = nextNumber++;
    }

    /** Where a new item belongs, on the way from the end up to the root. Equal ones came before it. */
    private int placeFor(T item) {
        if (size == 0) {
            checkComparable(item);
        }
        int place = size;
        while (place > 0 && order.compare(item, at(parent(place))) < 0) {
            place = parent(place);
        }
        return place;
    }

    /** An item without an order is refused at once, and not when the next one comes. */
    @SuppressWarnings("SelfComparison")
    private void checkComparable(T item) {
        int _ = order.compare(item, item);
    }

    @Override
    public T remove() {
        int last = size - 1;
        int place = placeForLast(last);
        T first = at(0);
        closeHole(place);
        if (place != last) {
            move(last, place);
        }
        items[last] = null;
        size = last;
        return first;
    }

    /** Where the last item goes when the root is taken out, on the way down along the smaller children. */
    private int placeForLast(int last) {
        int place = 0;
        while (true) {
            int child = smallerChild(place, last);
            if (child >= last || before(last, child)) {
                return place;
            }
            place = child;
        }
    }

    private int smallerChild(int parent, int end) {
        int left = 2 * parent + 1;
        int right = left + 1;
        return right < end && before(right, left) ? right : left;
    }

    private boolean before(int one, int other) {
        int compared = order.compare(at(one), at(other));
        return compared < 0 || (compared == 0 && numbers[one] < numbers[other]);
    }

    /** Moves the items on the way from the root to a place up by one. */
    private void closeHole(int place) {
        if (place == 0) {
            return;
        }
        int parent = parent(place);
        closeHole(parent);
        move(place, parent);
    }

    private void move(int from, int to) {
        items[to] = items[from];
        numbers[to] = numbers[from];
    }

    private static int parent(int place) {
        return (place - 1) >>> 1;
    }

    @SuppressWarnings("unchecked")
    private T at(int place) {
        return (T) Objects.requireNonNull(items[place]);
    }

    private void grow() {
        int larger = Math.multiplyExact(items.length, 2);
        items = Arrays.copyOf(items, larger);
        numbers = Arrays.copyOf(numbers, larger);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void clear() {
        items = new @Nullable Object[FIRST_CAPACITY];
        numbers = new long[FIRST_CAPACITY];
        size = 0;
    }
}
