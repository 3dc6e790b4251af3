package dev.asyncio4j.interop;

import dev.asyncio4j.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Waits for a future that only knows how to block, on a virtual thread. */
final class BlockingFollower {

    private BlockingFollower() {}

    @SuppressWarnings("unchecked") // a future that is a stage is one of the same value
    static <T extends @Nullable Object> Future<T> of(java.util.concurrent.Future<? extends T> blocking) {
        if (blocking instanceof CompletionStage<?> stage) {
            return StageFollower.of((CompletionStage<? extends T>) stage);
        }
        var outcome = new CompletableFuture<T>();
        if (blocking.isDone()) {
            relay(blocking, outcome);
            return StageFollower.of(outcome);
        }
        Thread.ofVirtual().name("asyncio4j-wrapFuture").start(() -> relay(blocking, outcome));
        Future<T> future = StageFollower.of(outcome);
        future.addDoneCallback(done -> {
            if (done.cancelled()) {
                blocking.cancel(true);
            }
        });
        return future;
    }

    private static <T extends @Nullable Object> void relay(
            java.util.concurrent.Future<? extends T> blocking, CompletableFuture<T> outcome) {
        try {
            outcome.complete(blocking.get());
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }
}
