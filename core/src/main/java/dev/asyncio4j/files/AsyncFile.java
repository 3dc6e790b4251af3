package dev.asyncio4j.files;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * An open file that is read and written in any place. Made by {@link AsyncFiles#open}.
 *
 * <p><b>States.</b> Open, or closed; a closed one throws {@link java.nio.channels.ClosedChannelException}, also operations
 * that are under way.
 *
 * <p><b>Cancellation.</b> As {@link AsyncFiles} has it: an operation that has begun is waited for. So a buffer is the
 * caller's again when a call has ended, however it did.
 *
 * <p><b>Threads.</b> In a task of a running loop; every method suspends. Several tasks may read and write at a time, each in a
 * place of its own.
 *
 * <p><b>Example.</b>
 *
 * {@snippet class="dev.asyncio4j.snippets.FilesTest" region="file"}
 */
public final class AsyncFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    AsyncFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Reads from a place of the file until a buffer is full or the file has ended. Suspends until that is done.
     *
     * @param into takes the bytes at its position, which moves
     * @param position where in the file, in bytes
     * @return how many bytes were read; fewer than there was room for only at the end of the file, -1 if there were none
     * @throws IOException if that fails
     * @throws java.nio.channels.NonReadableChannelException if the file was not opened to be read
     */
    public int read(ByteBuffer into, long position) throws IOException {
        return FileJobs.run(() -> {
            var start = into.position();
            var count = 0;
            while (into.hasRemaining() && count >= 0) {
                count = channel.read(into, position + into.position() - start);
            }
            var total = into.position() - start;
            return total == 0 ? count : total;
        });
    }

    /**
     * Writes all that is in a buffer to a place of the file. Suspends until that is done.
     *
     * @param from holds the bytes; its position moves to its limit
     * @param position where in the file, in bytes; behind its end there will be zeros in between
     * @throws IOException if that fails; some of the bytes may have been written
     * @throws java.nio.channels.NonWritableChannelException if the file was not opened to be written
     */
    public void write(ByteBuffer from, long position) throws IOException {
        FileJobs.run(() -> {
            var start = from.position();
            while (from.hasRemaining()) {
                channel.write(from, position + from.position() - start);
            }
            return null;
        });
    }

    /**
     * Returns the size of the file. Suspends until it is known.
     *
     * @return its size in bytes
     * @throws IOException if that fails
     */
    public long size() throws IOException {
        return FileJobs.run(channel::size);
    }

    /**
     * Shortens the file. Does nothing if it is not longer. Suspends until that is done.
     *
     * @param size its new size in bytes
     * @throws IOException if that fails
     */
    public void truncate(long size) throws IOException {
        FileJobs.run(() -> channel.truncate(size));
    }

    /**
     * Makes sure that what was written survives a crash of the machine. Suspends until that is done.
     *
     * @param metadata whether that goes for what is known about the file, too
     * @throws IOException if that fails
     */
    public void force(boolean metadata) throws IOException {
        FileJobs.run(() -> {
            channel.force(metadata);
            return null;
        });
    }

    /**
     * Tells whether this is open.
     *
     * @return false after {@link #close}
     */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes the file. Suspends until that is done; a cancel that comes meanwhile is thrown at the task's next wait. */
    @Override
    public void close() throws IOException {
        if (Asyncio.currentTask().isEmpty()) {
            channel.close();
        } else if (channel.isOpen()) {
            CancelScope.shielded(_ -> FileJobs.run(() -> {
                channel.close();
                return null;
            }));
        }
    }

    /** Closes what nobody wants, on the loop: there is nothing left to be written. */
    void closeNow() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "AsyncFile[" + path + (channel.isOpen() ? "]" : ", closed]");
    }
}
