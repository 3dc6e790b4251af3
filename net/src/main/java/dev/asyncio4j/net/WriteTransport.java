package dev.asyncio4j.net;

/**
 * The sending side of a transport.
 *
 * <p><b>Threads.</b> Loop thread only. No method suspends.
 */
public interface WriteTransport extends BaseTransport {

    /**
     * Takes bytes to send, after those taken before. They are copied and leave when the loop's current batch ends (TR-5).
     *
     * <p><b>States.</b> Dropped when closing or lost.
     *
     * <p><b>Errors.</b> None for a broken connection: the protocol hears of that.
     *
     * @param bytes what to send
     * @throws IllegalStateException after {@link #writeEof}, or while a file is sent (TR-4)
     */
    void write(byte[] bytes);

    /**
     * Takes several pieces to send, one after the other, with nothing in between (TR-6).
     *
     * @param pieces what to send; they need not be lines
     * @throws IllegalStateException after {@link #writeEof}
     */
    void writeLines(Iterable<byte[]> pieces);

    /** Tells the peer that no more will come, once all is sent; receiving may go on. No effect when closing (TR-13). */
    void writeEof();

    /**
     * Tells whether {@link #writeEof} can be used.
     *
     * @return true for a plain connection
     */
    boolean canWriteEof();

    /**
     * Sets the marks between which {@link BaseProtocol#pauseWriting} and {@link BaseProtocol#resumeWriting} are called
     * (TR-7).
     *
     * @param high unsent bytes above which it pauses; 64 KiB at first
     * @param low unsent bytes at or below which it resumes; 16 KiB at first
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    void setWriteBufferLimits(int high, int low);

    /**
     * Sets the high mark, and the low mark to a quarter of it (TR-7).
     *
     * @param high unsent bytes above which writing pauses
     * @throws IllegalArgumentException if it is negative
     */
    default void setWriteBufferLimits(int high) {
        setWriteBufferLimits(high, high / 4);
    }

    /**
     * Returns the marks.
     *
     * @return both
     */
    WriteBufferLimits getWriteBufferLimits();

    /**
     * Counts what the system has not taken yet.
     *
     * @return bytes
     */
    long getWriteBufferSize();

    /**
     * The marks of flow control, in bytes.
     *
     * @param low at or below which writing resumes
     * @param high above which it pauses
     */
    record WriteBufferLimits(int low, int high) {}
}
