package dev.asyncio4j.testing;

/** Tells that a program ended and left tasks behind that were neither awaited nor cancelled. */
public final class PendingTasksError extends AssertionError {

    private static final long serialVersionUID = 1L;

    PendingTasksError(String message) {
        super(message);
    }
}
