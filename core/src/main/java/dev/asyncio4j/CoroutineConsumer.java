package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/**
 * A coroutine that is given an argument and returns nothing, for {@link Asyncio#forEachConcurrent}.
 *
 * @param <A> what it is given
 */
@FunctionalInterface
public interface CoroutineConsumer<A extends @Nullable Object> {

    /**
     * Runs the body; may suspend.
     *
     * @param argument what it works on
     * @throws Throwable anything; it ends up in an {@link ExceptionGroup}
     */
    void accept(A argument) throws Throwable;
}
