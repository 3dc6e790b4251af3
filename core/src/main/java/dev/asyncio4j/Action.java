package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Coroutine} that returns nothing.
 *
 * @param <X> what it may throw besides unchecked exceptions
 */
@FunctionalInterface
public interface Action<X extends Throwable> {

    /**
     * Runs the body.
     *
     * @throws X if it fails
     */
    void run() throws X;

    /**
     * Views this as a coroutine whose result is null.
     *
     * @return a coroutine that runs this
     */
    default Coroutine<@Nullable Void, X> asCoroutine() {
        return () -> {
            run();
            return null;
        };
    }
}
