package dev.asyncio4j.internal.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A first-in-first-out queue on a ring that grows, with a second entrance at the front.
 *
 * <p><b>Threads.</b> Loop thread only.
 *
 * @param <E> what is queued
 */
public final class ReadyQueue<E> {

    private static final int FIRST_CAPACITY = 64;

    /** Always a power of two long. */
    private @Nullable Object[] ring = new @Nullable Object[FIRST_CAPACITY];

    private int head;
    private int size;

    /** Makes an empty queue. */
    public ReadyQueue() {}

    /**
     * Adds at the end.
     *
     * @param entry what to add
     */
    public void add(E entry) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = entry;
        size++;
    }

    /**
     * Adds in front of everything.
     *
     * @param entry what to add
     */
    public void addFirst(E entry) {
        if (size == ring.length) {
            grow();
        }
        head = (head - 1) & (ring.length - 1);
        ring[head] = entry;
        size++;
    }

    /**
     * Takes the first entry.
     *
     * @return the entry that was added first, or null if there is none
     */
    public @Nullable E poll() {
        if (size == 0) {
            return null;
        }
        E entry = peek();
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return entry;
    }

    /**
     * Looks at the first entry.
     *
     * @return the entry that was added first, or null if there is none
     */
    public @Nullable E peek() {
        return peek(0);
    }

    /**
     * Looks at an entry further back.
     *
     * @param index how many stand in front of it
     * @return the entry, or null if there are not that many
     */
    @SuppressWarnings("unchecked")
    public @Nullable E peek(int index) {
        return (E) ring[(head + index) & (ring.length - 1)];
    }

    /**
     * Counts the entries.
     *
     * @return how many there are
     */
    public int size() {
        return size;
    }

    /**
     * Tells whether there is none.
     *
     * @return true if the queue is empty
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Drops every entry. */
    public void clear() {
        Arrays.fill(ring, null);
        head = 0;
        size = 0;
    }

    private void grow() {
        var larger = new @Nullable Object[ring.length * 2];
        int tail = ring.length - head;
        System.arraycopy(ring, head, larger, 0, tail);
        System.arraycopy(ring, 0, larger, tail, head);
        ring = larger;
        head = 0;
    }
}
