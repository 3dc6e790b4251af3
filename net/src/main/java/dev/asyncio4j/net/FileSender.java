package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.spi.ByteTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Sends files over one connection, one at a time (TR-17).
 *
 * <p><b>Threads.</b> Loop thread only, in a task.
 */
final class FileSender {
    private static final int PIECE_BYTES = 64 * 1024;

    private boolean sending;

    /** Where a sender waits until more may be written. */
    interface Room {

        void await() throws IOException;
    }

    /** Refuses what would get into the middle of a file (TR-4). */
    void requireIdle() {
        if (sending) {
            throw new IllegalStateException("a file is being sent on this connection: wait until it has been");
        }
    }

    long send(EventLoop loop, ByteTransport carrier, Room room, FileChannel file, SendfileOptions options)
            throws IOException {
        requireIdle();
        if (carrier.isClosing()) {
            throw new IllegalStateException("the connection is closing");
        }
        var count = Math.max(0, Math.min(options.count(), file.size() - options.offset()));
        if (count == 0) {
            file.position(options.offset());
            return 0;
        }
        sending = true;
        try {
            return sendPart(loop, carrier, room, file, options, count);
        } finally {
            sending = false;
        }
    }

    private static long sendPart(
            EventLoop loop, ByteTransport carrier, Room room, FileChannel file, SendfileOptions options, long count)
            throws IOException {
        var sending = carrier.sendFile(file, options.offset(), count);
        if (sending == null) {
            if (!options.fallback()) {
                throw new SendfileNotAvailableException("the system cannot send files over " + carrier);
            }
            return copy(loop, carrier, room, file, options.offset(), count);
        }
        try {
            sending.done().await(IOException.class);
        } catch (IOException broken) {
            throw lost(broken);
        } finally {
            sending.stop();
            file.position(options.offset() + sending.sent());
        }
        return sending.sent();
    }

    private static IOException lost(IOException broken) {
        var reset = new ConnectionResetException("the connection or the file broke before all of it was sent");
        reset.initCause(broken);
        return reset;
    }

    /** Reads on the default executor, and writes. */
    private static long copy(
            EventLoop loop, ByteTransport carrier, Room room, FileChannel file, long offset, long count)
            throws IOException {
        var sent = 0L;
        try {
            while (sent < count) {
                var piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, count - sent));
                var position = offset + sent;
                var read = loop.runInExecutor(null, () -> file.read(piece, position))
                        .await(IOException.class);
                if (read < 0) {
                    return sent; // it has been cut off meanwhile
                }
                if (carrier.isClosing()) {
                    throw new ConnectionResetException("the connection was closed before all of the file was sent");
                }
                carrier.write(piece.array(), 0, read);
                sent += read;
                room.await();
            }
            return sent;
        } finally {
            file.position(offset + sent);
        }
    }
}
