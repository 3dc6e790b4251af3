package dev.asyncio4j;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown inside a task that is being cancelled, and by whoever looks at the result of something cancelled.
 *
 * <p>It is an {@link Error} so that {@code catch (Exception e)} does not swallow it by accident. Cleanup belongs into
 * {@code finally} or try-with-resources; code that catches it should throw it again, unless it knows who cancelled.
 */
public final class CancelledError extends Error {

    private static final long serialVersionUID = 1L;

    /** Who asked, or null if nobody did, or it is not known. */
    private transient @Nullable CancelRequest request;

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

    /** Says who asked, unless that has been said. */
    CancelledError requestedBy(@Nullable CancelRequest who) {
        if (request == null) {
            request = who;
        }
        return this;
    }

    @Nullable
    CancelRequest request() {
        return request;
    }

    /**
     * Says who asked for the cancellation.
     *
     * @return a task or what else asked, and where, or empty if that is not known
     */
    public Optional<String> requester() {
        return Optional.ofNullable(request).map(CancelRequest::toString);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is the user's own, as given to cancel()
    public String toString() {
        return super.toString()
                + requester().map(who -> " [cancelled by " + who + "]").orElse("");
    }
}
