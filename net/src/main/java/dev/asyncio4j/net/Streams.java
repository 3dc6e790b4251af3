package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.ExceptionGroup;
import java.io.IOException;
import java.net.ConnectException;

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
        var loop = Asyncio.getRunningLoop();
        return new Connection(
                Connecting.connect(loop, host, port, options, () -> new StreamLink(loop, options.limit())));
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
        Ports.check(port, 0);
        var loop = Asyncio.getRunningLoop();
        var context = Listening.currentContext();
        return Listening.start(
                loop,
                new Server(loop, server -> new ServedConnection(loop, options.limit(), server, service, context)),
                host,
                port,
                options);
    }
}
