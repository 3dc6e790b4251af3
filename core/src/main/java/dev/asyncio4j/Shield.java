package dev.asyncio4j;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A future that follows another but does not pass a cancellation on (SH-1, SH-2). */
final class Shield<T extends @Nullable Object> extends ReadyEntry {

    private final Future<T> inner;
    private final Future<T> outer;

    private Shield(Future<T> inner, Future<T> outer) {
        this.inner = inner;
        this.outer = outer;
    }

    static <T extends @Nullable Object> Future<T> of(BaseEventLoop loop, Awaitable<T> awaitable) {
        Future<T> inner = loop.ensureFuture(awaitable);
        if (inner.done()) {
            return inner;
        }
        Future<T> outer = new Future<>(loop, "the shielded " + inner.describe()) {
            @Override
            public Set<Future<?>> dependencies() {
                return inner.done() ? Set.of() : Set.of(inner);
            }
        };
        inner.whenDone(new Shield<>(inner, outer));
        return outer;
    }

    @Override
    void runReady() {
        if (!outer.done()) {
            inner.copyTo(outer);
        } else if (outer.cancelled() && !inner.cancelled()) {
            reportLateFailure();
        }
    }

    private void reportLateFailure() {
        Throwable exception = inner.exception();
        if (exception != null) {
            inner.loop.callExceptionHandler(
                    ExceptionContext.of("a shielded future failed after its waiter was cancelled")
                            .with(ExceptionContext.EXCEPTION, exception)
                            .with(ExceptionContext.FUTURE, inner));
        }
    }
}
