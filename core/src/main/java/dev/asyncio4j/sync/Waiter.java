package dev.asyncio4j.sync;

import dev.asyncio4j.Future;
import org.jspecify.annotations.Nullable;

/**
 * One task that waits in a {@link WaitList}.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
final class Waiter {

    private final Future<@Nullable Void> turn;

    /** Neighbours, while this is listed. */
    @Nullable
    Waiter previous;

    @Nullable
    Waiter next;

    boolean listed;

    Waiter(Future<@Nullable Void> turn) {
        this.turn = turn;
    }

    /** Suspends the calling task, whose place this is, until it is woken. */
    void await() {
        turn.await();
    }

    /** Has the task go on in the next batch; to be called while {@link #isPending}. */
    void wake() {
        turn.setResult(null);
    }

    /** Neither woken nor cancelled yet. */
    boolean isPending() {
        return !turn.done();
    }

    /** Cancelled before it was woken. A task that is cancelled after that stays woken: it has something to pass on. */
    boolean isCancelled() {
        return turn.cancelled();
    }

    /** Woken, whatever has become of its task since. */
    boolean isWoken() {
        return turn.done() && !turn.cancelled();
    }
}
