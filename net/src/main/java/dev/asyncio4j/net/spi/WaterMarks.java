package dev.asyncio4j.net.spi;

/**
 * Counts what waits to be sent, and tells when writing is to pause and to go on: for those who make transports (TR-7).
 *
 * <p><b>Threads.</b> The loop's own, coroutines included; no method suspends.
 */
public final class WaterMarks {

    private int high = EngineTransport.DEFAULT_HIGH_WATER;
    private int low = EngineTransport.DEFAULT_HIGH_WATER / 4;
    private long buffered;
    private boolean paused;

    /** Counts from zero, with the marks that hold unless others are set. */
    public WaterMarks() {}

    /**
     * Counts what was written.
     *
     * @param bytes how many
     */
    public void add(long bytes) {
        buffered += bytes;
    }

    /**
     * Takes off what was sent, or dropped.
     *
     * @param bytes how many
     */
    public void remove(long bytes) {
        buffered -= bytes;
    }

    /**
     * Returns the count.
     *
     * @return bytes that wait to be sent
     */
    public long buffered() {
        return buffered;
    }

    /**
     * Changes the marks.
     *
     * @param newHigh the count above which writing pauses
     * @param newLow the count at or below which it goes on
     * @throws IllegalArgumentException unless {@code newHigh >= newLow >= 0}
     */
    public void setLimits(int newHigh, int newLow) {
        if (newLow < 0 || newHigh < newLow) {
            throw new IllegalArgumentException("need high >= low >= 0, not high = " + newHigh + " and low = " + newLow);
        }
        high = newHigh;
        low = newLow;
    }

    /**
     * Returns the mark above which writing pauses.
     *
     * @return bytes
     */
    public int high() {
        return high;
    }

    /**
     * Returns the mark at which writing goes on.
     *
     * @return bytes
     */
    public int low() {
        return low;
    }

    /**
     * Begins a pause if one is due.
     *
     * @return true if writing pauses from now on, and whoever writes is to be told
     */
    public boolean beginPause() {
        boolean begins = !paused && buffered > high;
        paused |= begins;
        return begins;
    }

    /**
     * Ends the pause if that is due.
     *
     * @return true if writing goes on, and whoever writes is to be told
     */
    public boolean endPause() {
        boolean ends = paused && buffered <= low;
        paused &= !ends;
        return ends;
    }
}
