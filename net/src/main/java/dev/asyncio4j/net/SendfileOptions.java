package dev.asyncio4j.net;

/**
 * What to send of a file, and how. Immutable; each method returns changed options.
 *
 * @param offset where to begin in the file, in bytes
 * @param count how many bytes to send at most; the end of the file is the end anyway
 * @param fallback whether to read the file and write it where the system cannot send it by itself
 */
public record SendfileOptions(long offset, long count, boolean fallback) {

    /** All of the file, in whichever way. */
    public static final SendfileOptions DEFAULT = new SendfileOptions(0, Long.MAX_VALUE, true);

    /**
     * Keeps what is handed in.
     *
     * @throws IllegalArgumentException if offset or count is negative
     */
    public SendfileOptions {
        if (offset < 0 || count < 0) {
            throw new IllegalArgumentException("offset and count must not be negative: " + offset + ", " + count);
        }
    }

    /**
     * Changes where to begin.
     *
     * @param bytes the offset in the file
     * @return changed options
     */
    public SendfileOptions withOffset(long bytes) {
        return new SendfileOptions(bytes, count, fallback);
    }

    /**
     * Changes how much to send.
     *
     * @param bytes at most so many
     * @return changed options
     */
    public SendfileOptions withCount(long bytes) {
        return new SendfileOptions(offset, bytes, fallback);
    }

    /**
     * Asks for a {@link SendfileNotAvailableException} where the file would have to pass through this process.
     *
     * @return changed options
     */
    public SendfileOptions withoutFallback() {
        return new SendfileOptions(offset, count, false);
    }
}
