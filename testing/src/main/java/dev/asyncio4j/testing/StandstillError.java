package dev.asyncio4j.testing;

/**
 * Tells that a program used up its real time: it waited too long for something outside, or went on for ever.
 *
 * <p>The message says which limit it was, and where each task is.
 */
public final class StandstillError extends AssertionError {

    private static final long serialVersionUID = 1L;

    StandstillError(String message) {
        super(message);
    }
}
