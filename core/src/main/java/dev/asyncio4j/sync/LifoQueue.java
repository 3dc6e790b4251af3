package dev.asyncio4j.sync;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Queue} that is a stack: last in, first out.
 *
 * @param <T> the type of the items, which may be null
 */
public final class LifoQueue<T extends @Nullable Object> extends Queue<T> {

    /** Makes a queue without a limit. */
    public LifoQueue() {
        this(0);
    }

    /**
     * Makes a queue.
     *
     * @param maxsize how many items there can be; 0 or less for any number
     */
    public LifoQueue(int maxsize) {
        super(maxsize, new LifoStore<>());
    }
}
