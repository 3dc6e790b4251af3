package dev.asyncio4j.sync;

/** A {@link Channel} was closed: nothing can be sent, and nothing is left to receive. */
public final class ChannelClosedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChannelClosedException(String message) {
        super(message);
    }
}
