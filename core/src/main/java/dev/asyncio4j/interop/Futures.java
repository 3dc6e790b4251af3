package dev.asyncio4j.interop;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Futures of asyncio4j as futures of the JDK, and the other way round.
 *
 * {@snippet class="dev.asyncio4j.snippets.InteropTest" region="await-stage"}
 *
 * <p>A loop with a virtual clock waits in real time for what other threads complete. Its time stands still meanwhile: a
 * stage that a timer of the loop itself completes is better a future of the loop.
 *
 * <p><b>Threads.</b> Everything here is called on a loop's thread; completions may come from any.
 */
public final class Futures {

    private Futures() {}

    /**
     * Returns a completable future that ends as a future or task of the running loop does.
     *
     * <p><b>Cancellation.</b> Goes both ways: cancelling what is returned cancels the future, from any thread, and if the
     * future is cancelled, what is returned is. Completing what is returned in another way changes nothing here.
     *
     * <p><b>Threads.</b> Dependent actions without an executor run on the loop's thread, as a callback.
     *
     * <p><b>Errors.</b> If the loop is closed first, what is returned fails with an {@link IllegalStateException}.
     *
     * @param <T> the type of the value
     * @param future what to follow; a failure of it counts as looked at
     * @return a future for code that does not know of event loops
     * @throws IllegalStateException if the future's loop is not the running one
     */
    public static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(Future<T> future) {
        return FollowingFuture.of(future);
    }

    /**
     * Returns a future of the running loop that ends as a completion stage does.
     *
     * <p><b>Cancellation.</b> Goes both ways: cancelling what is returned cancels the stage, as far as its
     * {@link CompletionStage#toCompletableFuture} can, and a stage that ends with a
     * {@link java.util.concurrent.CancellationException} cancels what is returned.
     *
     * <p><b>Errors.</b> The future fails with what the stage failed with, without the
     * {@link java.util.concurrent.CompletionException} around it.
     *
     * @param <T> the type of the value
     * @param stage what to follow
     * @return a future; done already if the stage is
     * @throws IllegalStateException if no loop is running here
     */
    public static <T extends @Nullable Object> Future<T> fromCompletionStage(CompletionStage<? extends T> stage) {
        return StageFollower.of(stage);
    }

    /**
     * Waits for a completion stage. Suspends the calling task, unless the stage is done.
     *
     * <p><b>Cancellation.</b> Cancelling the waiting task cancels the stage.
     *
     * @param <T> the type of the value
     * @param stage what to wait for
     * @return the value; what the stage failed with is thrown as it is, checked exceptions too
     * @throws dev.asyncio4j.CancelledError if the stage, or the waiting task, was cancelled
     */
    public static <T extends @Nullable Object> T await(CompletionStage<? extends T> stage) {
        return Futures.<T>fromCompletionStage(stage).await();
    }

    /**
     * Waits for a completion stage and declares a checked exception that it may fail with.
     *
     * @param <T> the type of the value
     * @param <X> the exception
     * @param stage what to wait for
     * @param declared the exception's class; it is for the compiler alone
     * @return the value
     * @throws X if the stage failed with it; other failures are thrown as they are
     */
    public static <T extends @Nullable Object, X extends Throwable> T await(
            CompletionStage<? extends T> stage, Class<X> declared) throws X {
        return Futures.<T>fromCompletionStage(stage).await(declared);
    }

    /**
     * Returns a future of the running loop that ends as a future of an executor does.
     *
     * <p>A future that only knows how to block costs a virtual thread of its own, which blocks until it is done; a
     * {@link CompletableFuture} costs none.
     *
     * <p><b>Cancellation.</b> Goes both ways; the executor's thread is interrupted.
     *
     * @param <T> the type of the value
     * @param future what to follow
     * @return a future; done already if that is
     * @throws IllegalStateException if no loop is running here
     */
    public static <T extends @Nullable Object> Future<T> wrapFuture(java.util.concurrent.Future<? extends T> future) {
        Asyncio.getRunningLoop();
        return BlockingFollower.of(future);
    }
}
