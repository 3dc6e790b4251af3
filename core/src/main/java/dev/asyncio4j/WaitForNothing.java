package dev.asyncio4j;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is left of waitFor when no time is given: take what is done, cancel what is not (WF-2). */
final class WaitForNothing {

    private WaitForNothing() {}

    static <T extends @Nullable Object> T await(BaseEventLoop loop, Awaitable<T> awaitable, Duration limit) {
        Future<T> future = loop.ensureFuture(awaitable);
        if (future.done()) {
            return future.result();
        }
        cancelAndAwaitEnd(loop, future);
        if (future.cancelled()) {
            throw new TimeoutException("no time was given: the limit was " + limit, future.cancellationToThrow());
        }
        return future.result();
    }

    /** Waits for the end on a future of our own, so that a cancellation of the caller is told from that of the other. */
    private static void cancelAndAwaitEnd(BaseEventLoop loop, Future<?> future) {
        Future<Boolean> ended = loop.createFuture("the end of " + future.describe());
        future.whenDone(new ReadyEntry() {
            @Override
            void runReady() {
                if (!ended.done()) {
                    ended.setResult(true);
                }
            }
        });
        future.cancel();
        ended.await();
    }
}
