package dev.asyncio4j.process;

import java.io.IOException;

/** The process reads no more: it has closed its standard input, or has ended. asyncio's {@code BrokenPipeError}. */
public class BrokenPipeException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param message what happened
     */
    public BrokenPipeException(String message) {
        super(message);
    }
}
