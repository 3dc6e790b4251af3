package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/** What a {@link Timeout} throws when its time was over before its body. */
public final class TimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message which time was over
     */
    public TimeoutException(String message) {
        super(message);
    }

    /**
     * Makes an exception.
     *
     * @param message which time was over
     * @param cause the cancellation that ended the body, or null
     */
    public TimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
