package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/**
 * A file on its way into a non-blocking channel.
 *
 * <p><b>Threads.</b> Loop thread only, in a task, except where said.
 */
final class FileTransfer {

    /** So that a cancel does not wait for long. */
    private static final long MOST_AT_ONCE_BYTES = 8 * 1024 * 1024;

    private final FileChannel file;
    private final WritableByteChannel channel;
    private final SendfileOptions options;

    private long sent;

    FileTransfer(FileChannel file, WritableByteChannel channel, SendfileOptions options) {
        this.file = file;
        this.channel = channel;
        this.options = options;
    }

    long sent() {
        return sent;
    }

    /** What one attempt came to. */
    private record Step(long bytes, boolean atEnd) {}

    /**
     * Sends until the channel is full. Suspends. Cancelled, it waits for what is under way, and counts it.
     *
     * @return false if nothing is left to send
     */
    boolean sendSome(EventLoop loop) throws IOException {
        while (sent < options.count()) {
            var step = next(loop);
            sent += step.bytes;
            if (step.atEnd) {
                return false;
            }
            if (step.bytes == 0) {
                return true;
            }
        }
        return false;
    }

    private Step next(EventLoop loop) throws IOException {
        var position = options.offset() + sent;
        var most = Math.min(options.count() - sent, MOST_AT_ONCE_BYTES);
        var moving = loop.runInExecutor(null, () -> move(position, most));
        if (Asyncio.awaitEnd(moving, () -> {})) {
            if (!moving.cancelled() && moving.exception() == null) {
                sent += moving.result().bytes;
            }
            Asyncio.sleep(Duration.ZERO); // throws the cancellation
        }
        return moving.await(IOException.class);
    }

    /** On another thread. */
    private Step move(long position, long most) throws IOException {
        var moved = file.transferTo(position, most, channel);
        return new Step(moved, moved == 0 && position >= file.size());
    }
}
