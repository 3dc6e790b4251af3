package dev.asyncio4j;

/**
 * A body of code that runs inside a task and may suspend: an ordinary lambda or method.
 *
 * <p>Whatever it calls may suspend too, at any depth; nothing has to be marked.
 *
 * @param <T> what it returns
 * @param <X> what it may throw besides unchecked exceptions
 */
@FunctionalInterface
public interface Coroutine<T extends @org.jspecify.annotations.Nullable Object, X extends Throwable> {

    /**
     * Runs the body.
     *
     * @return the result
     * @throws X if it fails
     */
    T run() throws X;
}
