package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/**
 * A coroutine that is given an argument, for {@link Asyncio#mapConcurrent}.
 *
 * @param <A> what it is given
 * @param <R> what it returns
 */
@FunctionalInterface
public interface CoroutineFunction<A extends @Nullable Object, R extends @Nullable Object> {

    /**
     * Runs the body; may suspend.
     *
     * @param argument what it works on
     * @return the result
     * @throws Throwable anything; it ends up in an {@link ExceptionGroup}
     */
    R apply(A argument) throws Throwable;
}
