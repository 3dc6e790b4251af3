package dev.asyncio4j;

/** What a future failed with, and whether anyone has looked. It outlives the future, to be reported if nobody has. */
final class Failure {

    private final Throwable exception;

    /** Someone has looked, or has declared not to care (FUT-7). */
    private boolean retrieved;

    /** The original has been thrown: whoever comes later gets a copy (FUT-9). */
    private boolean thrown;

    Failure(Throwable exception) {
        this.exception = exception;
    }

    Throwable exception() {
        return exception;
    }

    Throwable retrieve() {
        retrieved = true;
        return exception;
    }

    Throwable retrieveToThrow() {
        retrieved = true;
        if (thrown) {
            return ExceptionCopy.of(exception);
        }
        thrown = true;
        return exception;
    }

    void markRetrieved() {
        retrieved = true;
    }

    boolean isRetrieved() {
        return retrieved;
    }
}
