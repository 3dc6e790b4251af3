package dev.asyncio4j.net;

import dev.asyncio4j.net.internal.SocketErrors;
import java.io.IOException;

/** Gives what broke a connection to those who use it, to each of them anew. */
final class StreamFailures {

    private StreamFailures() {}

    /** Translates what a transport reports. */
    static Throwable translate(Throwable cause) {
        if (!SocketErrors.isReset(cause)) {
            return cause;
        }
        var reset = new ConnectionResetException("the peer reset the connection");
        reset.initCause(cause);
        return reset;
    }

    /**
     * Makes a fresh exception of a stored one: the same instance thrown in two places garbles both stack traces, and cannot
     * be suppressed by itself.
     *
     * @return an exception with the stored one as its cause
     * @throws RuntimeException the stored one itself, if it is unchecked
     */
    static IOException again(Throwable stored) {
        if (stored instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (stored instanceof Error error) {
            throw error;
        }
        var message = String.valueOf(stored.getMessage());
        if (stored instanceof ConnectionResetException) {
            var again = new ConnectionResetException(message);
            again.initCause(stored);
            return again;
        }
        return new IOException(message, stored);
    }
}
