package dev.asyncio4j.sync;

import org.jspecify.annotations.Nullable;

/**
 * A lock or a permit that was acquired, to be given back by try-with-resources.
 *
 * {@snippet class="dev.asyncio4j.snippets.SyncTest" region="lock"}
 *
 * <p><b>States.</b> Held, until the first {@link #close}. To give back early, close it early.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
public final class Hold implements AutoCloseable {

    private @Nullable Releasable held;

    Hold(Releasable held) {
        this.held = held;
    }

    /**
     * Gives back what is held. Never suspends; does nothing the second time.
     *
     * @throws IllegalStateException if it has been given back by a call of {@code release()} meanwhile
     */
    @Override
    public void close() {
        Releasable giving = held;
        if (giving != null) {
            held = null;
            giving.release();
        }
    }
}
