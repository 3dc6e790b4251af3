package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/**
 * Requests to cancel a task that have not been delivered: those made from within one scope, and then those from within
 * others.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
final class PendingCancel {

    /** The scope from within which they were made, or null: shields inside it hold them back. */
    final @Nullable CancelScope origin;

    /** The message of the first of them (CAN-8). */
    final @Nullable String message;

    @Nullable
    PendingCancel next;

    private int count = 1;

    private PendingCancel(@Nullable CancelScope origin, @Nullable String message) {
        this.origin = origin;
        this.message = message;
    }

    /** Adds a request at the end of a chain. */
    static PendingCancel add(@Nullable PendingCancel chain, @Nullable CancelScope origin, @Nullable String message) {
        if (chain == null) {
            return new PendingCancel(origin, message);
        }
        PendingCancel link = chain;
        while (link.origin != origin && link.next != null) {
            link = link.next;
        }
        if (link.origin == origin) {
            link.count++;
        } else {
            link.next = new PendingCancel(origin, message);
        }
        return chain;
    }

    int count() {
        return count;
    }
}
