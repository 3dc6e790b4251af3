package dev.asyncio4j;

/** A future was asked for what its state does not allow: a result it has not got, or a second one. */
public final class InvalidStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what was asked, and what was found
     */
    public InvalidStateException(String message) {
        super(message);
    }
}
