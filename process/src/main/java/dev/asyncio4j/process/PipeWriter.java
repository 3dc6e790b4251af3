package dev.asyncio4j.process;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The standard input of a process, for this process to write to; it is used as a
 * {@link dev.asyncio4j.net.StreamWriter} is.
 *
 * <p>{@link #write} takes bytes and never waits; {@link #drain} waits while too many of them have not been taken by the
 * system.
 *
 * <p><b>States.</b> Open; closing, while what was written before is still on its way; closed. Once the process has ended, or
 * reads no more, it is closed, and what is written is dropped.
 *
 * <p><b>Threads.</b> Loop thread only. Any number of tasks may write and drain.
 */
public final class PipeWriter {

    /*
     * Written bytes are copied and wait in a queue; a thread takes a batch of them, writes it and comes back for the next.
     * While there is nothing to write there is no thread.
     */

    private static final int HIGH = 64 * 1024;
    private static final int BATCH = 64 * 1024;

    private final Subprocess process;
    private final OutputStream out;
    private final ArrayDeque<byte[]> pending = new ArrayDeque<>();
    private final ArrayDeque<Future<@Nullable Void>> drains = new ArrayDeque<>(0);
    private final ArrayDeque<Future<@Nullable Void>> closings = new ArrayDeque<>(0);

    private long unsent;
    private int high = HIGH;
    private int low = HIGH / 4;
    private boolean writing;
    private boolean paused;
    private boolean closing;
    private boolean lost;
    private @Nullable Throwable cause; // why it was lost; null for a regular end

    PipeWriter(Subprocess process, OutputStream out) {
        this.process = process;
        this.out = out;
    }

    /**
     * Takes bytes to write. Never suspends; dropped if the process reads no more.
     *
     * @param bytes what to write; copied
     * @throws IllegalStateException after {@link #writeEof} or {@link #close}
     */
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    /**
     * Takes a part of an array to write, as {@link #write(byte[])} does.
     *
     * @param bytes the array
     * @param offset where the part begins
     * @param length how long it is
     * @throws IllegalStateException after {@link #writeEof} or {@link #close}
     */
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (lost) {
            return;
        }
        if (closing) {
            throw new IllegalStateException("the standard input of " + process + " has been closed");
        }
        if (length == 0) {
            return;
        }
        queue(bytes, offset, length);
        unsent += length;
        pauseIfFull();
        writeOn();
    }

    /** In pieces, so that what has been written is known before all of it has. */
    private void queue(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int start = offset; start < end; start += BATCH) {
            pending.add(Arrays.copyOfRange(bytes, start, Math.min(end, start + BATCH)));
        }
    }

    /**
     * Takes several pieces to write, one after the other.
     *
     * @param pieces what to write; they need not be lines
     * @throws IllegalStateException after {@link #writeEof} or {@link #close}
     */
    public void writeLines(Iterable<byte[]> pieces) {
        for (byte[] piece : pieces) {
            write(piece);
        }
    }

    /**
     * Waits until there is room to write more: until what is unsent has shrunk to the low-water mark. Suspends only if it
     * had grown above the high-water mark, or this closes.
     *
     * <p><b>Cancellation.</b> What was written is sent all the same.
     *
     * @throws BrokenPipeException if the process reads no more
     * @throws IOException if the pipe broke otherwise
     */
    public void drain() throws IOException {
        if (!paused && !closing && !lost) {
            return;
        }
        throwCause();
        if (closing && !lost) {
            Asyncio.sleep(Duration.ZERO);
        }
        throwIfLost();
        if (paused) {
            await("room to write to " + process, drains);
            throwCause();
        }
    }

    private void throwIfLost() throws IOException {
        throwCause();
        if (lost) {
            throw new BrokenPipeException(process + " reads no more: its standard input is closed");
        }
    }

    private void throwCause() throws IOException {
        Throwable stored = cause;
        if (stored != null) {
            var again = new BrokenPipeException(process + " reads no more: " + stored.getMessage());
            again.initCause(stored);
            throw again;
        }
    }

    /** Tells the process that no more will come, once all is written. This is {@link #close}: a pipe has one direction. */
    public void writeEof() {
        close();
    }

    /**
     * Tells whether {@link #writeEof} can be used.
     *
     * @return true
     */
    public boolean canWriteEof() {
        return true;
    }

    /** Closes the pipe once all is written, in the background. Does not suspend. */
    public void close() {
        if (!closing) {
            closing = true;
            writeOn();
        }
    }

    /** Closes the pipe as soon as what is being written now has been taken; what waits is dropped. Does not suspend. */
    public void abort() {
        pending.clear();
        close();
    }

    /**
     * Tells whether this closes or is closed.
     *
     * @return true if it takes nothing any more
     */
    public boolean isClosing() {
        return closing || lost;
    }

    /**
     * Waits until the pipe is closed. Suspends until then.
     *
     * @throws IOException if it broke before all was written
     */
    public void waitClosed() throws IOException {
        if (!lost) {
            await("the end of the standard input of " + process, closings);
        }
        throwCause();
    }

    /**
     * Sets the marks of flow control.
     *
     * @param highMark unsent bytes above which {@link #drain} waits; 64 KiB at first
     * @param lowMark unsent bytes at which it goes on; 16 KiB at first
     * @throws IllegalArgumentException unless {@code highMark >= lowMark >= 0}
     */
    public void setWriteBufferLimits(int highMark, int lowMark) {
        if (lowMark < 0 || highMark < lowMark) {
            throw new IllegalArgumentException("marks must be high >= low >= 0, not " + highMark + " and " + lowMark);
        }
        high = highMark;
        low = lowMark;
        pauseIfFull();
        resumeIfDrained();
    }

    /**
     * Counts what the system has not taken yet.
     *
     * @return bytes
     */
    public long getWriteBufferSize() {
        return unsent;
    }

    private void await(String label, ArrayDeque<Future<@Nullable Void>> waiting) {
        Future<@Nullable Void> turn = process.loop().createFuture(label);
        waiting.add(turn);
        try {
            turn.await();
        } finally {
            waiting.remove(turn);
        }
    }

    private static void complete(ArrayDeque<Future<@Nullable Void>> waiting) {
        for (var one = waiting.poll(); one != null; one = waiting.poll()) {
            if (!one.done()) {
                one.setResult(null);
            }
        }
    }

    // ---- writing

    private void writeOn() {
        if (writing || lost) {
            return;
        }
        List<byte[]> batch = nextBatch();
        if (!batch.isEmpty()) {
            writing = true;
            ProcessThreads.EXECUTOR.execute(() -> writeBatch(batch));
        } else if (closing) {
            writing = true;
            ProcessThreads.EXECUTOR.execute(this::closePipe);
        }
    }

    private List<byte[]> nextBatch() {
        var batch = new ArrayList<byte[]>();
        int size = 0;
        for (byte[] next = pending.peek(); next != null && size + next.length <= BATCH; next = pending.peek()) {
            batch.add(pending.remove());
            size += next.length;
        }
        return batch;
    }

    /** On a thread of its own. */
    private void writeBatch(List<byte[]> batch) {
        int count = 0;
        try {
            for (byte[] piece : batch) {
                out.write(piece);
                count += piece.length;
            }
            out.flush();
        } catch (IOException e) {
            release();
            process.post(() -> ended(e));
            return;
        }
        int written = count;
        process.post(() -> written(written));
    }

    /** On a thread of its own. */
    private void closePipe() {
        try {
            out.close();
        } catch (IOException e) {
            process.post(() -> ended(e));
            return;
        }
        process.post(() -> ended(null));
    }

    private void written(int count) {
        writing = false;
        unsent = pending.isEmpty() ? 0 : unsent - count;
        writeOn();
        resumeIfDrained();
    }

    private void pauseIfFull() {
        if (!paused && !lost && unsent > high) {
            paused = true;
        }
    }

    private void resumeIfDrained() {
        if (paused && unsent <= low) {
            paused = false;
            complete(drains);
        }
    }

    /** The pipe is closed, by us, by the process, or because it has ended. Does nothing the second time. */
    void ended(@Nullable Throwable reason) {
        if (lost) {
            return;
        }
        lost = true;
        cause = reason;
        pending.clear();
        unsent = 0;
        complete(drains);
        complete(closings);
        process.pipeEnded();
        if (!writing) {
            ProcessThreads.EXECUTOR.execute(this::release);
        }
    }

    /** The process has ended, and the JDK has closed the pipe: what it has not read is lost. */
    void processEnded() {
        ended(unsent == 0 ? null : new BrokenPipeException("the process ended before it had read its standard input"));
    }

    /** Gives the descriptor back, on a thread of its own. */
    private void release() {
        try {
            out.close();
        } catch (IOException e) {
            // It was broken before, which is known already.
        }
    }

    @Override
    public String toString() {
        return "PipeWriter[" + unsent + " bytes unsent" + (isClosing() ? ", closing" : "") + "]";
    }
}
