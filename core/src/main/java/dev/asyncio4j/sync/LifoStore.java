package dev.asyncio4j.sync;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Last in, first out. */
final class LifoStore<T extends @Nullable Object> implements ItemStore<T> {

    private final List<T> items = new ArrayList<>();

    @Override
    public void add(T item) {
        items.addLast(item);
    }

    @Override
    public T remove() {
        return items.removeLast();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public void clear() {
        items.clear();
    }
}
