package dev.asyncio4j.net;

import dev.asyncio4j.net.spi.ByteTransport;

/**
 * An array that a waiting writer lends to its connection, which takes it piece by piece.
 *
 * <p><b>Threads.</b> Loop thread only, the raw thread included.
 */
final class LentBytes {
    /*
     * A piece is sent, received and used while it is still in the cache of the processor; a large array that is taken at
     * once passes through the memory at each of these steps.
     */

    /** As much as is written at once: more than the usual high-water mark, so that each piece waits for the one before. */
    static final int PIECE_BYTES = 128 * 1024;

    private final byte[] bytes;
    private int taken;

    LentBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Counts the bytes that have not been taken. */
    int left() {
        return bytes.length - taken;
    }

    /** Takes the next piece. */
    void takePiece(ByteTransport transport) {
        take(transport, Math.min(PIECE_BYTES, left()));
    }

    /** Takes what is left: from now on the array may be changed. */
    void takeAll(ByteTransport transport) {
        take(transport, left());
    }

    private void take(ByteTransport transport, int count) {
        var from = taken;
        taken += count;
        transport.write(bytes, from, count);
    }

    /** Gives back what is left, unsent. */
    void forget() {
        taken = bytes.length;
    }
}
