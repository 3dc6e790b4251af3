package dev.asyncio4j.sync;

/** There was nothing in a {@link Queue} for {@link Queue#getNowait}. */
public final class QueueEmptyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueueEmptyException(String message) {
        super(message);
    }
}
