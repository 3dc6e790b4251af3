package dev.asyncio4j;

import java.util.concurrent.locks.ReentrantLock;

/** A handle that any thread may cancel (LOOP-13). */
final class ThreadsafeHandle extends Handle {

    /** Held while the callback runs. Only ever taken on a fiber or on a foreign thread, never on the loop's bare thread. */
    private final ReentrantLock running = new ReentrantLock();

    private volatile boolean cancelled;

    ThreadsafeHandle(BaseEventLoop loop, Runnable callback, Context context) {
        super(loop, callback, context);
    }

    /** Waits for a call that is under way, unless it is that very call that cancels. */
    @Override
    public void cancel() {
        cancelled = true;
        awaitCall();
    }

    @SuppressWarnings(
            "LockNotBeforeTry") // nothing is done under the lock: to get it is to know that no call is under way
    private void awaitCall() {
        running.lock();
        running.unlock();
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    void invoke() {
        running.lock();
        try {
            if (!cancelled) {
                super.invoke();
            }
        } finally {
            running.unlock();
        }
    }
}
