package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for something to happen to a connection, such as room to write. Who came first is woken first.
 *
 * <p><b>Threads.</b> The loop's own; only {@link #await} needs a task, and the raw thread may wake.
 */
final class Waiters {
    private final EventLoop loop;
    private final String label;
    private final ArrayDeque<Future<@Nullable Void>> turns = new ArrayDeque<>(0);

    /**
     * Begins with nobody.
     *
     * @param label what is waited for
     */
    Waiters(EventLoop loop, String label) {
        this.loop = loop;
        this.label = label;
    }

    /** Waits to be woken. Suspends. Who is cancelled may have been woken already, and then has to wake another. */
    void await() {
        Future<@Nullable Void> turn = loop.createFuture(label);
        turns.add(turn);
        try {
            turn.await();
        } finally {
            turns.remove(turn);
        }
    }

    void wakeOne() {
        for (var turn : turns) {
            if (!turn.done()) {
                turn.setResult(null);
                return;
            }
        }
    }

    void wakeAll() {
        for (var turn : turns) {
            if (!turn.done()) {
                turn.setResult(null);
            }
        }
    }
}
