package dev.asyncio4j.sync;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Queue} keeps its items in, which decides the order in which they come out. To be implemented for an order
 * of one's own; asyncio's {@code _init}, {@code _put} and {@code _get}.
 *
 * <p><b>Threads.</b> Loop thread only. No method may suspend.
 *
 * @param <T> the type of the items
 */
public interface ItemStore<T extends @Nullable Object> {

    /**
     * Adds an item. What this throws, {@link Queue#put} throws; the item must then not be in the store.
     *
     * @param item the item
     */
    void add(T item);

    /**
     * Takes out the item whose turn it is. Called only while {@link #size} is not zero.
     *
     * @return the item
     */
    T remove();

    /**
     * Counts the items.
     *
     * @return how many there are; asked before and after every operation
     */
    int size();

    /** Drops all items. */
    void clear();
}
