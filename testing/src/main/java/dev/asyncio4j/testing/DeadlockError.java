package dev.asyncio4j.testing;

/**
 * Tells that a program can never go on: nothing can run, no timer is set, and nothing is under way outside.
 *
 * <p>The message is a table of who waits for what and where, and names the tasks that wait for each other in a circle.
 */
public final class DeadlockError extends AssertionError {

    private static final long serialVersionUID = 1L;

    DeadlockError(String message) {
        super(message);
    }
}
