package dev.asyncio4j.cli.program;

import dev.asyncio4j.Asyncio;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Standard input that a coroutine can read without holding the event loop: the task is suspended while a thread of this
 * class reads. Elsewhere it reads as what it wraps.
 *
 * <p><b>Cancellation.</b> Ends the wait of the task and loses nothing: what arrives later is for the next reader.
 *
 * <p><b>Threads.</b> Any.
 */
final class LoopFriendlyInput extends InputStream {

    /*
     * A read of standard input cannot be interrupted. So the reader thread never reads for somebody, it fills a buffer;
     * who was suspended for that takes from the buffer when it is his turn, and if he was cancelled meanwhile, the next
     * one finds it full. `filling` is held for as long as a read lasts and is therefore never taken by a coroutine;
     * the monitor guards the buffer and is held for a copy only.
     */

    private static final int CAPACITY = 8192;
    private static final int NOTHING = 0;
    private static final int END = -1;

    private final InputStream in;
    private final ReentrantLock filling = new ReentrantLock();

    private final byte[] buffer = new byte[CAPACITY];

    /** Guarded by this. */
    private int position;

    /** Guarded by this; END if the input has ended and nobody was told yet. */
    private int limit;

    /** Guarded by this. */
    private @Nullable ExecutorService reader;

    LoopFriendlyInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) == END ? END : one[0] & 0xff;
    }

    /** Reads what there is, at least one byte. Suspends the calling task, if there is one, until then. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        return Asyncio.currentTask().isPresent()
                ? readInCoroutine(target, offset, length)
                : readOnThread(target, offset, length);
    }

    @Override
    public int available() throws IOException {
        synchronized (this) {
            if (limit > position) {
                return limit - position;
            }
        }
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int readInCoroutine(byte[] target, int offset, int length) throws IOException {
        while (true) {
            var count = take(target, offset, length);
            if (count != NOTHING) {
                return count;
            }
            Asyncio.getRunningLoop().runInExecutor(reader(), this::fill).await(IOException.class);
        }
    }

    private int readOnThread(byte[] target, int offset, int length) throws IOException {
        filling.lock();
        try {
            var count = take(target, offset, length);
            return count != NOTHING ? count : in.read(target, offset, length);
        } finally {
            filling.unlock();
        }
    }

    /** Runs on the reader thread. Returns whether it had to read. */
    private boolean fill() throws IOException {
        filling.lock();
        try {
            if (!isEmpty()) {
                return false;
            }
            var count = in.read(buffer); // nobody looks at the buffer while it is empty
            synchronized (this) {
                position = 0;
                limit = count;
            }
            return true;
        } finally {
            filling.unlock();
        }
    }

    private synchronized boolean isEmpty() {
        return limit != END && position == limit;
    }

    /** Takes from the buffer: a number of bytes, NOTHING or END. After END a terminal can be read again. */
    private synchronized int take(byte[] target, int offset, int length) {
        if (limit == END) {
            limit = NOTHING;
            position = NOTHING;
            return END;
        }
        var count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    private synchronized ExecutorService reader() {
        if (reader == null) {
            reader = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("asyncio-stdin").daemon().factory());
        }
        return reader;
    }
}
