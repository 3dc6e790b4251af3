package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Context;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.spi.Layer;
import dev.asyncio4j.net.spi.ListenRequest;
import dev.asyncio4j.net.spi.ListeningSocket;
import dev.asyncio4j.net.spi.NetworkEngine;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes servers listen, for streams and for protocols. */
final class Listening {

    private Listening() {}

    static Server start(EventLoop loop, Server server, List<String> hosts, int port, ServerOptions options)
            throws IOException {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a server needs a host to listen at");
        }
        if (options.permissions() != null) {
            throw new IllegalArgumentException("only the file of a Unix domain socket has permissions");
        }
        var network = Networks.of(loop);
        return start(loop, network, server, localAddresses(network, hosts, port), options);
    }

    static Server startUnix(EventLoop loop, Server server, Path path, ServerOptions options) throws IOException {
        if (options.reusePort() || options.keepAlive()) {
            throw new IllegalArgumentException("reusePort and keepAlive are of internet addresses only: " + options);
        }
        return start(loop, Networks.of(loop), server, List.of(UnixDomainSocketAddress.of(path)), options);
    }

    private static Server start(
            EventLoop loop,
            NetworkEngine network,
            Server server,
            List<? extends SocketAddress> addresses,
            ServerOptions options)
            throws IOException {
        try {
            var layer = options.tls() == null ? null : options.tls().serverLayer(loop);
            server.listen(bindAll(network, server, addresses, options, layer));
        } finally {
            if (!server.isListening()) {
                server.close();
            }
        }
        if (options.startServing()) {
            server.startServing();
        }
        return server;
    }

    /** Returns a copy of the context of whoever starts a server or connects (TR-16). */
    static Context currentContext() {
        return Asyncio.currentTask().map(task -> task.context().copy()).orElseGet(Context::new);
    }

    /** Each address once; a wildcard takes connections of both kinds, and so one is enough (CN-7). */
    private static List<InetSocketAddress> localAddresses(NetworkEngine network, List<String> hosts, int port)
            throws IOException {
        var addresses = new LinkedHashSet<InetSocketAddress>();
        for (var host : hosts) {
            if (host.isEmpty()) {
                addresses.add(new InetSocketAddress(port));
            } else {
                for (var address : Networks.resolve(network, host)) {
                    addresses.add(
                            address.isAnyLocalAddress()
                                    ? new InetSocketAddress(port)
                                    : new InetSocketAddress(address, port));
                }
            }
        }
        return List.copyOf(addresses);
    }

    /** Binds what can be bound; an address that this machine does not have is passed over (CN-7). */
    private static List<ListeningSocket> bindAll(
            NetworkEngine network,
            Server server,
            List<? extends SocketAddress> addresses,
            ServerOptions options,
            @Nullable Layer layer)
            throws IOException {
        var bound = new ArrayList<ListeningSocket>();
        @Nullable IOException skipped = null;
        var complete = false;
        try {
            for (var address : addresses) {
                var request = request(address, options).withLayer(layer);
                try {
                    bound.add(network.listen(request, server::newConnection, server::acceptFailed));
                } catch (BindException e) {
                    if (!isMissingAddress(e)) {
                        throw e;
                    }
                    skipped = e;
                }
            }
            if (bound.isEmpty()) {
                throw Objects.requireNonNull(skipped);
            }
            complete = true;
            return bound;
        } finally {
            if (!complete) {
                bound.forEach(ListeningSocket::close);
            }
        }
    }

    private static ListenRequest request(SocketAddress address, ServerOptions options) {
        return new ListenRequest(address)
                .withBacklog(options.backlog())
                .withSocketOptions(options.reuseAddress(), options.reusePort(), options.keepAlive())
                .withSocketFile(options.cleanupSocket(), options.permissions());
    }

    private static boolean isMissingAddress(BindException failure) {
        return String.valueOf(failure.getMessage()).contains("annot assign requested address");
    }
}
