package dev.asyncio4j.net;

import java.net.SocketException;

/** The peer, or the network, ended a connection that was still in use. asyncio's {@code ConnectionResetError}. */
public class ConnectionResetException extends SocketException {
    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param message what happened
     */
    public ConnectionResetException(String message) {
        super(message);
    }
}
