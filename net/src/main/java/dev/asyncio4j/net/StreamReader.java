package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that arrive on a connection, for one task to read.
 *
 * <p>Bytes wait here until they are read. When more than twice the {@linkplain #limit limit} waits, the peer is no longer
 * read from, and so slows down; when no more than the limit is left, reading goes on (SR-1).
 *
 * <p><b>States.</b> Open; ended, when the peer has sent its last byte and what waits can still be read; failed, when the
 * connection broke: then every read throws, even if bytes wait (SR-8).
 *
 * <p><b>Cancellation.</b> A read that is cancelled takes nothing: the bytes stay for the next one. {@link #read()} is the
 * exception, since it collects in several steps.
 *
 * <p><b>Threads.</b> Loop thread only. One task may wait at a time: a second one gets an {@link IllegalStateException}
 * (SR-2).
 *
 * <p>Iterating gives lines, their newlines included, until the stream ends (SR-10); an {@link IOException} on the way is
 * thrown as {@link UncheckedIOException}.
 */
public final class StreamReader implements Iterable<byte[]> {
    /*
     * One array, filled from start to end. It keeps the copies down to one in the common cases: what arrives while nothing
     * waits becomes the array itself, copied once out of the receiving buffer; and a read that takes all of an array that
     * is exactly full is given the array itself. readExactly says in advance how much it will want, so that the array is
     * made to fit. An empty reader holds no memory.
     */

    /** What may wait in a reader, in bytes, unless set otherwise. */
    public static final int DEFAULT_LIMIT = 64 * 1024;

    private static final byte[] NOTHING = {};
    private static final byte[] NEWLINE = {'\n'};

    /** The most that is set aside for a read because it announced it will want so much. */
    private static final int MAX_HINT = 256 * 1024;

    private final EventLoop loop;
    private final int limit;

    private byte[] buffer = NOTHING;
    private int start;
    private int end;
    private int hint;
    private boolean ended;
    private boolean paused;
    private @Nullable Throwable failure;
    private @Nullable Future<@Nullable Void> waiter;
    private @Nullable ReadFlow transport;

    /** Makes a reader of the running loop with the default limit, to be fed by hand. */
    public StreamReader() {
        this(DEFAULT_LIMIT);
    }

    /**
     * Makes a reader of the running loop, to be fed by hand.
     *
     * @param limit how much a line may have, and half of what may wait, in bytes
     * @throws IllegalArgumentException if the limit is not positive
     */
    public StreamReader(int limit) {
        this(Asyncio.getRunningLoop(), limit);
    }

    StreamReader(EventLoop loop, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("the limit must be positive, not " + limit);
        }
        this.loop = loop;
        this.limit = limit;
    }

    /**
     * Returns the limit.
     *
     * @return bytes
     */
    public int limit() {
        return limit;
    }

    /* ---- reading ---- */

    /**
     * Reads until the stream ends. Suspends until then. Not bounded by the limit (SR-3).
     *
     * @return everything, possibly nothing
     * @throws IOException if the connection broke
     */
    public byte[] read() throws IOException {
        var collected = new ByteArrayOutputStream();
        for (var block = read(limit); block.length > 0; block = read(limit)) {
            collected.writeBytes(block);
        }
        return collected.toByteArray();
    }

    /**
     * Reads what is there. Suspends only while nothing is (SR-3).
     *
     * @param most how many bytes at most; -1 reads until the end, as {@link #read()} does
     * @return at least one byte; nothing means that the stream has ended, or that {@code most} is 0
     * @throws IOException if the connection broke
     */
    public byte[] read(int most) throws IOException {
        throwFailure();
        if (most == 0) {
            return NOTHING;
        }
        if (most < 0) {
            return read();
        }
        if (start == end && !ended) {
            awaitData("read");
        }
        return take(Math.min(most, end - start));
    }

    /**
     * Reads a given number of bytes. Suspends until they are there (SR-7).
     *
     * @param count how many
     * @return exactly so many
     * @throws IncompleteReadException if the stream ends before; it has what came
     * @throws IOException if the connection broke
     * @throws IllegalArgumentException if the number is negative
     */
    public byte[] readExactly(int count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("cannot read " + count + " bytes");
        }
        throwFailure();
        while (end - start < count) {
            if (ended) {
                throw new IncompleteReadException(takeAll(), count);
            }
            hint = count;
            awaitData("readExactly");
        }
        return take(count);
    }

    /**
     * Reads up to the next newline. Suspends until it is there (SR-4).
     *
     * @return the line with its newline; without, if the stream ended first; nothing at the end
     * @throws LimitOverrunException if the line is longer than the limit; it has been dropped, as far as it had come
     * @throws IOException if the connection broke
     */
    public byte[] readLine() throws IOException {
        try {
            return readUntil(NEWLINE);
        } catch (IncompleteReadException e) {
            return e.partial();
        } catch (LimitOverrunException e) {
            dropLine(e.consumed());
            throw e;
        }
    }

    private void dropLine(int consumed) {
        if (end - start > consumed && buffer[start + consumed] == '\n') {
            take(consumed + 1);
        } else {
            takeAll();
        }
    }

    /**
     * Reads up to a separator, which is part of the result. Suspends until it is there (SR-5).
     *
     * <p>Of several separators the one that ends first wins, the shorter one in a tie (SR-6).
     *
     * @param separators what to look for
     * @return the bytes up to and with the separator
     * @throws IncompleteReadException if the stream ends before; it has what came
     * @throws LimitOverrunException if what precedes the separator is longer than the limit; it stays in the stream
     * @throws IOException if the connection broke
     * @throws IllegalArgumentException if there is no separator, or an empty one
     */
    public byte[] readUntil(byte[]... separators) throws IOException {
        var search = new SeparatorSearch(separators);
        throwFailure();
        while (true) {
            if (search.find(buffer, start, end)) {
                break;
            }
            if (search.searched() > limit) {
                throw new LimitOverrunException(
                        "no separator in the first " + (end - start) + " bytes; the limit is " + limit,
                        search.searched());
            }
            if (ended) {
                throw new IncompleteReadException(takeAll());
            }
            awaitData("readUntil");
        }
        if (search.matchStart() > limit) {
            throw new LimitOverrunException(
                    "the separator comes after " + search.matchStart() + " bytes; the limit is " + limit,
                    search.matchStart());
        }
        return take(search.matchEnd());
    }

    /**
     * Tells whether everything has been read and nothing more will come.
     *
     * @return true at the end
     */
    public boolean atEof() {
        return ended && start == end;
    }

    @Override
    public Iterator<byte[]> iterator() {
        return new Lines();
    }

    private final class Lines implements Iterator<byte[]> {
        private byte @Nullable [] next;

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = nextLine();
            }
            return next.length > 0;
        }

        private byte[] nextLine() {
            try {
                return readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("the stream has ended");
            }
            var line = next;
            next = null;
            return line;
        }
    }

    /** Takes all that waits, for somebody else. */
    byte[] takeReceived() {
        return takeAll();
    }

    /** Counts the bytes that wait. */
    int buffered() {
        return end - start;
    }

    private void awaitData(String operation) throws IOException {
        if (waiter != null) {
            throw new IllegalStateException(operation + " while another task waits for data on the same stream");
        }
        if (paused && transport != null) {
            paused = false;
            transport.resumeReading();
        }
        Future<@Nullable Void> arrival = loop.createFuture("data on a stream");
        waiter = arrival;
        try {
            arrival.await();
        } finally {
            hint = 0;
            if (waiter == arrival) {
                waiter = null;
            }
        }
        throwFailure();
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw StreamFailures.again(failure);
        }
    }

    private byte[] takeAll() {
        return take(end - start);
    }

    private byte[] take(int count) {
        if (count == 0) {
            return NOTHING;
        }
        byte[] taken;
        if (count == buffer.length) {
            taken = buffer;
        } else {
            taken = Arrays.copyOfRange(buffer, start, start + count);
        }
        start += count;
        if (start == end) {
            buffer = NOTHING;
            start = 0;
            end = 0;
        }
        resumeIfDrained();
        return taken;
    }

    private void resumeIfDrained() {
        if (paused && transport != null && end - start <= limit) {
            paused = false;
            transport.resumeReading();
        }
    }

    /* ---- feeding ---- */

    /**
     * Adds bytes at the end.
     *
     * @param bytes the bytes; copied
     * @throws IllegalStateException after {@link #feedEof} (SR-9)
     */
    public void feedData(byte[] bytes) {
        if (bytes.length == 0) {
            checkOpen();
            return;
        }
        makeRoom(bytes.length);
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        end += bytes.length;
        fed();
    }

    /** Adds what was received: raw thread only. */
    void feed(ByteBuffer bytes) {
        var length = bytes.remaining();
        makeRoom(length);
        bytes.get(buffer, end, length);
        end += length;
        fed();
    }

    /** Makes room behind the end; the buffer may be another one then. */
    private void makeRoom(int length) {
        checkOpen();
        if (start == end) {
            start = 0;
            end = 0;
            buffer = new byte[Math.max(length, Math.min(hint, MAX_HINT))];
        } else if (buffer.length - end < length) {
            grow(length);
        }
    }

    private void grow(int length) {
        var waiting = end - start;
        var target = buffer;
        if (waiting + length > buffer.length || start < waiting) {
            target = new byte[capacityFor(waiting, length)];
        }
        System.arraycopy(buffer, start, target, 0, waiting);
        buffer = target;
        start = 0;
        end = waiting;
    }

    private int capacityFor(int waiting, int length) {
        var needed = waiting + length;
        var doubled = Math.max(needed, waiting * 2);
        var fits = needed <= hint && (doubled > hint || hint <= MAX_HINT);
        return fits ? hint : doubled;
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("data after the end of the stream");
        }
    }

    private void fed() {
        wakeWaiter();
        if (transport != null && !paused && end - start > 2L * limit) {
            paused = true;
            transport.pauseReading();
        }
    }

    /** Ends the stream: what waits can still be read. */
    public void feedEof() {
        ended = true;
        wakeWaiter();
    }

    /**
     * Fails the stream: every read from now on throws this (SR-8).
     *
     * @param exception why; one that is no {@link IOException} and not unchecked is thrown as the cause of one
     */
    public void setException(Throwable exception) {
        failure = exception;
        wakeWaiter();
    }

    /**
     * Returns why this failed.
     *
     * @return the exception, or null
     */
    public @Nullable Throwable exception() {
        return failure;
    }

    private void wakeWaiter() {
        var waiting = waiter;
        if (waiting != null) {
            waiter = null;
            if (!waiting.done()) {
                waiting.setResult(null);
            }
        }
    }

    /**
     * Says what to pause while too much waits here.
     *
     * @param transport where the bytes come from
     */
    public void setTransport(ReadFlow transport) {
        this.transport = transport;
    }

    @Override
    public String toString() {
        return "StreamReader[" + (end - start) + " bytes" + (ended ? ", ended" : "") + (paused ? ", paused" : "")
                + (failure != null ? ", failed: " + failure : "") + "]";
    }
}
