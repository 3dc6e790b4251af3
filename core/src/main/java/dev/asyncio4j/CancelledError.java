package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/**
 * Thrown inside a task that is being cancelled, and by whoever looks at the result of something cancelled.
 *
 * <p>It is an {@link Error} so that {@code catch (Exception e)} does not swallow it by accident. Cleanup belongs into
 * {@code finally} or try-with-resources; code that catches it should throw it again, unless it knows who cancelled.
 */
public final class CancelledError extends Error {

    private static final long serialVersionUID = 1L;

    /** Makes an error without a message. */
    public CancelledError() {}

    /**
     * Makes an error with the message that was given to {@link Task#cancel(String)}.
     *
     * @param message why, or null
     */
    public CancelledError(@Nullable String message) {
        super(message);
    }

    /**
     * Makes an error for a cancellation that showed itself as another exception, such as an interrupt.
     *
     * @param message why, or null
     * @param cause what was thrown where the cancellation arrived
     */
    public CancelledError(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
