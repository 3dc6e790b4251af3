package dev.asyncio4j.net.internal;

import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.PacketListener;
import dev.asyncio4j.net.spi.PacketRequest;
import dev.asyncio4j.net.spi.PacketTransport;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A socket for datagrams that is being opened.
 *
 * <p><b>Threads.</b> The loop's own; started and abandoned by a coroutine, carried out on the raw thread.
 */
final class PacketOpening {
    private static final int LARGEST_DATAGRAM = 64 * 1024;

    private final NettyIoDriver driver;
    private final PacketRequest request;
    private final PacketListener listener;
    private final Future<PacketTransport> done;

    private @Nullable PacketSocket socket;
    private boolean abandoned;

    /**
     * Describes a socket.
     *
     * @param driver the loop's driver
     * @param request where, and how
     * @param listener hears of it
     * @param done completed when it is open, failed when it cannot be
     */
    PacketOpening(NettyIoDriver driver, PacketRequest request, PacketListener listener, Future<PacketTransport> done) {
        this.driver = driver;
        this.request = request;
        this.listener = listener;
        this.done = done;
    }

    /** Begins. */
    void start() {
        driver.submit(this::open);
    }

    /** Gives up: closes the socket, open or not. */
    void abandon() {
        abandoned = true;
        driver.submit(this::closeSocket);
    }

    private void open() {
        if (abandoned) {
            return;
        }
        PacketSocket made;
        try {
            made = driver.transport().newPacketSocket(request.local());
        } catch (UnsupportedOperationException e) {
            done.setException(e);
            return;
        } catch (IOException | RuntimeException e) { // no descriptor left, or no engine
            fail(SocketErrors.binding(request.local(), e));
            return;
        }
        socket = made;
        configure(made);
        driver.register(made.channel(), true);
        var transport = new PacketChannel(driver, made, listener, request.remote());
        made.channel().pipeline().addLast(transport.handler());
        if (isUnnamed(request.local())) {
            bound(null, transport);
        } else {
            var _ = made.channel()
                    .bind(driver.transport().toNetty(request.local()))
                    .addListener((ChannelFuture future) -> bound(future.cause(), transport));
        }
    }

    private void configure(PacketSocket made) {
        var config = made.channel().config();
        var readBuffer = driver.readBuffer();
        config.setRecvByteBufAllocator(
                readBuffer != null ? readBuffer : new FixedRecvByteBufAllocator(LARGEST_DATAGRAM));
        if (request.broadcast()) {
            config.setOption(ChannelOption.SO_BROADCAST, true);
        }
        if (request.reusePort()) {
            config.setOption(driver.transport().reusePort(), true);
        }
        if (isUnnamed(request.local())) {
            activateUnbound(made);
        }
    }

    @SuppressWarnings("deprecation") // Netty has no other way to read from a socket without a name
    private static void activateUnbound(PacketSocket made) {
        made.channel().config().setOption(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, true);
    }

    private static boolean isUnnamed(SocketAddress local) {
        return local instanceof UnixDomainSocketAddress unix
                && unix.getPath().toString().isEmpty();
    }

    private void bound(@Nullable Throwable cause, PacketChannel transport) {
        if (cause != null) {
            fail(SocketErrors.binding(request.local(), cause));
            return;
        }
        var remote = request.remote();
        try {
            if (remote != null) {
                Objects.requireNonNull(socket).connect(driver.transport().toNetty(remote));
            }
            transport.opened();
        } catch (IOException | RuntimeException e) {
            fail(remote == null ? SocketErrors.sending(e) : SocketErrors.pairing(remote, e));
            return;
        }
        if (done.done()) {
            closeSocket();
        } else {
            done.setResult(transport);
        }
    }

    private void fail(IOException failure) {
        closeSocket();
        if (!done.done()) {
            done.setException(failure);
        }
    }

    private void closeSocket() {
        if (socket != null) {
            var _ = socket.channel().close();
        }
    }
}
