package dev.asyncio4j.net;

import java.io.IOException;

/** A stream brought more than its limit without the separator that was looked for. asyncio's {@code LimitOverrunError}. */
public class LimitOverrunException extends IOException {
    private static final long serialVersionUID = 1;

    /** How many bytes at the front are certainly not part of a separator. */
    private final int consumed;

    LimitOverrunException(String message, int consumed) {
        super(message);
        this.consumed = consumed;
    }

    /**
     * Returns how many bytes at the front are certainly not part of a separator.
     *
     * @return the number of bytes
     */
    public int consumed() {
        return consumed;
    }
}
