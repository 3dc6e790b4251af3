package dev.asyncio4j.sync;

/** There was no place in a {@link Queue} for {@link Queue#putNowait}. */
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueueFullException(String message) {
        super(message);
    }
}
