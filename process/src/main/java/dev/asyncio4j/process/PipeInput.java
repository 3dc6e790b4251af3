package dev.asyncio4j.process;

import java.io.IOException;
import java.io.InputStream;

/**
 * The reading end of a {@link SystemPipe}, whose {@link #close} ends a read that is under way.
 *
 * <p><b>Threads.</b> One reads, any closes; not the loop's, since both may block.
 */
final class PipeInput extends InputStream {

    private final SystemPipe pipe;

    // Guarded by this:
    private boolean reading;
    private boolean closed;

    PipeInput(SystemPipe pipe) {
        this.pipe = pipe;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!begin()) {
            return -1;
        }
        int count = -1;
        try {
            count = pipe.in().read(into, offset, length);
        } finally {
            if (!end()) {
                pipe.close();
                count = -1;
            }
        }
        return count;
    }

    private synchronized boolean begin() {
        reading = !closed;
        return reading;
    }

    /** Returns false if it was closed meanwhile. */
    private synchronized boolean end() {
        reading = false;
        return !closed;
    }

    @Override
    public void close() throws IOException {
        if (closeNow()) {
            pipe.wakeReader(); // who closes it then
        } else {
            pipe.close();
        }
    }

    /** Returns true if somebody reads. */
    private synchronized boolean closeNow() {
        closed = true;
        return reading;
    }
}
