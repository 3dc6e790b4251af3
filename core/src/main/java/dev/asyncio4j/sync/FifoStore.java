package dev.asyncio4j.sync;

import org.jspecify.annotations.Nullable;

/** First in, first out: a ring that grows, and is given up when it has become large and runs empty. */
final class FifoStore<T extends @Nullable Object> implements ItemStore<T> {

    private static final int FIRST_CAPACITY = 16;
    private static final int LARGE = 4096;

    /** Always a power of two long. */
    private @Nullable Object[] ring = new @Nullable Object[FIRST_CAPACITY];

    private int head;
    private int size;

    @Override
    public void add(T item) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = item;
        size++;
    }

    private void grow() {
        var larger = new @Nullable Object[Math.multiplyExact(ring.length, 2)];
        int tail = ring.length - head;
        System.arraycopy(ring, head, larger, 0, tail);
        System.arraycopy(ring, 0, larger, tail, head);
        ring = larger;
        head = 0;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // null is an item if T says so
    public T remove() {
        T item = (T) ring[head];
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        if (size == 0 && ring.length > LARGE) {
            clear();
        }
        return item;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void clear() {
        ring = new @Nullable Object[FIRST_CAPACITY];
        head = 0;
        size = 0;
    }
}
