package dev.asyncio4j.net;

import static java.lang.System.Logger.Level.WARNING;

import dev.asyncio4j.Context;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.Layer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that calls a protocol.
 *
 * <p><b>Threads.</b> Loop thread only; the {@code on…} methods on the raw thread, but {@link #onPauseWriting}.
 */
class ProtocolTransport implements Transport, Encryptable {
    /*
     * What the engine tells on the raw thread becomes a callback at the end of the ready queue, which is where CPython's
     * selector puts the handle that then reads. What was received waits in a queue, so that none of it is delivered while
     * reading is paused, while an earlier callback is suspended, or after close().
     *
     * The end of a connection is announced once, by announceLoss(). close() and abort() schedule it at once, so that it has
     * its place in the order of callbacks (TR-2, TR-3), though the socket is closed only when the batch ends. If the engine
     * then still has bytes to send, the announcement waits for onLost().
     */

    private static final ByteBuffer END =
            ByteBuffer.allocate(0); // stands for the end of the stream; what is received is never empty
    private static final byte[] NOTHING = {};
    private static final int MOST_RECEIVED_BYTES = 256 * 1024; // above which the engine stops reading

    private final EventLoop loop;
    private final Context context;
    private final ArrayDeque<ByteBuffer> received = new ArrayDeque<>(2);
    private long receivedBytes;

    private final FileSender files = new FileSender();

    private @Nullable Future<@Nullable Void> room; // waited for while writing is paused

    private @Nullable ByteTransport carrier; // null before the connection
    private @Nullable BaseProtocol<Transport> protocol; // null before connectionMade
    private @Nullable SocketAddress remote;
    private @Nullable SocketAddress local;

    private boolean started; // reading has begun (TR-1)
    private boolean readingPaused; // by the protocol
    private boolean readingHeldUp; // by us: too much is received and not taken
    private boolean readingEnded; // at the end of the stream
    private boolean deliveryScheduled;
    private boolean delivering; // a callback that receives is under way, maybe suspended
    private boolean writingPaused; // what the engine last said
    private boolean writingPausedTold; // what the protocol was last told
    private boolean closing;
    private boolean aborting;
    private boolean endScheduled; // announceLoss is in the queue
    private boolean endMissed; // announceLoss came while a callback was suspended
    private boolean carrierLost;
    private boolean ended; // the protocol knows that the connection is lost
    private @Nullable Throwable cause;

    ProtocolTransport(EventLoop loop, Context context) {
        this.loop = loop;
        this.context = context;
    }

    final EventLoop loop() {
        return loop;
    }

    final Context context() {
        return context;
    }

    private ByteTransport carrier() {
        return Objects.requireNonNull(carrier, "not connected yet");
    }

    /** Begins to call a protocol: each step in an iteration's queue of its own right (TR-1). */
    final void begin(BaseProtocol<?> first) {
        setProtocol(first);
        loop.callSoon(this::made, context);
        loop.callSoon(this::startReading, context);
    }

    private void made() {
        var current = Objects.requireNonNull(protocol);
        guarded("connectionMade", () -> current.connectionMade(this));
    }

    private void startReading() {
        started = true;
        scheduleDelivery();
    }

    /* ---- heard on the raw thread ---- */

    @Override
    public void onConnected(ByteTransport connected) {
        carrier = connected;
        remote = connected.remoteAddress();
        local = connected.localAddress();
    }

    @Override
    public final void onData(ByteBuffer bytes) {
        if (closing) {
            return;
        }
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        received.add(ByteBuffer.wrap(copy));
        receivedBytes += copy.length;
        if (receivedBytes > MOST_RECEIVED_BYTES && !readingHeldUp) {
            readingHeldUp = true;
            carrier().pauseReading();
        }
        scheduleDelivery();
    }

    @Override
    public final void onEof() {
        if (!closing) {
            received.add(END);
            scheduleDelivery();
        }
    }

    @Override
    public final void onPauseWriting() { // heard by whoever writes
        writingPaused = true;
        if (!writingPausedTold) {
            writingPausedTold = true;
            var current = Objects.requireNonNull(protocol);
            guarded("pauseWriting", current::pauseWriting);
        }
    }

    @Override
    public final void onResumeWriting() {
        writingPaused = false;
        loop.callSoon(this::tellResumed, context);
        tellRoom();
    }

    private void tellResumed() {
        if (writingPausedTold && !writingPaused && !ended) {
            writingPausedTold = false;
            var current = Objects.requireNonNull(protocol);
            guarded("resumeWriting", current::resumeWriting);
        }
    }

    @Override
    public final void onLost(@Nullable Throwable reason) {
        carrierLost = true;
        tellRoom();
        if (cause == null && reason != null && !aborting) {
            cause = StreamFailures.translate(reason);
        }
        scheduleEnd();
    }

    /* ---- receiving ---- */

    private boolean mayDeliver() {
        return started && !readingPaused && !closing && !readingEnded && !received.isEmpty();
    }

    private void scheduleDelivery() {
        if (!deliveryScheduled && !delivering && mayDeliver()) {
            deliveryScheduled = true;
            loop.callSoon(this::deliver, context);
        }
    }

    private void deliver() {
        deliveryScheduled = false;
        delivering = true;
        try {
            while (mayDeliver()) {
                deliverOne(received.remove());
            }
        } catch (ExitError exit) {
            throw exit;
        } catch (Throwable failure) {
            fail("a protocol failed to take what was received", failure);
        } finally {
            delivering = false;
        }
        readOn();
        if (endMissed) {
            endMissed = false;
            loop.callSoon(this::announceLoss, context);
        }
    }

    private void deliverOne(ByteBuffer bytes) throws Exception {
        if (bytes == END) {
            readingEnded = true;
            var staysOpen = eofReceived();
            if (staysOpen && TlsInfo.of(carrier()).isPresent()) {
                System.getLogger("asyncio")
                        .log(WARNING, "returning true from eofReceived() has no effect on an encrypted connection");
            }
            if (!staysOpen || !carrier().canWriteEof()) { // TLS ends both directions at once (TLS-5)
                close();
            }
            return;
        }
        receivedBytes -= bytes.remaining();
        if (protocol instanceof Protocol plain) {
            plain.dataReceived(contents(bytes));
        } else if (protocol instanceof BufferedProtocol buffered) {
            fill(buffered, bytes);
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // made by wrap() in onData
    private static byte[] contents(ByteBuffer bytes) {
        return bytes.position() == 0
                ? bytes.array()
                : Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.limit());
    }

    private boolean eofReceived() throws Exception {
        return protocol instanceof Protocol plain
                ? plain.eofReceived()
                : protocol instanceof BufferedProtocol buffered && buffered.eofReceived();
    }

    /** Puts bytes where the protocol wants them; what it has no room for waits, in front. */
    private void fill(BufferedProtocol buffered, ByteBuffer bytes) throws Exception {
        var into = buffered.getBuffer(-1);
        if (!into.hasRemaining()) {
            throw new IllegalStateException("getBuffer() gave a buffer without room: " + into);
        }
        var count = Math.min(into.remaining(), bytes.remaining());
        into.put(into.position(), bytes, bytes.position(), count);
        into.position(into.position() + count);
        bytes.position(bytes.position() + count);
        if (bytes.hasRemaining()) {
            received.addFirst(bytes);
            receivedBytes += bytes.remaining();
        }
        buffered.bufferUpdated(count);
    }

    /* ---- files ---- */

    final long sendfile(FileChannel file, SendfileOptions options) throws IOException {
        return files.send(loop, carrier(), this::awaitRoom, file, options);
    }

    private void awaitRoom() throws IOException {
        if (writingPaused && !carrierLost) {
            Future<@Nullable Void> turn = loop.createFuture("room to write on a transport");
            room = turn;
            turn.await();
        }
        if (carrierLost) {
            throw new ConnectionResetException("the connection is lost");
        }
    }

    private void tellRoom() {
        if (room != null && !room.done()) {
            room.setResult(null);
        }
    }

    /** Encrypts from here on (TLS-8). */
    final void startTls(TlsOptions options, boolean serverSide) throws IOException {
        startTls(options, serverSide, () -> NOTHING);
    }

    /** Encrypts from here on; what the peer sent for the handshake was partly delivered, and is handed back. */
    final void startTls(TlsOptions options, boolean serverSide, Supplier<byte[]> delivered) throws IOException {
        var layer = serverSide ? options.serverLayer(loop) : options.clientLayer(loop);
        TlsStart.start(loop, carrier(), layer, () -> joined(delivered.get(), takeReceived()));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public final void startLayer(Layer layer) throws IOException {
        TlsStart.start(loop, carrier(), layer, this::takeReceived);
    }

    /** Takes what was received and not delivered, for somebody else. */
    private byte[] takeReceived() {
        var taken = new ByteArrayOutputStream();
        while (!received.isEmpty() && received.getFirst() != END) {
            taken.writeBytes(contents(received.remove()));
        }
        receivedBytes = 0;
        readOn();
        return taken.toByteArray();
    }

    private void readOn() {
        if (readingHeldUp && receivedBytes <= MOST_RECEIVED_BYTES && !closing) {
            readingHeldUp = false;
            if (!readingPaused) {
                carrier().resumeReading();
            }
        }
    }

    private void fail(String message, Throwable failure) {
        ProtocolCalls.report(loop, this, message, failure);
        forceClose(failure);
    }

    /* ---- asked by its owner ---- */

    @Override
    public final boolean isReading() {
        return !readingPaused && !isClosing();
    }

    @Override
    public final void pauseReading() {
        if (isReading()) {
            readingPaused = true;
            carrier().pauseReading();
        }
    }

    @Override
    public final void resumeReading() {
        if (readingPaused && !isClosing()) {
            readingPaused = false;
            if (!readingHeldUp) {
                carrier().resumeReading();
            }
            scheduleDelivery();
        }
    }

    @Override
    public final void write(byte[] bytes) {
        files.requireIdle();
        carrier().write(bytes, 0, bytes.length);
    }

    @Override
    public final void writeLines(Iterable<byte[]> pieces) {
        for (var piece : pieces) {
            write(piece);
        }
    }

    @Override
    public final void writeEof() {
        files.requireIdle();
        carrier().writeEof();
    }

    @Override
    public final boolean canWriteEof() {
        return carrier().canWriteEof();
    }

    @Override
    public final void setWriteBufferLimits(int high, int low) {
        carrier().setWriteBufferLimits(high, low);
    }

    @Override
    public final WriteBufferLimits getWriteBufferLimits() {
        return new WriteBufferLimits(carrier().lowWater(), carrier().highWater());
    }

    @Override
    public final long getWriteBufferSize() {
        return carrierLost ? 0 : carrier().bufferedBytes();
    }

    @Override
    public final boolean isClosing() {
        return closing || carrierLost || carrier().isClosing();
    }

    @Override
    public final void close() {
        if (!closing) {
            stopReceiving();
            carrier().close();
            scheduleEnd();
        }
    }

    @Override
    public final void abort() {
        if (!ended) {
            forceClose(null);
        }
    }

    private void forceClose(@Nullable Throwable reason) {
        stopReceiving();
        if (!aborting) {
            aborting = true;
            if (cause == null) {
                cause = reason;
            }
            carrier().abort();
        }
        scheduleEnd();
    }

    private void stopReceiving() {
        closing = true;
        received.clear();
        receivedBytes = 0;
    }

    @Override
    public final void setProtocol(BaseProtocol<?> next) {
        if (next instanceof Protocol plain) {
            protocol = plain;
        } else if (next instanceof BufferedProtocol buffered) {
            protocol = buffered;
        } else {
            throw new IllegalArgumentException("a connection calls a Protocol or a BufferedProtocol, not " + next);
        }
    }

    @Override
    public final BaseProtocol<?> getProtocol() {
        return Objects.requireNonNull(protocol, "not connected yet");
    }

    @Override
    public final Optional<Object> getExtraInfo(String name) {
        return switch (name) {
            case "peername" -> Optional.ofNullable(remote);
            case "sockname" -> Optional.ofNullable(local);
            default -> Optional.ofNullable(carrier().extraInfo(name));
        };
    }

    /* ---- the end ---- */

    private void scheduleEnd() {
        if (!endScheduled) {
            endScheduled = true;
            loop.callSoon(this::announceLoss, context);
        }
    }

    private void announceLoss() {
        if (ended) {
            return;
        }
        if (delivering) {
            endMissed = true; // deliver() comes back to it
            return;
        }
        if (!carrierLost && !aborting) {
            endScheduled = false; // there is more to send: onLost() comes back to it
            return;
        }
        ended = true;
        stopReceiving();
        var current = protocol;
        if (current != null) {
            guarded("connectionLost", () -> current.connectionLost(cause));
        }
        gone();
    }

    /** Hears that all is over: for subclasses. */
    void gone() {}

    /* ---- errors ---- */

    private void guarded(String name, ProtocolCalls.Callback callback) {
        ProtocolCalls.guarded(loop, this, name, callback);
    }

    @Override
    public String toString() {
        return "Transport[" + local + " -> " + remote + (carrier == null || isClosing() ? ", closing" : "") + "]";
    }
}
