package dev.asyncio4j.net;

import java.io.Serial;

/** The system cannot send a file over this connection by itself, as over an encrypted one: see {@link SendfileOptions}. */
public final class SendfileNotAvailableException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param message why not
     */
    public SendfileNotAvailableException(String message) {
        super(message);
    }
}
