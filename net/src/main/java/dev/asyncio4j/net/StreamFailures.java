package dev.asyncio4j.net;

import dev.asyncio4j.net.internal.SocketErrors;
import dev.asyncio4j.net.internal.TlsFailure;
import java.io.IOException;

/** Gives what broke a connection to those who use it, to each of them anew. */
final class StreamFailures {

    private StreamFailures() {}

    /** Translates what a transport reports. */
    static Throwable translate(Throwable cause) {
        if (cause instanceof TlsFailure failure) {
            return translate(failure);
        }
        if (!SocketErrors.isReset(cause)) {
            return cause;
        }
        var reset = new ConnectionResetException("the peer reset the connection");
        reset.initCause(cause);
        return reset;
    }

    private static IOException translate(TlsFailure failure) {
        var message = String.valueOf(failure.getMessage());
        var translated = switch (failure.kind()) {
            case REFUSED -> new TlsException(message);
            case TIMED_OUT -> new ConnectionAbortedException(message);
            case RESET -> new ConnectionResetException(message);
        };
        translated.initCause(failure.getCause());
        return translated;
    }

    /** Makes what a caller gets of what made a handshake fail. */
    static IOException handshake(TlsFailure failure) {
        return translate(failure);
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
        if (stored instanceof TlsException) {
            var again = new TlsException(message);
            again.initCause(stored);
            return again;
        }
        return new IOException(message, stored);
    }
}
