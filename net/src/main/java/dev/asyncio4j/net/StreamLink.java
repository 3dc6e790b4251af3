package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.Layer;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ties a transport to a reader and a writer: what {@link StreamReaderProtocol} is to asyncio, without the callbacks between.
 *
 * <p><b>Threads.</b> Loop thread only; the {@code on…} methods on the raw thread.
 */
class StreamLink implements Encryptable, ReadFlow, SendingSide {
    private final EventLoop loop;
    private final StreamReader reader;
    private final Waiters drains;
    private final Waiters closings;

    private final FileSender files = new FileSender();

    private @Nullable ByteTransport transport;
    private @Nullable LentBytes lent; // by the one who waits in write
    private boolean paused;
    private boolean lost;
    private @Nullable Throwable cause; // why it was lost; null for a clean end

    StreamLink(EventLoop loop, int limit) {
        this.loop = loop;
        this.reader = new StreamReader(loop, limit);
        this.drains = new Waiters(loop, "room to write on a stream");
        this.closings = new Waiters(loop, "the end of a connection");
    }

    final EventLoop loop() {
        return loop;
    }

    final StreamReader reader() {
        return reader;
    }

    final ByteTransport transport() {
        return Objects.requireNonNull(transport, "not connected yet");
    }

    /** Returns the transport for what is to come after all that was written. */
    final ByteTransport output() {
        var before = lent;
        if (before != null) {
            lent = null;
            before.takeAll(transport());
        }
        return transport();
    }

    /* ---- heard on the raw thread ---- */

    @Override
    public void onConnected(ByteTransport connected) {
        transport = connected;
        reader.setTransport(this);
    }

    @Override
    public final void onData(ByteBuffer bytes) {
        reader.feed(bytes);
    }

    @Override
    public final void onEof() {
        reader.feedEof();
        if (!transport().canWriteEof()) {
            close(); // SW-9
        }
    }

    @Override
    public final void onPauseWriting() {
        paused = true;
    }

    @Override
    public final void onResumeWriting() {
        paused = false;
        drains.wakeAll();
    }

    @Override
    public void onLost(@Nullable Throwable reason) {
        lost = true;
        forgetLent();
        if (reason == null) {
            reader.feedEof();
        } else {
            cause = StreamFailures.translate(reason);
            reader.setException(cause);
        }
        drains.wakeAll();
        closings.wakeAll();
    }

    /* ---- asked by coroutines ---- */

    @Override
    public final void pauseReading() {
        transport().pauseReading();
    }

    @Override
    public final void resumeReading() {
        transport().resumeReading();
    }

    /** Takes bytes to send (SW-1). */
    @Override
    public final void write(byte[] bytes, int offset, int length) {
        files.requireIdle();
        output().write(bytes, offset, length);
    }

    /**
     * Sends bytes, and waits until writing may go on. They are lent to the connection until then, unless somebody else uses
     * it meanwhile or this is cancelled: then what is left of them is taken at once.
     */
    final void writeAndDrain(byte[] bytes) throws IOException {
        if (bytes.length <= LentBytes.PIECE_BYTES) {
            write(bytes, 0, bytes.length);
            drain();
            return;
        }
        files.requireIdle();
        var next = output();
        var mine = new LentBytes(bytes);
        lent = mine;
        try {
            do {
                mine.takePiece(next);
                drain();
            } while (mine.left() > 0); // a connection that breaks tells so when it is drained
        } finally {
            if (lent == mine) {
                output();
            }
        }
    }

    private void forgetLent() {
        if (lent != null) {
            lent.forget();
            lent = null;
        }
    }

    @Override
    public final void writeEof() {
        files.requireIdle();
        output().writeEof();
    }

    @Override
    public final long bufferedBytes() {
        return transport().bufferedBytes() + (lent == null ? 0 : lent.left());
    }

    @Override
    public final void close() {
        output().close();
    }

    @Override
    public final void abort() {
        forgetLent();
        transport().abort();
    }

    @Override
    public final boolean canWriteEof() {
        return transport().canWriteEof();
    }

    @Override
    public final boolean isClosing() {
        return transport().isClosing();
    }

    @Override
    public final Optional<TlsInfo> tlsInfo() {
        return TlsInfo.of(transport());
    }

    @Override
    public final void setWriteBufferLimits(int high, int low) {
        transport().setWriteBufferLimits(high, low);
    }

    @Override
    public final @Nullable SocketAddress remoteAddress() {
        return transport().remoteAddress();
    }

    @Override
    public final @Nullable SocketAddress localAddress() {
        return transport().localAddress();
    }

    @Override
    public final long sendfile(FileChannel file, SendfileOptions options) throws IOException {
        return files.send(loop, output(), this::drain, file, options);
    }

    /** Tells which end of the connection this is. */
    boolean isServerSide() {
        return false;
    }

    /** Encrypts from here on (SW-5). */
    @Override
    public final void startTls(TlsOptions options) throws IOException {
        startLayer(isServerSide() ? options.serverLayer(loop) : options.clientLayer(loop));
    }

    @Override
    public final void startLayer(Layer layer) throws IOException {
        TlsStart.start(loop, output(), layer, reader::takeReceived);
    }

    final boolean isLost() {
        return lost;
    }

    /** Waits until writing may go on (SW-2, SW-3). */
    @Override
    public final void drain() throws IOException {
        var failure = reader.exception();
        if (failure != null) {
            throw StreamFailures.again(failure);
        }
        if (!paused && cause == null && !transport().isClosing()) {
            return;
        }
        throwCause();
        if (transport().isClosing()) {
            Asyncio.sleep(Duration.ZERO);
        }
        throwCause();
        if (lost) {
            throw new ConnectionResetException("the connection is lost");
        }
        if (paused) {
            drains.await();
            throwCause();
        }
    }

    /** Waits until the connection is gone, however it went. */
    final void awaitLost() {
        if (!lost) {
            closings.await();
        }
    }

    @Override
    public final void waitClosed() throws IOException {
        awaitLost();
        throwCause();
    }

    /** Throws why the connection was lost, unless it ended in peace. */
    private void throwCause() throws IOException {
        if (cause != null) {
            throw StreamFailures.again(cause);
        }
    }
}
