package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.PacketListener;
import dev.asyncio4j.net.spi.PacketTransport;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ties a socket for datagrams to the tasks that use it.
 *
 * <p><b>Threads.</b> Loop thread only; the {@code on…} methods on the raw thread.
 */
final class DatagramLink implements PacketListener {
    private final EventLoop loop;
    private final Recipients recipients;
    private final PacketInbox inbox = new PacketInbox();
    private final ArrayDeque<Future<@Nullable Void>> receivers = new ArrayDeque<>(1);
    private final ArrayDeque<Future<@Nullable Void>> senders = new ArrayDeque<>(0);
    private final ArrayDeque<Future<@Nullable Void>> closings = new ArrayDeque<>(0);

    private @Nullable PacketTransport transport;
    private boolean paused;
    private boolean lost;
    private @Nullable IOException error; // what the system said and nobody was told

    DatagramLink(EventLoop loop, Recipients recipients) {
        this.loop = loop;
        this.recipients = recipients;
    }

    PacketTransport transport() {
        return Objects.requireNonNull(transport, "not open yet");
    }

    Recipients recipients() {
        return recipients;
    }

    /* ---- heard on the raw thread ---- */

    @Override
    public void onOpened(PacketTransport opened) {
        transport = opened;
        inbox.of(opened);
    }

    @Override
    public void onDatagram(ByteBuffer bytes, SocketAddress sender) {
        inbox.add(bytes, sender);
        wakeOne(receivers);
    }

    @Override
    public void onError(IOException told) {
        error = told;
        wakeOne(receivers);
    }

    @Override
    public void onPauseWriting() {
        paused = true;
    }

    @Override
    public void onResumeWriting() {
        paused = false;
        wakeAll(senders);
    }

    @Override
    public void onLost(@Nullable Throwable cause) {
        lost = true;
        if (cause != null) {
            error = new IOException("the socket is gone", cause);
        }
        wakeAll(receivers);
        wakeAll(senders);
        wakeAll(closings);
    }

    private static void wakeOne(ArrayDeque<Future<@Nullable Void>> waiting) {
        for (var one : waiting) {
            if (!one.done()) {
                one.setResult(null);
                return;
            }
        }
    }

    private static void wakeAll(ArrayDeque<Future<@Nullable Void>> waiting) {
        for (var one : waiting) {
            if (!one.done()) {
                one.setResult(null);
            }
        }
    }

    /* ---- asked by coroutines ---- */

    Datagram receive() throws IOException {
        throwError();
        while (inbox.isEmpty()) {
            requireOpen();
            await("a datagram", receivers, () -> !inbox.isEmpty() || error != null);
            throwError();
        }
        return inbox.remove();
    }

    void send(byte[] data, @Nullable SocketAddress recipient) throws IOException {
        throwError();
        requireOpen();
        transport().send(data, 0, data.length, recipient);
        while (paused && !lost) {
            await("room to send a datagram", senders, () -> false);
        }
    }

    private void requireOpen() throws SocketException {
        if (lost || transport().isClosing()) {
            throw new SocketException("the endpoint is closed");
        }
    }

    private void throwError() throws IOException {
        var told = error;
        if (told != null) {
            error = null;
            var message = told.getMessage();
            var again = told instanceof PortUnreachableException
                    ? new PortUnreachableException(message)
                    : new IOException(message);
            again.initCause(told);
            throw again;
        }
    }

    /** Closes, and wakes who waits for a datagram: none will come. */
    void close() {
        transport().close();
        inbox.clear();
        wakeAll(receivers);
    }

    boolean isLost() {
        return lost;
    }

    void awaitLost() {
        while (!lost) {
            await("the end of a socket for datagrams", closings, () -> false);
        }
    }

    /** Waits to be woken; who cannot take what it was woken for passes it on. */
    private void await(String label, ArrayDeque<Future<@Nullable Void>> waiting, BooleanSupplier more) {
        Future<@Nullable Void> turn = loop.createFuture(label);
        waiting.add(turn);
        var woken = false;
        try {
            turn.await();
            woken = true;
        } finally {
            waiting.remove(turn);
            if (!woken && more.getAsBoolean()) {
                wakeOne(waiting);
            }
        }
    }
}
