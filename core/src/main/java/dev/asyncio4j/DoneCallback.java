package dev.asyncio4j;

import java.util.function.Consumer;

/** What {@link Future#addDoneCallback} leaves with a future: a handle that is queued when the future is done. */
final class DoneCallback<T> extends Handle {

    private final Consumer<? super Future<T>> function;

    DoneCallback(Future<T> future, Consumer<? super Future<T>> function, Context context) {
        super(future.loop, () -> function.accept(future), context);
        this.function = function;
    }

    boolean calls(Object asked) {
        return function.equals(asked);
    }
}
