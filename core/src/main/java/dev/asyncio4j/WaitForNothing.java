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
        Future<Boolean> ended = loop.endOf(future);
        future.cancel();
        ended.await();
        if (future.cancelled()) {
            throw new TimeoutException(
                    "no time was given: the limit was " + Nanos.shown(limit), future.cancellationToThrow());
        }
        return future.result();
    }
}
