package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.spi.PacketListener;
import dev.asyncio4j.net.spi.PacketTransport;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ties a socket for datagrams to the tasks that use it.
 *
 * <p><b>Threads.</b> Loop thread only; the {@code on…} methods on the raw thread.
 */
final class DatagramLink implements PacketListener {
    private final Recipients recipients;
    private final PacketInbox inbox = new PacketInbox();
    private final Waiters receivers;
    private final Waiters senders;
    private final Waiters closings;

    private @Nullable PacketTransport transport;
    private boolean paused;
    private boolean lost;
    private @Nullable IOException error; // what the system said and nobody was told

    DatagramLink(EventLoop loop, Recipients recipients) {
        this.recipients = recipients;
        this.receivers = new Waiters(loop, "a datagram");
        this.senders = new Waiters(loop, "room to send a datagram");
        this.closings = new Waiters(loop, "the end of a socket for datagrams");
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
        receivers.wakeOne();
    }

    @Override
    public void onError(IOException told) {
        error = told;
        receivers.wakeOne();
    }

    @Override
    public void onPauseWriting() {
        paused = true;
    }

    @Override
    public void onResumeWriting() {
        paused = false;
        senders.wakeAll();
    }

    @Override
    public void onLost(@Nullable Throwable cause) {
        lost = true;
        if (cause != null) {
            error = new IOException("the socket is gone", cause);
        }
        receivers.wakeAll();
        senders.wakeAll();
        closings.wakeAll();
    }

    /* ---- asked by coroutines ---- */

    Datagram receive() throws IOException {
        throwError();
        while (inbox.isEmpty()) {
            requireOpen();
            awaitDatagram();
            throwError();
        }
        return inbox.remove();
    }

    /** Waits for a datagram or an error; who is cancelled when woken for one passes it on. */
    private void awaitDatagram() {
        var woken = false;
        try {
            receivers.await();
            woken = true;
        } finally {
            if (!woken && (!inbox.isEmpty() || error != null)) {
                receivers.wakeOne();
            }
        }
    }

    void send(byte[] data, @Nullable SocketAddress recipient) throws IOException {
        throwError();
        requireOpen();
        transport().send(data, 0, data.length, recipient);
        while (paused && !lost) {
            senders.await();
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
        receivers.wakeAll();
    }

    boolean isLost() {
        return lost;
    }

    void awaitLost() {
        while (!lost) {
            closings.await();
        }
    }
}
