package dev.asyncio4j.sync;

/** A {@link Queue} was shut down: nothing can be put, and nothing is left to get. */
public final class QueueShutDownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueueShutDownException(String message) {
        super(message);
    }
}
