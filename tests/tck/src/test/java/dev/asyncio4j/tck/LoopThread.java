package dev.asyncio4j.tck;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.EventLoop;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A loop that runs on a thread of its own: the kit stands outside. */
final class LoopThread implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final EventLoop loop = Asyncio.newEventLoop();
    private final Thread thread = Thread.ofPlatform().name("loop").daemon().start(loop::runForever);

    /** Runs a coroutine there and returns its result here. */
    <T> T call(Coroutine<T, ?> body) {
        try {
            return Asyncio.runCoroutineThreadsafe(body, loop).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("on the loop", e);
        }
    }

    @Override
    public void close() {
        loop.callSoonThreadsafe(loop::stop);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("the loop's end", e);
        }
        loop.close();
    }
}
