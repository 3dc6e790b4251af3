package dev.asyncio4j.net;

import java.io.EOFException;
import java.util.OptionalInt;

/**
 * A stream ended before all of what was asked for had come. asyncio's {@code IncompleteReadError}.
 *
 * <p>What did come has been taken out of the stream and is here.
 */
public class IncompleteReadException extends EOFException {
    private static final long serialVersionUID = 1;

    /** Stands for a read whose length was not known beforehand. */
    private static final int UNKNOWN = -1;

    /** What came before the stream ended. */
    private final byte[] partial;

    /** How many bytes were asked for, or {@link #UNKNOWN}. */
    private final int expected;

    IncompleteReadException(byte[] partial) {
        super("the stream ended after " + partial.length + " bytes, before the separator");
        this.partial = partial;
        this.expected = UNKNOWN;
    }

    IncompleteReadException(byte[] partial, int expected) {
        super("the stream ended after " + partial.length + " of " + expected + " bytes");
        this.partial = partial;
        this.expected = expected;
    }

    /**
     * Returns what came before the end.
     *
     * @return the bytes, possibly none
     */
    public byte[] partial() {
        return partial.clone();
    }

    /**
     * Returns how much was asked for.
     *
     * @return the number of bytes; empty if a separator was looked for
     */
    public OptionalInt expected() {
        return expected == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(expected);
    }
}
