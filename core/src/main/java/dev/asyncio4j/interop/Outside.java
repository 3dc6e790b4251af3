package dev.asyncio4j.interop;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.EventLoop;

/** The running loop, as those see it who wait for something outside it. */
final class Outside {

    private Outside() {}

    static BaseEventLoop loop() {
        return (BaseEventLoop) Asyncio.getRunningLoop();
    }

    /** Hands something over to a loop, from any thread; one that has been closed, or is meanwhile, has no use for it. */
    static void handOver(EventLoop loop, Runnable action) {
        try {
            loop.callSoonThreadsafe(action);
        } catch (IllegalStateException e) {
            if (!loop.isClosed()) {
                throw e;
            }
        }
    }

    /**
     * Declares a wait for something that another thread may do: a virtual clock must not pass it over.
     *
     * @param what what is waited for
     * @param within whether it is known to happen on the loop itself; then there is nothing to declare
     */
    static Wait expect(BaseEventLoop loop, String what, boolean within) {
        return within ? () -> {} : loop.expectFromOutside(what)::close;
    }

    /** A wait that has been declared. */
    interface Wait extends AutoCloseable {
        @Override
        void close();
    }
}
