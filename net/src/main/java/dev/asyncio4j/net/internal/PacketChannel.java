package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.spi.GatheringTransport;
import dev.asyncio4j.net.spi.PacketListener;
import dev.asyncio4j.net.spi.PacketTransport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One socket for datagrams, with asyncio's rules of flow control (TR-7, DG-2 to DG-4).
 *
 * <p>Datagrams are copied once, gathered, and handed to the system when the loop's batch ends. {@link #bufferedBytes} counts
 * what the system has not taken yet.
 *
 * <p><b>Threads.</b> The loop's own, coroutines included, except where the raw thread is asked for.
 */
final class PacketChannel extends GatheringTransport implements PacketTransport {
    /*
     * As in SocketTransport, a coroutine changes fields and submits this, and carryOver() brings the changes to the channel.
     *
     * An empty datagram cannot go through the channel (see PacketSocket). It waits until the channel has sent all before it,
     * so that the order is kept.
     */

    /** A datagram that was not handed to the channel yet. */
    private record Outgoing(ByteBuf bytes, @Nullable SocketAddress recipient) {}

    /** Stands for a Unix domain socket without a path. */
    private static final SocketAddress UNNAMED = UnixDomainSocketAddress.of("");

    private final NettyIoDriver driver;
    private final PacketSocket socket;
    private final Channel channel;
    private final PacketListener listener;
    private final @Nullable SocketAddress remote;

    private final ArrayDeque<Outgoing> outgoing = new ArrayDeque<>(4);
    private int underWay; // handed to the channel and not taken by the system

    private boolean announced; // its listener knows of it
    private @Nullable SocketAddress local;

    PacketChannel(NettyIoDriver driver, PacketSocket socket, PacketListener listener, @Nullable SocketAddress remote) {
        this.driver = driver;
        this.socket = socket;
        this.channel = socket.channel();
        this.listener = listener;
        this.remote = remote;
    }

    /* ---- for its owner ---- */

    @Override
    public void send(byte[] source, int offset, int length, @Nullable SocketAddress recipient) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (closing || lost) {
            return;
        }
        outgoing.add(new Outgoing(copy(source, offset, length), recipient));
        wrote(length + OVERHEAD);
    }

    private ByteBuf copy(byte[] source, int offset, int length) {
        if (length == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        var bytes = length <= BlockPool.LARGE ? driver.blocks().take(length) : Unpooled.directBuffer(length, length);
        return bytes.writeBytes(source, offset, length);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return local;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    protected void runAfterBatch(Runnable carrying) {
        driver.submit(carrying);
    }

    @Override
    protected void pauseWriting() {
        listener.onPauseWriting();
    }

    /* ---- on the raw thread ---- */

    /** Hears of the channel. */
    ChannelInboundHandler handler() {
        return new Inbound();
    }

    /** Tells its listener that the socket is bound and, if it is to be, connected. */
    void opened() throws IOException {
        local = NettyTransport.fromNetty(socket.localAddress());
        announced = true;
        listener.onOpened(this);
    }

    @Override
    protected void carryOver() {
        if (aborting) {
            var _ = channel.close();
            return;
        }
        setAutoRead(!readingPaused && !closing);
        sendGathered();
        if (closing && marks.buffered() == 0) {
            var _ = channel.close();
        }
    }

    private void setAutoRead(boolean wanted) {
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    private void sendGathered() {
        for (var next = outgoing.peek(); next != null && !aborting; next = outgoing.peek()) {
            if (next.bytes().isReadable()) {
                handOver(outgoing.remove());
                continue;
            }
            channel.flush();
            if (underWay > 0) {
                return; // sent() comes back to it
            }
            sendEmpty(outgoing.remove());
        }
        channel.flush();
    }

    private void handOver(Outgoing datagram) {
        var size = datagram.bytes().readableBytes() + OVERHEAD;
        underWay++;
        var _ = channel.write(message(datagram)).addListener(written -> {
            underWay--;
            sent(size, written.cause());
        });
    }

    private Object message(Outgoing datagram) {
        return switch (recipient(datagram)) {
            case null -> datagram.bytes();
            case InetSocketAddress inet -> new DatagramPacket(datagram.bytes(), inet);
            case UnixDomainSocketAddress unix ->
                new DomainDatagramPacket(datagram.bytes(), (DomainSocketAddress) toNetty(unix));
            case SocketAddress other -> throw new IllegalStateException("a datagram cannot be sent to " + other);
        };
    }

    /** The peer is named, too: only so can several datagrams be sent by one call. Unix domain sockets object to that. */
    private @Nullable SocketAddress recipient(Outgoing datagram) {
        return datagram.recipient() != null || remote instanceof UnixDomainSocketAddress
                ? datagram.recipient()
                : remote;
    }

    private SocketAddress toNetty(SocketAddress address) {
        return driver.transport().toNetty(address);
    }

    private void sendEmpty(Outgoing datagram) {
        var recipient = recipient(datagram);
        @Nullable IOException error = null;
        try {
            socket.sendEmpty(recipient == null ? null : toNetty(recipient));
        } catch (IOException e) {
            error = e;
        }
        sent(OVERHEAD, error);
    }

    private void sent(int bytes, @Nullable Throwable error) {
        marks.remove(bytes);
        if (lost || !channel.isOpen()) {
            return;
        }
        if (error != null) {
            listener.onError(SocketErrors.sending(error));
        }
        if (marks.endPause()) {
            listener.onResumeWriting();
        }
        if (underWay == 0 && (closing || !outgoing.isEmpty())) {
            submit();
        }
    }

    private void dropGathered() {
        for (var next = outgoing.poll(); next != null; next = outgoing.poll()) {
            marks.remove(next.bytes().readableBytes() + OVERHEAD);
            next.bytes().release();
        }
    }

    private static SocketAddress sender(SocketAddress of) {
        var sender = NettyTransport.fromNetty(of);
        return sender == null ? UNNAMED : sender;
    }

    /** What the channel tells. */
    private final class Inbound extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var packet = (AddressedEnvelope<?, ?>) message;
            try {
                if (!closing) {
                    listener.onDatagram(((ByteBuf) packet.content()).nioBuffer(), sender(packet.sender()));
                }
            } finally {
                packet.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (closing) {
                return;
            }
            if (cause instanceof IOException) {
                listener.onError(SocketErrors.sending(cause));
            } else {
                abort(cause);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!lost) {
                lost = true;
                dropGathered();
                if (announced) {
                    listener.onLost(failure);
                }
            }
        }
    }
}
