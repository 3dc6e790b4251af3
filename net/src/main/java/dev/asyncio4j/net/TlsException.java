package dev.asyncio4j.net;

import javax.net.ssl.SSLException;

/** One side of a TLS connection refused the other, or what it was to present or trust cannot be used: asyncio's {@code SSLError}. */
public class TlsException extends SSLException {
    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param message what happened, with whom, and why
     */
    public TlsException(String message) {
        super(message);
    }
}
