package dev.asyncio4j.net.internal;

import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Context;

/**
 * The ways between a loop's raw thread, its callbacks and other threads.
 *
 * <p>What can wait for a lock is not done on the raw thread: whoever holds the lock may need that thread to go on.
 */
final class Crossing {
    private final BaseEventLoop loop;
    private final NettyIoDriver driver;
    private final Context context;

    Crossing(BaseEventLoop loop, NettyIoDriver driver, Context context) {
        this.loop = loop;
        this.driver = driver;
        this.context = context;
    }

    BaseEventLoop loop() {
        return loop;
    }

    boolean isLoopClosed() {
        return driver.isClosed();
    }

    /** Has something done in a callback; at once if the loop is closed, when nobody waits for it any more. The loop's thread. */
    void toCallback(Runnable action) {
        if (driver.isClosed()) {
            action.run();
        } else {
            loop.callSoon(action, context);
        }
    }

    /** Has something done on the raw thread when the batch ends. The loop's thread. */
    void toRaw(Runnable action) {
        driver.submit(action);
    }

    /** Has something done on the raw thread, unless the loop is closed. Any thread. */
    void toRawFromOutside(Runnable action) {
        try {
            loop.callSoonThreadsafe(() -> driver.submit(action), context);
        } catch (IllegalStateException closed) {
            // Nobody waits for it any more.
        }
    }
}
