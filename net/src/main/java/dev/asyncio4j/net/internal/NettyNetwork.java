package dev.asyncio4j.net.internal;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.AdoptRequest;
import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.ConnectRequest;
import dev.asyncio4j.net.spi.Layer;
import dev.asyncio4j.net.spi.ListenRequest;
import dev.asyncio4j.net.spi.ListeningSocket;
import dev.asyncio4j.net.spi.NetworkEngine;
import dev.asyncio4j.net.spi.PacketListener;
import dev.asyncio4j.net.spi.PacketRequest;
import dev.asyncio4j.net.spi.PacketTransport;
import dev.asyncio4j.net.spi.TransportListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sockets, made by Netty.
 *
 * <p><b>Threads.</b> The loop's own, in a task.
 */
final class NettyNetwork implements NetworkEngine {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final NettyIoDriver driver;

    NettyNetwork(NettyIoDriver driver) {
        this.driver = driver;
    }

    @Override
    public List<InetAddress> resolve(String host) throws IOException {
        return Asyncio.getRunningLoop()
                .runInExecutor(null, () -> List.of(InetAddress.getAllByName(host)))
                .await(IOException.class);
    }

    @Override
    public ByteTransport connect(ConnectRequest request, TransportListener listener) throws IOException {
        var loop = Asyncio.getRunningLoop();
        Netty.ensureLoaded(loop);
        return request.remote() instanceof UnixDomainSocketAddress unix
                ? connectUnix(unix, request, listener)
                : attempt(request, listener);
    }

    /**
     * Waits for a place in the queue of the server, as a connect that blocks does; the system has no event for that, and
     * so it is asked again and again.
     */
    private ByteTransport connectUnix(
            UnixDomainSocketAddress address, ConnectRequest request, TransportListener listener) throws IOException {
        UnixPaths.check(address, "connect to");
        for (var pause = FIRST_PAUSE; ; pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause) {
            try {
                return attempt(request, listener);
            } catch (IOException e) {
                if (!SocketErrors.isBacklogFull(e)) {
                    throw e;
                }
            }
            Asyncio.sleep(pause);
        }
    }

    private ByteTransport attempt(ConnectRequest request, TransportListener listener) throws IOException {
        Future<ByteTransport> connected = Asyncio.getRunningLoop().createFuture("a connection to " + request.remote());
        var attempt = new ConnectAttempt(driver, request, listener, connected);
        var established = false;
        attempt.start();
        try {
            var transport = await(connected);
            established = true;
            return transport;
        } finally {
            if (!established) {
                attempt.abandon();
            }
        }
    }

    @Override
    public ByteTransport adopt(AdoptRequest request, TransportListener listener) throws IOException {
        if (!(Asyncio.getRunningLoop() instanceof BaseEventLoop loop)) {
            throw new UnsupportedOperationException("nothing can be taken over by " + Asyncio.getRunningLoop());
        }
        Netty.ensureLoaded(loop);
        Future<ByteTransport> done = loop.createFuture("the take-over of " + request);
        var crossing = new Crossing(loop, driver, Asyncio.copyContext());
        var adoption = new Adoption(driver, crossing, request, listener, done);
        var complete = false;
        adoption.start();
        try {
            var transport = await(done);
            complete = true;
            return transport;
        } finally {
            if (!complete) {
                adoption.abandon();
            }
        }
    }

    /** What went wrong is told where it was asked for: on the raw thread, where it was found, no frame is the user's. */
    private static <T extends @Nullable Object> T await(Future<T> outcome) throws IOException {
        try {
            return outcome.await(IOException.class);
        } catch (IOException e) {
            e.fillInStackTrace();
            throw e;
        }
    }

    @Override
    public void startLayer(ByteTransport transport, Layer layer, byte[] received) throws IOException {
        if (!(transport instanceof SocketTransport socket)) {
            throw new UnsupportedOperationException("this network did not make " + transport.getClass());
        }
        Future<@Nullable Void> ready = Asyncio.getRunningLoop().createFuture("a layer on a connection");
        var started = false;
        socket.startLayer(Opening.known(layer), received, cause -> complete(ready, cause));
        try {
            await(ready);
            started = true;
        } finally {
            if (!started) {
                socket.abort();
            }
        }
    }

    private static void complete(Future<@Nullable Void> ready, @Nullable Throwable cause) {
        if (ready.done()) {
            return;
        }
        if (cause == null) {
            ready.setResult(null);
        } else {
            ready.setException(cause);
        }
    }

    @Override
    public ListeningSocket listen(
            ListenRequest request, Supplier<? extends TransportListener> connections, Consumer<Throwable> failures)
            throws IOException {
        var loop = Asyncio.getRunningLoop();
        Netty.ensureLoaded(loop);
        var acceptor = new Acceptor(loop, driver, request, connections, failures);
        Future<@Nullable Void> bound = loop.createFuture("a listening socket");
        var listening = false;
        try {
            acceptor.bind(bound);
            await(bound);
            listening = true;
            return acceptor;
        } finally {
            if (!listening) {
                acceptor.close();
            }
        }
    }

    @Override
    public PacketTransport openPackets(PacketRequest request, PacketListener listener) throws IOException {
        var loop = Asyncio.getRunningLoop();
        Netty.ensureLoaded(loop);
        Future<PacketTransport> opened = loop.createFuture("a socket for datagrams");
        var opening = new PacketOpening(driver, request, listener, opened);
        var complete = false;
        opening.start();
        try {
            var transport = await(opened);
            complete = true;
            return transport;
        } finally {
            if (!complete) {
                opening.abandon();
            }
        }
    }
}
