package dev.asyncio4j.net;

import dev.asyncio4j.Context;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.WriteTransport.WriteBufferLimits;
import dev.asyncio4j.net.spi.PacketListener;
import dev.asyncio4j.net.spi.PacketTransport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket for datagrams that calls a protocol.
 *
 * <p><b>Threads.</b> Loop thread only; the {@code on…} methods on the raw thread, but {@link #onPauseWriting}.
 */
final class DatagramProtocolTransport implements DatagramTransport, PacketListener {
    /* As in ProtocolTransport, what is heard on the raw thread becomes callbacks, and the end is announced once. */

    private final EventLoop loop;
    private final Context context;
    private final Recipients recipients;
    private final PacketInbox inbox;

    private @Nullable PacketTransport carrier; // null before it is open
    private @Nullable DatagramProtocol protocol; // null before connectionMade
    private boolean started; // reading has begun (TR-1)
    private boolean deliveryScheduled;
    private boolean delivering; // a callback that receives is under way, maybe suspended
    private boolean writingPaused; // what the engine last said
    private boolean writingPausedTold; // what the protocol was last told
    private boolean closing;
    private boolean endScheduled; // announceLoss is in the queue
    private boolean endMissed; // announceLoss came while a callback was suspended
    private boolean aborting;
    private boolean carrierLost;
    private boolean ended; // the protocol knows that the socket is closed
    private @Nullable Throwable cause;

    DatagramProtocolTransport(EventLoop loop, Context context, Recipients recipients) {
        this.loop = loop;
        this.context = context;
        this.recipients = recipients;
        this.inbox = new PacketInbox();
    }

    EventLoop loop() {
        return loop;
    }

    private PacketTransport carrier() {
        return Objects.requireNonNull(carrier, "not open yet");
    }

    /** Begins to call a protocol: each step in an iteration's queue of its own right (TR-1). */
    void begin(DatagramProtocol first) {
        protocol = first;
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
    public void onOpened(PacketTransport opened) {
        carrier = opened;
        inbox.of(opened);
    }

    @Override
    public void onDatagram(ByteBuffer bytes, SocketAddress sender) {
        if (!closing) {
            inbox.add(bytes, sender);
            scheduleDelivery();
        }
    }

    @Override
    public void onError(IOException error) {
        if (!aborting) {
            loop.callSoon(() -> tellError(error), context);
        }
    }

    private void tellError(IOException error) {
        if (!ended) {
            var current = Objects.requireNonNull(protocol);
            guarded("errorReceived", () -> current.errorReceived(error));
        }
    }

    @Override
    public void onPauseWriting() { // heard by whoever sends
        writingPaused = true;
        if (!writingPausedTold) {
            writingPausedTold = true;
            var current = Objects.requireNonNull(protocol);
            guarded("pauseWriting", current::pauseWriting);
        }
    }

    @Override
    public void onResumeWriting() {
        writingPaused = false;
        loop.callSoon(this::tellResumed, context);
    }

    private void tellResumed() {
        if (writingPausedTold && !writingPaused && !ended) {
            writingPausedTold = false;
            var current = Objects.requireNonNull(protocol);
            guarded("resumeWriting", current::resumeWriting);
        }
    }

    @Override
    public void onLost(@Nullable Throwable reason) {
        carrierLost = true;
        if (cause == null && !aborting) {
            cause = reason;
        }
        scheduleEnd();
    }

    /* ---- receiving ---- */

    private boolean mayDeliver() {
        return started && !closing && !inbox.isEmpty();
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
                var datagram = inbox.remove();
                var current = Objects.requireNonNull(protocol);
                guarded("datagramReceived", () -> current.datagramReceived(datagram.data(), datagram.sender()));
            }
        } finally {
            delivering = false;
        }
        if (endMissed) {
            endMissed = false;
            loop.callSoon(this::announceLoss, context);
        }
    }

    /* ---- asked by its owner ---- */

    @Override
    public void sendTo(byte[] data) {
        carrier().send(data, 0, data.length, recipients.choose());
    }

    @Override
    public void sendTo(byte[] data, SocketAddress recipient) {
        carrier().send(data, 0, data.length, recipients.choose(recipient));
    }

    @Override
    public void setWriteBufferLimits(int high, int low) {
        carrier().setWriteBufferLimits(high, low);
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return new WriteBufferLimits(carrier().lowWater(), carrier().highWater());
    }

    @Override
    public long getWriteBufferSize() {
        return carrierLost ? 0 : carrier().bufferedBytes();
    }

    @Override
    public Optional<Object> getExtraInfo(String name) {
        return switch (name) {
            case "sockname" -> Optional.ofNullable(carrier().localAddress());
            case "peername" -> Optional.ofNullable(carrier().remoteAddress());
            default -> Optional.empty();
        };
    }

    @Override
    public boolean isClosing() {
        return closing || carrierLost;
    }

    @Override
    public void close() {
        if (!closing) {
            stopReceiving();
            carrier().close();
            scheduleEnd();
        }
    }

    @Override
    public void abort() {
        if (!ended) {
            stopReceiving();
            if (!aborting) {
                aborting = true;
                carrier().abort(null);
            }
            scheduleEnd();
        }
    }

    private void stopReceiving() {
        closing = true;
        inbox.clear();
    }

    @Override
    public void setProtocol(BaseProtocol<?> next) {
        if (!(next instanceof DatagramProtocol datagrams)) {
            throw new IllegalArgumentException("a socket for datagrams calls a DatagramProtocol, not " + next);
        }
        protocol = datagrams;
    }

    @Override
    public DatagramProtocol getProtocol() {
        return Objects.requireNonNull(protocol, "not open yet");
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
        if (!carrierLost && !aborting && carrier().bufferedBytes() > 0) {
            endScheduled = false; // there is more to send: onLost() comes back to it
            return;
        }
        ended = true;
        stopReceiving();
        var current = protocol;
        if (current != null) {
            guarded("connectionLost", () -> current.connectionLost(cause));
        }
    }

    /* ---- errors ---- */

    private void guarded(String name, ProtocolCalls.Callback callback) {
        ProtocolCalls.guarded(loop, this, name, callback);
    }

    @Override
    public String toString() {
        var remote = recipients.remote() == null ? "anybody" : recipients.remote();
        return "DatagramTransport[" + (carrier == null ? "not open" : carrier.localAddress() + " -> " + remote)
                + (closing || carrierLost ? ", closing" : "") + "]";
    }
}
