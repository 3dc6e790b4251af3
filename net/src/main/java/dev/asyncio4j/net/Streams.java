package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.net.spi.AdoptRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

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
     * <p>The addresses of the host are tried one after the other, or as {@link ConnectOptions#withHappyEyeballs} says. Names
     * are looked up on the default executor.
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
     * @throws TlsException if one side refused the other's certificate, name or protocol
     * @throws ConnectionAbortedException if the handshake took too long
     * @throws ConnectionResetException if the peer left during the handshake
     * @throws ExceptionGroup instead of those of connecting if {@link ConnectOptions#allErrors} was asked for
     */
    public static Connection openConnection(String host, int port, ConnectOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        return new Connection(
                Connecting.connect(loop, host, port, options, () -> new StreamLink(loop, options.limit())));
    }

    /**
     * Connects to a server on this machine through a Unix domain socket. Suspends until connected, also while too many
     * connections wait to be accepted there.
     *
     * <p><b>Cancellation.</b> Closes the attempt under way.
     *
     * <p><b>Example.</b>
     *
     * {@snippet class="dev.asyncio4j.snippets.HowToTest" region="unix"}
     *
     * @param path the file of the server's socket
     * @return the connection; close it
     * @throws java.io.FileNotFoundException if there is no such file
     * @throws ConnectException if nobody listens there
     * @throws IOException if it fails otherwise, for want of permission too
     */
    public static Connection openUnixConnection(Path path) throws IOException {
        return openUnixConnection(path, ConnectOptions.DEFAULT);
    }

    /**
     * Connects through a Unix domain socket, as {@link #openUnixConnection(Path)} does.
     *
     * @param path the file of the server's socket
     * @param options how
     * @return the connection; close it
     * @throws java.io.FileNotFoundException if there is no such file
     * @throws ConnectException if nobody listens there
     * @throws IOException if it fails otherwise, for want of permission too
     * @throws IllegalArgumentException if the options are of internet addresses only
     */
    public static Connection openUnixConnection(Path path, ConnectOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        return new Connection(Connecting.connectUnix(loop, path, options, new StreamLink(loop, options.limit())));
    }

    /* ---- what is open already ---- */

    /**
     * Makes a connection of a socket that is connected already, as {@link #openConnection(SocketChannel, ConnectOptions)}
     * does.
     *
     * @param socket a socket that is connected, also a Unix domain one; from now on the connection's
     * @return the connection; close it
     * @throws IOException if the socket is closed
     * @throws IllegalArgumentException if it is not connected, or another connection's
     */
    public static Connection openConnection(SocketChannel socket) throws IOException {
        return openConnection(socket, ConnectOptions.DEFAULT);
    }

    /**
     * Makes a connection of a socket that is connected already: asyncio's {@code open_connection} with {@code sock}. It may
     * have been connected or accepted, by {@link Sockets} or another library. Suspends until it is taken over.
     *
     * <p>The socket is made non-blocking, and belongs to the connection from now on: nobody else reads, writes or closes it.
     * A thread waits for it, so a connection that is opened here from the beginning is faster.
     *
     * <p><b>Cancellation.</b> Closes the socket.
     *
     * @param socket a socket that is connected, also a Unix domain one
     * @param options how; with TLS as the client, whose certificate is expected
     *     ({@link TlsOptions#withServerHostname})
     * @return the connection; close it
     * @throws TlsException if one side refused the other's certificate, name or protocol; the socket is closed then
     * @throws ConnectionAbortedException if the handshake took too long; the socket is closed then
     * @throws ConnectionResetException if the peer left during the handshake
     * @throws IOException if the socket is closed
     * @throws IllegalArgumentException if it is not connected, or another connection's, or an option is for connecting
     */
    public static Connection openConnection(SocketChannel socket, ConnectOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        return new Connection(Adopting.client(loop, socket, options, new StreamLink(loop, options.limit())));
    }

    /**
     * Makes a connection of two pipes: what it reads comes out of one, what it writes goes into the other. Suspends until
     * they are taken over.
     *
     * <p>Both are made non-blocking, and belong to the connection from now on. {@link StreamWriter#writeEof} closes the
     * second.
     *
     * <p><b>Cancellation.</b> Closes both.
     *
     * @param source what to read
     * @param sink where to write
     * @return the connection; close it
     * @throws IOException if one is closed
     * @throws IllegalArgumentException if one is another connection's
     */
    public static Connection openPipes(Pipe.SourceChannel source, Pipe.SinkChannel sink) throws IOException {
        return openPipes(new AdoptRequest(source, sink), ConnectOptions.DEFAULT);
    }

    /**
     * Makes a connection of two streams, such as {@link System#in} and {@link System#out}. Suspends until they are taken
     * over.
     *
     * <p>A thread reads the one and another writes the other, and the loop goes on meanwhile. What is written counts as
     * unsent until the stream has taken it. A read that is under way when the connection is closed goes on until
     * something comes, which is lost, unless closing the stream ends it. The streams of {@link System} are not closed.
     *
     * <p><b>Cancellation.</b> Closes both.
     *
     * <p><b>Example.</b> A program that answers each line of its input:
     *
     * {@snippet class="dev.asyncio4j.snippets.PipesTest" region="stdio"}
     *
     * @param source what to read
     * @param sink where to write
     * @return the connection; close it
     * @throws IOException if it cannot be done
     * @throws IllegalArgumentException if one is another connection's
     */
    public static Connection openPipes(InputStream source, OutputStream sink) throws IOException {
        return openPipes(source, sink, ConnectOptions.DEFAULT);
    }

    /**
     * Makes a connection of two streams, as {@link #openPipes(InputStream, OutputStream)} does.
     *
     * @param source what to read
     * @param sink where to write
     * @param options the limit; nothing else of it is for pipes
     * @return the connection; close it
     * @throws IOException if it cannot be done
     * @throws IllegalArgumentException if one is another connection's, or an option is for something else
     */
    public static Connection openPipes(InputStream source, OutputStream sink, ConnectOptions options)
            throws IOException {
        return openPipes(new AdoptRequest(source, sink), options);
    }

    /**
     * Makes a connection of a pipe to read from. Suspends until it is taken over. Writing fails with
     * {@link UnsupportedOperationException}.
     *
     * <p>The pipe is made non-blocking, and belongs to the connection from now on, which closes at its end.
     *
     * <p><b>Cancellation.</b> Closes the pipe.
     *
     * @param source what to read
     * @return the connection; close it
     * @throws IOException if the pipe is closed
     * @throws IllegalArgumentException if it is another connection's
     */
    public static Connection openReadPipe(Pipe.SourceChannel source) throws IOException {
        return openPipes(new AdoptRequest(source, null), ConnectOptions.DEFAULT);
    }

    /**
     * Makes a connection of a stream to read from, as {@link #openPipes(InputStream, OutputStream)} does of two. Suspends
     * until it is taken over. Writing fails with {@link UnsupportedOperationException}.
     *
     * @param source what to read
     * @return the connection; close it
     * @throws IOException if it cannot be done
     * @throws IllegalArgumentException if the stream is another connection's
     */
    public static Connection openReadPipe(InputStream source) throws IOException {
        return openReadPipe(source, ConnectOptions.DEFAULT);
    }

    /**
     * Makes a connection of a stream to read from, as {@link #openReadPipe(InputStream)} does.
     *
     * @param source what to read
     * @param options the limit; nothing else of it is for pipes
     * @return the connection; close it
     * @throws IOException if it cannot be done
     * @throws IllegalArgumentException if the stream is another connection's, or an option is for something else
     */
    public static Connection openReadPipe(InputStream source, ConnectOptions options) throws IOException {
        return openPipes(new AdoptRequest(source, null), options);
    }

    /**
     * Makes a connection of a pipe to write to. Suspends until it is taken over. Its reader is at the end at once.
     *
     * <p>The pipe is made non-blocking, and belongs to the connection from now on. That nobody reads any more is found out by
     * the next write.
     *
     * <p><b>Cancellation.</b> Closes the pipe.
     *
     * @param sink where to write
     * @return the connection; close it
     * @throws IOException if the pipe is closed
     * @throws IllegalArgumentException if it is another connection's
     */
    public static Connection openWritePipe(Pipe.SinkChannel sink) throws IOException {
        return openWritePipe(new AdoptRequest(null, sink));
    }

    /**
     * Makes a connection of a stream to write to, as {@link #openPipes(InputStream, OutputStream)} does of two. Suspends
     * until it is taken over. Its reader is at the end at once.
     *
     * @param sink where to write
     * @return the connection; close it
     * @throws IOException if it cannot be done
     * @throws IllegalArgumentException if the stream is another connection's
     */
    public static Connection openWritePipe(OutputStream sink) throws IOException {
        return openWritePipe(new AdoptRequest(null, sink));
    }

    private static Connection openWritePipe(AdoptRequest request) throws IOException {
        var connection = openPipes(request, ConnectOptions.DEFAULT);
        connection.reader().feedEof();
        return connection;
    }

    private static Connection openPipes(AdoptRequest request, ConnectOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        return new Connection(Adopting.pipes(loop, request, options, new StreamLink(loop, options.limit())));
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
        return startServer(handler, List.of(host), port, options);
    }

    /**
     * Starts a server at several addresses, as {@link #startServer(ConnectionHandler, String, int)} does at one.
     *
     * <p>An address that this machine does not have is passed over, unless it has none of them (CN-7).
     *
     * @param handler serves one connection
     * @param hosts names or addresses of this machine, one or more; an address that occurs twice is one
     * @param port the port of all; 0 for any, one for each address
     * @param options how
     * @return the server; close it
     * @throws IOException if it cannot listen at one of them
     */
    public static Server startServer(ConnectionHandler handler, List<String> hosts, int port, ServerOptions options)
            throws IOException {
        return start(new ServedConnection.Closing(handler), hosts, port, options);
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
        return startServer(handler, List.of(host), port, options);
    }

    /**
     * Starts a server at several addresses as asyncio does, as {@link #startServer(StreamHandler, String, int)} does at one.
     *
     * @param handler serves one connection, and closes its writer
     * @param hosts names or addresses of this machine, one or more; an address that occurs twice is one
     * @param port the port of all; 0 for any, one for each address
     * @param options how
     * @return the server; close it
     * @throws IOException if it cannot listen at one of them
     */
    public static Server startServer(StreamHandler handler, List<String> hosts, int port, ServerOptions options)
            throws IOException {
        return start(new ServedConnection.LeftOpen(handler), hosts, port, options);
    }

    /**
     * Starts a server at a Unix domain socket, whose connections are closed when their handler returns. Suspends until it
     * listens.
     *
     * <p>The server makes the file, and removes it when it is closed, or when its loop is, unless somebody has put another
     * in its place. A socket's file that lies there before is taken for a left-over and replaced; any other file is not
     * touched (CN-9).
     *
     * @param handler serves one connection
     * @param path where the file of the socket is to be; its name has at most about a hundred bytes, its folders
     *     included
     * @return the server; close it
     * @throws java.net.BindException if there is a file that is no socket, or no right to make one
     * @throws IOException if it cannot listen there otherwise
     */
    public static Server startUnixServer(ConnectionHandler handler, Path path) throws IOException {
        return startUnixServer(handler, path, ServerOptions.DEFAULT);
    }

    /**
     * Starts a server at a Unix domain socket, as {@link #startUnixServer(ConnectionHandler, Path)} does.
     *
     * @param handler serves one connection
     * @param path where the file of the socket is to be
     * @param options how
     * @return the server; close it
     * @throws java.net.BindException if there is a file that is no socket, or no right to make one
     * @throws IOException if it cannot listen there otherwise
     * @throws IllegalArgumentException if the options are of internet addresses only
     */
    public static Server startUnixServer(ConnectionHandler handler, Path path, ServerOptions options)
            throws IOException {
        return startUnix(new ServedConnection.Closing(handler), path, options);
    }

    /**
     * Starts a server at a Unix domain socket as asyncio does, as {@link #startUnixServer(ConnectionHandler, Path)}: a
     * connection stays open when its handler returns (SW-7). Suspends until it listens.
     *
     * @param handler serves one connection, and closes its writer
     * @param path where the file of the socket is to be
     * @return the server; close it
     * @throws java.net.BindException if there is a file that is no socket, or no right to make one
     * @throws IOException if it cannot listen there otherwise
     */
    public static Server startUnixServer(StreamHandler handler, Path path) throws IOException {
        return startUnixServer(handler, path, ServerOptions.DEFAULT);
    }

    /**
     * Starts a server at a Unix domain socket as asyncio does, as {@link #startUnixServer(StreamHandler, Path)}.
     *
     * @param handler serves one connection, and closes its writer
     * @param path where the file of the socket is to be
     * @param options how
     * @return the server; close it
     * @throws java.net.BindException if there is a file that is no socket, or no right to make one
     * @throws IOException if it cannot listen there otherwise
     * @throws IllegalArgumentException if the options are of internet addresses only
     */
    public static Server startUnixServer(StreamHandler handler, Path path, ServerOptions options) throws IOException {
        return startUnix(new ServedConnection.LeftOpen(handler), path, options);
    }

    private static Server startUnix(ServedConnection.Service service, Path path, ServerOptions options)
            throws IOException {
        var loop = Asyncio.getRunningLoop();
        return Listening.startUnix(loop, server(loop, service, options), path, options);
    }

    private static Server start(ServedConnection.Service service, List<String> hosts, int port, ServerOptions options)
            throws IOException {
        Ports.check(port, 0);
        var loop = Asyncio.getRunningLoop();
        return Listening.start(loop, server(loop, service, options), hosts, port, options);
    }

    private static Server server(EventLoop loop, ServedConnection.Service service, ServerOptions options) {
        var context = Listening.currentContext();
        return new Server(loop, server -> new ServedConnection(loop, options.limit(), server, service, context));
    }
}
