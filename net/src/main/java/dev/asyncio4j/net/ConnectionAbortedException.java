package dev.asyncio4j.net;

import java.net.SocketException;

/** This end gave a connection up, because it took too long. asyncio's {@code ConnectionAbortedError}. */
public class ConnectionAbortedException extends SocketException {
    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param message what happened
     */
    public ConnectionAbortedException(String message) {
        super(message);
    }
}
