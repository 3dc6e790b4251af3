package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Context;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.net.spi.ConnectRequest;
import dev.asyncio4j.net.spi.ListenRequest;
import dev.asyncio4j.net.spi.ListeningSocket;
import dev.asyncio4j.net.spi.NetworkEngine;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Connections and servers for straight-line code. Read {@link #openConnection} and {@link #startServer} first.
 *
 * <p><b>Threads.</b> Inside a task of a running loop only.
 *
 * <p><b>Example.</b> An echo server and its client:
 *
 * {@snippet :
 * try (var server = Streams.startServer(
 *         connection -> {
 *             for (var line : connection.reader()) {
 *                 connection.write(line);
 *             }
 *         },
 *         "127.0.0.1",
 *         8888)) {
 *     server.serveForever();
 * }
 * }
 */
public final class Streams {
    private static final int MAX_PORT = 65_535;

    private Streams() {}

    /* ---- connecting ---- */

    /**
     * Connects to a server. Suspends until connected.
     *
     * <p>The addresses of the host are tried one after the other. Names are looked up on the default executor.
     *
     * <p><b>Cancellation.</b> Closes the attempt under way.
     *
     * @param host a name or an address
     * @param port the port
     * @return the connection; close it
     * @throws java.net.UnknownHostException if the name has no address
     * @throws ConnectException if no address accepts
     * @throws IOException if it fails otherwise
     */
    public static Connection openConnection(String host, int port) throws IOException {
        return openConnection(host, port, ConnectOptions.DEFAULT);
    }

    /**
     * Connects to a server, as {@link #openConnection(String, int)} does.
     *
     * @param host a name or an address
     * @param port the port
     * @param options how
     * @return the connection; close it
     * @throws java.net.UnknownHostException if the name has no address
     * @throws ConnectException if no address accepts
     * @throws IOException if it fails otherwise
     * @throws ExceptionGroup instead of the above if {@link ConnectOptions#allErrors} was asked for
     */
    public static Connection openConnection(String host, int port, ConnectOptions options) throws IOException {
        checkPort(port, 1);
        var loop = Asyncio.getRunningLoop();
        var network = Networks.of(loop);
        var failures = new ArrayList<IOException>();
        for (var address : Networks.resolve(network, host)) {
            try {
                return connect(loop, network, new InetSocketAddress(address, port), options);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (options.allErrors()) {
            throw new ExceptionGroup("cannot connect to " + host + ":" + port, List.copyOf(failures));
        }
        throw combined(failures);
    }

    private static Connection connect(
            EventLoop loop, NetworkEngine network, InetSocketAddress address, ConnectOptions options)
            throws IOException {
        var link = new StreamLink(loop, options.limit());
        network.connect(new ConnectRequest(address, options.localAddress(), null), link);
        return new Connection(link);
    }

    /** One error for several attempts (CN-2). */
    private static IOException combined(List<IOException> failures) {
        var first = failures.getFirst();
        var texts = failures.stream().map(Throwable::getMessage).distinct().toList();
        if (texts.size() == 1) {
            return first;
        }
        var text = texts.stream().collect(Collectors.joining("; ", "several attempts failed: ", ""));
        var all = failures.stream().allMatch(ConnectException.class::isInstance)
                ? new ConnectException(text)
                : new IOException(text);
        failures.forEach(all::addSuppressed);
        return all;
    }

    /* ---- serving ---- */

    /**
     * Starts a server whose connections are closed when their handler returns. Suspends until it listens.
     *
     * <p>Each connection is served in a task of its own. What a handler throws goes to the loop's exception handler.
     *
     * @param handler serves one connection
     * @param host a name or an address of this machine; empty for all
     * @param port the port; 0 for any, which {@link Server#sockets} tells
     * @return the server; close it
     * @throws IOException if it cannot listen there
     */
    public static Server startServer(ConnectionHandler handler, String host, int port) throws IOException {
        return startServer(handler, host, port, ServerOptions.DEFAULT);
    }

    /**
     * Starts a server, as {@link #startServer(ConnectionHandler, String, int)} does.
     *
     * @param handler serves one connection
     * @param host a name or an address of this machine; empty for all
     * @param port the port; 0 for any, which {@link Server#sockets} tells
     * @param options how
     * @return the server; close it
     * @throws IOException if it cannot listen there
     */
    public static Server startServer(ConnectionHandler handler, String host, int port, ServerOptions options)
            throws IOException {
        return start(new ServedConnection.Closing(handler), host, port, options);
    }

    /**
     * Starts a server as asyncio does: a connection stays open when its handler returns (SW-7). Suspends until it listens.
     *
     * @param handler serves one connection, and closes its writer
     * @param host a name or an address of this machine; empty for all
     * @param port the port; 0 for any, which {@link Server#sockets} tells
     * @return the server; close it
     * @throws IOException if it cannot listen there
     */
    public static Server startServer(StreamHandler handler, String host, int port) throws IOException {
        return startServer(handler, host, port, ServerOptions.DEFAULT);
    }

    /**
     * Starts a server as asyncio does, as {@link #startServer(StreamHandler, String, int)}.
     *
     * @param handler serves one connection, and closes its writer
     * @param host a name or an address of this machine; empty for all
     * @param port the port; 0 for any, which {@link Server#sockets} tells
     * @param options how
     * @return the server; close it
     * @throws IOException if it cannot listen there
     */
    public static Server startServer(StreamHandler handler, String host, int port, ServerOptions options)
            throws IOException {
        return start(new ServedConnection.LeftOpen(handler), host, port, options);
    }

    private static Server start(ServedConnection.Service service, String host, int port, ServerOptions options)
            throws IOException {
        checkPort(port, 0);
        var loop = Asyncio.getRunningLoop();
        var network = Networks.of(loop);
        var server = new Server(loop, currentContext(), service, options);
        try {
            server.listen(bindAll(network, server, localAddresses(network, host, port), options));
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

    private static Context currentContext() {
        return Asyncio.currentTask().map(task -> task.context().copy()).orElseGet(Context::new);
    }

    private static List<InetSocketAddress> localAddresses(NetworkEngine network, String host, int port)
            throws IOException {
        return host.isEmpty()
                ? List.of(new InetSocketAddress(port))
                : Networks.resolve(network, host).stream()
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
    }

    /** Binds what can be bound; an address that this machine does not have is passed over (CN-7). */
    private static List<ListeningSocket> bindAll(
            NetworkEngine network, Server server, List<InetSocketAddress> addresses, ServerOptions options)
            throws IOException {
        var bound = new ArrayList<ListeningSocket>();
        @Nullable IOException skipped = null;
        var complete = false;
        try {
            for (var address : addresses) {
                var request = new ListenRequest(address).withBacklog(options.backlog());
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

    private static boolean isMissingAddress(BindException failure) {
        return String.valueOf(failure.getMessage()).contains("annot assign requested address");
    }

    private static void checkPort(int port, int lowest) {
        if (port < lowest || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is between " + lowest + " and " + MAX_PORT + ", not " + port);
        }
    }
}
