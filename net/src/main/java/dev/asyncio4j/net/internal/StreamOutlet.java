package dev.asyncio4j.net.internal;

import io.netty.channel.FileRegion;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes a stream on a thread, one piece after the other. */
final class StreamOutlet implements Outlet {
    /*
     * What is handed over is copied for the thread and not counted as written: it is when the thread has come back, and the
     * same bytes are handed over again. So nothing is taken for written that is not.
     *
     * A stream must not be closed while the thread writes to it, and the thread cannot count on a loop that hears of its
     * return. So whoever comes second closes: close(), or the thread that returns and finds that it was called.
     */

    private enum State {
        IDLE,
        WRITING,
        CLOSED
    }

    private static final int PIECE_BYTES = 64 * 1024;

    private final Crossing crossing;
    private final OutputStream stream;

    private @Nullable Runnable ready;
    private @Nullable IOException failure;
    private int written; // by the thread, and not told yet
    private boolean busy; // a piece is on its way: to the thread, or back

    /** The loop's thread, and the writing one. */
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    StreamOutlet(Crossing crossing, OutputStream stream) {
        this.crossing = crossing;
        this.stream = stream;
    }

    @Override
    public void onReady(Runnable heard) {
        ready = heard;
    }

    @Override
    public void want(boolean wanted) {
        // It is told in any case.
    }

    @Override
    public long write(ByteBuffer[] buffers, int count) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (written > 0) {
            int told = written;
            written = 0;
            return told;
        }
        if (!busy) {
            busy = true;
            var piece = copy(buffers, count);
            crossing.toCallback(() -> hand(piece));
        }
        return 0;
    }

    private void hand(byte[] piece) {
        if (state.compareAndSet(State.IDLE, State.WRITING)) {
            BlockingThreads.run(() -> writePiece(piece));
        }
    }

    private static byte[] copy(ByteBuffer[] buffers, int count) {
        var piece = ByteBuffer.allocate(PIECE_BYTES);
        for (int i = 0; i < count && piece.hasRemaining(); i++) {
            var next = buffers[i];
            piece.put(next.slice(next.position(), Math.min(next.remaining(), piece.remaining())));
        }
        var bytes = new byte[piece.flip().remaining()];
        piece.get(bytes);
        return bytes;
    }

    @Override
    public boolean sendsFiles() {
        return false;
    }

    @Override
    public long send(FileRegion region) {
        throw new UnsupportedOperationException("a stream takes no files");
    }

    @Override
    public void end() {
        crossing.toCallback(this::close);
    }

    @Override
    public void leave() {
        // It waits for nothing.
    }

    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.IDLE) {
            BlockingThreads.run(() -> BlockingThreads.close(stream));
        }
    }

    /* ---- on the writing thread */

    private void writePiece(byte[] piece) {
        var cause = tryToWrite(piece);
        if (!state.compareAndSet(State.WRITING, State.IDLE)) {
            BlockingThreads.close(stream);
        }
        crossing.toRawFromOutside(() -> over(piece.length, cause));
    }

    private @Nullable IOException tryToWrite(byte[] piece) {
        try {
            stream.write(piece);
            stream.flush();
            return stream instanceof PrintStream print && print.checkError()
                    ? new IOException("a stream failed to be written: " + stream)
                    : null;
        } catch (IOException e) {
            return e;
        } catch (RuntimeException | Error e) {
            return new IOException("a stream failed to be written: " + stream, e);
        }
    }

    /* ---- on the raw thread again */

    private void over(int count, @Nullable IOException cause) {
        busy = false;
        failure = cause;
        written = cause == null ? count : 0;
        if (state.get() != State.CLOSED) {
            Objects.requireNonNull(ready).run();
        }
    }
}
