package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/** The loop that a thread has been given while none runs on it (LOOP-16). */
final class CurrentLoop {

    private static final ThreadLocal<EventLoop> OF_THREAD = new ThreadLocal<>();

    private CurrentLoop() {}

    static void set(@Nullable EventLoop loop) {
        if (loop == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(loop);
        }
    }

    static EventLoop get() {
        EventLoop running = BaseEventLoop.currentOrNull();
        EventLoop found = running != null ? running : OF_THREAD.get();
        if (found == null) {
            throw new IllegalStateException("no event loop runs on " + Thread.currentThread()
                    + " and none was set for it; use Asyncio.run, or setEventLoop(newEventLoop())");
        }
        return found;
    }
}
