package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/**
 * How something ended: with a value, with a failure, or cancelled.
 *
 * @param <T> the type of the value
 */
public sealed interface Outcome<T extends @Nullable Object> {

    /**
     * It returned.
     *
     * @param <T> the type of the value
     * @param value what it returned
     */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /**
     * It threw.
     *
     * @param <T> the type of the value there might have been
     * @param exception what it threw
     */
    record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {}

    /**
     * It was cancelled.
     *
     * @param <T> the type of the value there might have been
     * @param error the cancellation
     */
    record Cancelled<T extends @Nullable Object>(CancelledError error) implements Outcome<T> {}

    /**
     * Returns the value or throws what was thrown.
     *
     * @return the value
     */
    default T get() {
        return switch (this) {
            case Success<T>(T value) -> value;
            case Failure<T>(Throwable exception) -> throw Sneaky.sneak(exception);
            case Cancelled<T>(CancelledError error) -> throw error;
        };
    }
}
