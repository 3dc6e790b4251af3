package dev.asyncio4j.interop;

import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Ends one of our futures as a completion stage does. */
final class StageFollower<T extends @Nullable Object> implements BiConsumer<@Nullable T, @Nullable Throwable> {

    private final BaseEventLoop loop;
    private final Future<T> future;

    /** The thread that registers this with the stage: what it is told while it does so it can settle at once. */
    private final Thread registrant = Thread.currentThread();

    /** Written by the registrant; another thread that reads it compares threads as well. */
    private boolean registering;

    private StageFollower(BaseEventLoop loop, Set<Future<?>> behind) {
        this.loop = loop;
        this.future = loop.createFuture("a completion stage", () -> behind);
    }

    static <T extends @Nullable Object> Future<T> of(CompletionStage<? extends T> stage) {
        BaseEventLoop loop = Outside.loop();
        Set<Future<?>> behind = behind(stage, loop);
        var follower = new StageFollower<T>(loop, behind);
        follower.follow(stage, !behind.isEmpty());
        return follower.future;
    }

    /** The future of the same loop that the stage is a view of, if it is one. */
    private static Set<Future<?>> behind(CompletionStage<?> stage, BaseEventLoop loop) {
        return stage instanceof FollowingFuture<?> view && view.followed().loop() == loop
                ? Set.of(view.followed())
                : Set.of();
    }

    private void follow(CompletionStage<? extends T> stage, boolean endsWithin) {
        registering = true;
        stage.whenComplete(this);
        registering = false;
        if (!future.done()) {
            Outside.Wait wait = Outside.expect(loop, "the end of a completion stage", endsWithin);
            future.addDoneCallback(done -> {
                wait.close();
                if (done.cancelled()) {
                    cancel(stage);
                }
            });
        }
    }

    private static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            // A stage that only tells how it ends: there is nothing to cancel.
        }
    }

    /** Any thread. */
    @Override
    public void accept(@Nullable T value, @Nullable Throwable thrown) {
        if (Thread.currentThread() == registrant && registering) {
            settle(value, thrown);
        } else {
            Outside.handOver(loop, () -> settle(value, thrown));
        }
    }

    @SuppressWarnings("NullAway") // the value may be null where T may
    private void settle(@Nullable T value, @Nullable Throwable thrown) {
        if (future.done()) {
            return;
        }
        Throwable failure = unwrap(thrown);
        if (failure == null) {
            future.setResult(value);
        } else if (failure instanceof CancellationException || failure instanceof CancelledError) {
            future.cancel(failure.getMessage());
        } else {
            future.setException(failure);
        }
    }

    private static @Nullable Throwable unwrap(@Nullable Throwable thrown) {
        Throwable inner = thrown;
        while (inner != null && inner.getCause() != null && isWrapper(inner)) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof CompletionException || thrown instanceof ExecutionException;
    }
}
