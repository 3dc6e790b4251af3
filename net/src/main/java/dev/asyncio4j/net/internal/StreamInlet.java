package dev.asyncio4j.net.internal;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a stream on a thread, one piece after the other, each when the one before has been taken. */
final class StreamInlet implements Inlet {
    private static final int PIECE_BYTES = 64 * 1024;

    private final Crossing crossing;
    private final InputStream stream;

    private @Nullable Runnable ready;
    private @Nullable ByteBuffer piece; // what was read and not taken
    private @Nullable IOException failure;
    private boolean ended;
    private boolean wanted;
    private boolean reading;
    private boolean closed;

    /** Of the reading thread, which hands it over with the task. */
    private byte @Nullable [] buffer;

    StreamInlet(Crossing crossing, InputStream stream) {
        this.crossing = crossing;
        this.stream = stream;
    }

    @Override
    public void onReady(Runnable heard) {
        ready = heard;
    }

    @Override
    public void want(boolean now) {
        if (closed || wanted == now) {
            return;
        }
        wanted = now;
        if (now) {
            goOn();
        }
    }

    private void goOn() {
        if (piece != null || ended || failure != null) {
            crossing.toRaw(Objects.requireNonNull(ready));
        } else if (!reading) {
            reading = true;
            crossing.toCallback(() -> BlockingThreads.run(this::readPiece));
        }
    }

    @Override
    public int read(ByteBuf into) throws IOException {
        var waiting = piece;
        if (waiting == null) {
            if (failure != null) {
                throw failure;
            }
            return ended ? -1 : 0;
        }
        int count = Math.min(waiting.remaining(), into.writableBytes());
        into.writeBytes(waiting.slice(waiting.position(), count));
        waiting.position(waiting.position() + count);
        if (!waiting.hasRemaining()) {
            piece = null;
        }
        wanted = false; // who wants more says so
        return count;
    }

    @Override
    public void leave() {
        closed = true;
        wanted = false;
    }

    @Override
    public void close() {
        BlockingThreads.run(() -> BlockingThreads.close(stream));
    }

    /* ---- on the reading thread */

    private void readPiece() {
        try {
            var room = buffer == null ? new byte[PIECE_BYTES] : buffer;
            buffer = room;
            int count = stream.read(room);
            var read = count > 0 ? ByteBuffer.wrap(Arrays.copyOf(room, count)) : null;
            crossing.toRawFromOutside(() -> arrived(read, count < 0, null));
        } catch (IOException e) {
            crossing.toRawFromOutside(() -> arrived(null, false, e));
        } catch (RuntimeException | Error e) {
            crossing.toRawFromOutside(
                    () -> arrived(null, false, new IOException("a stream failed to be read: " + stream, e)));
        }
    }

    /* ---- on the raw thread again */

    private void arrived(@Nullable ByteBuffer read, boolean isEnd, @Nullable IOException cause) {
        reading = false;
        piece = read;
        ended = isEnd;
        failure = cause;
        if (wanted) {
            goOn();
        }
    }
}
