package dev.asyncio4j.testing.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.ConnectRequest;
import dev.asyncio4j.net.spi.Layer;
import dev.asyncio4j.net.spi.ListenRequest;
import dev.asyncio4j.net.spi.ListeningSocket;
import dev.asyncio4j.net.spi.NetworkEngine;
import dev.asyncio4j.net.spi.TransportListener;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the loop of a {@link MemoryNetwork} connects and listens. */
final class MemoryEngine implements NetworkEngine {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final MemoryNetwork network;

    MemoryEngine(MemoryNetwork network) {
        this.network = network;
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        Asyncio.sleep(Duration.ZERO);
        return network.addressesOf(host);
    }

    @Override
    public ByteTransport connect(ConnectRequest request, TransportListener listener) throws IOException {
        EventLoop loop = begin(null);
        Future<ByteTransport> connected = loop.createFuture("a connection to " + request.remote());
        network.after(network.conditions().latency(), () -> arrive(request, listener, connected));
        try {
            return connected.await(IOException.class);
        } finally {
            connected.cancel();
        }
    }

    private EventLoop begin(@Nullable Layer layer) {
        if (layer != null) {
            throw new UnsupportedOperationException("a memory network carries plain connections only, and no " + layer);
        }
        EventLoop loop = Asyncio.getRunningLoop();
        network.serve(loop);
        return loop;
    }

    /** The request has arrived at the other side. */
    private void arrive(ConnectRequest request, TransportListener listener, Future<ByteTransport> connected) {
        SocketAddress remote = request.remote();
        if (!network.answers(remote) || connected.done()) {
            return;
        }
        MemoryListener listening = network.listenerAt(remote);
        if (listening == null) {
            var refused = new ConnectException("cannot connect to " + remote + ": connection refused");
            network.after(network.conditions().latency(), () -> fail(connected, refused));
        } else {
            listening.queue(() -> meet(request, listener, connected, listening));
        }
    }

    private static void fail(Future<ByteTransport> connected, IOException cause) {
        if (!connected.done()) {
            connected.setException(cause);
        }
    }

    /** There is room in the queue of those to be accepted. */
    private @Nullable MemoryTransport meet(
            ConnectRequest request,
            TransportListener listener,
            Future<ByteTransport> connected,
            MemoryListener listening) {
        if (connected.done()) {
            return null;
        }
        var link = new MemoryLink(network, network.conditions(), localAddress(request, listening), request.remote());
        network.add(link);
        network.after(link.conditions().latency(), () -> established(link, listener, connected));
        return link.server();
    }

    private @Nullable SocketAddress localAddress(ConnectRequest request, MemoryListener listening) {
        if (!(listening.localAddress() instanceof InetSocketAddress)) {
            return request.local();
        }
        InetSocketAddress wanted = (InetSocketAddress) request.local();
        InetAddress host = wanted == null ? LOOPBACK : wanted.getAddress();
        return new InetSocketAddress(
                host, wanted == null || wanted.getPort() == 0 ? network.freePort() : wanted.getPort());
    }

    private static void established(MemoryLink link, TransportListener listener, Future<ByteTransport> connected) {
        MemoryTransport client = link.client();
        if (connected.done()) {
            client.abort();
        } else {
            client.announce(listener);
            connected.setResult(client);
        }
    }

    @Override
    public ListeningSocket listen(
            ListenRequest request, Supplier<? extends TransportListener> connections, Consumer<Throwable> failures)
            throws BindException {
        begin(request.layer());
        Asyncio.sleep(Duration.ZERO);
        var listener = new MemoryListener(network, real(request.address()), request.backlog(), connections);
        if (!network.add(listener)) {
            throw new BindException("cannot listen on " + request.address() + ": address already in use");
        }
        return listener;
    }

    private SocketAddress real(SocketAddress wanted) {
        return wanted instanceof InetSocketAddress internet && internet.getPort() == 0
                ? new InetSocketAddress(internet.getAddress(), network.freePort())
                : wanted;
    }
}
