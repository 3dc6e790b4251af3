package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/** Tells how futures ended. */
final class Outcomes {

    private Outcomes() {}

    /** How a future that is done ended; counts as looked at. */
    static <T extends @Nullable Object> Outcome<T> of(Future<? extends T> done) {
        if (done.cancelled()) {
            return new Outcome.Cancelled<>(done.cancellationToThrow());
        }
        Throwable exception = done.exception();
        return exception == null ? new Outcome.Success<>(done.result()) : new Outcome.Failure<>(exception);
    }
}
