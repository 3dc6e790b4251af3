package dev.asyncio4j.interop;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A completable future that ends as one of ours does, and passes a cancellation on to it. */
final class FollowingFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Future<T> followed;

    private FollowingFuture(Future<T> followed) {
        this.followed = followed;
    }

    static <T extends @Nullable Object> CompletableFuture<T> of(Future<T> future) {
        if (Asyncio.getRunningLoop() != future.loop()) {
            throw new IllegalStateException(future + " belongs to another event loop than the one that runs here");
        }
        var following = new FollowingFuture<>(future);
        if (future.done()) {
            following.endAs(future);
        } else {
            future.addDoneCallback(following::endAs);
            following.endWithTheLoop(Outside.loop());
        }
        return following;
    }

    /** Whoever waits on another thread must not wait for ever. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is this future that matters
    private void endWithTheLoop(BaseEventLoop loop) {
        Runnable onClose = () ->
                completeExceptionally(new IllegalStateException("the event loop was closed while this was pending"));
        loop.addCloseAction(onClose);
        whenComplete((_, _) -> loop.removeCloseAction(onClose));
    }

    /** What this follows, for who follows this. */
    Future<T> followed() {
        return followed;
    }

    private void endAs(Future<T> done) {
        Throwable failure = failureOf(done);
        if (failure == null) {
            complete(done.result());
        } else if (failure instanceof CancelledError cancellation) {
            completeExceptionally(asCancellation(cancellation));
        } else {
            completeExceptionally(failure);
        }
    }

    private static @Nullable Throwable failureOf(Future<?> done) {
        try {
            return done.exception();
        } catch (CancelledError e) {
            return e;
        }
    }

    private static CancellationException asCancellation(CancelledError error) {
        var exception = new CancellationException(error.getMessage());
        exception.initCause(error);
        return exception;
    }

    /** Cancels what is followed too. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            Outside.handOver(followed.loop(), followed::cancel);
        }
        return cancelled;
    }
}
