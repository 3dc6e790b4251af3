package dev.asyncio4j.sync;

/** A {@link Barrier} was aborted or reset while, or before, a task waited at it. */
public final class BrokenBarrierException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenBarrierException(String message) {
        super(message);
    }
}
