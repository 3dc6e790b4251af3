package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.AdoptRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections and servers for protocols: the form in which bytes are pushed into callbacks. For straight-line code there are
 * {@link Streams}.
 *
 * <p><b>Threads.</b> Inside a task of a running loop only.
 *
 * <p><b>Example.</b> A protocol, its server and a client:
 *
 * {@snippet class="dev.asyncio4j.snippets.ProtocolTest" region="echo-protocol"}
 */
public final class Network {

    private Network() {}

    /**
     * Connects a protocol to a server. Suspends until connected.
     *
     * <p>The addresses of the host are tried one after the other, or as {@link ConnectOptions#withHappyEyeballs} says. Names
     * are looked up on the default executor.
     *
     * <p><b>Order.</b> {@link BaseProtocol#connectionMade} is called before any data and before this returns (TR-1).
     *
     * <p><b>Cancellation.</b> Closes the attempt under way, or the connection just made.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol, once connected; what it throws closes the connection and is thrown here
     * @param host a name or an address
     * @param port the port
     * @return transport and protocol
     * @throws java.net.UnknownHostException if the name has no address
     * @throws java.net.ConnectException if no address accepts
     * @throws IOException if it fails otherwise
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> createConnection(
            Supplier<P> protocolFactory, String host, int port) throws IOException {
        return createConnection(protocolFactory, host, port, ConnectOptions.DEFAULT);
    }

    /**
     * Connects a protocol to a server, as {@link #createConnection(Supplier, String, int)} does.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol, once connected; what it throws closes the connection and is thrown here
     * @param host a name or an address
     * @param port the port
     * @param options how; the limit is for streams only
     * @return transport and protocol
     * @throws java.net.UnknownHostException if the name has no address
     * @throws java.net.ConnectException if no address accepts
     * @throws IOException if it fails otherwise
     * @throws TlsException if one side refused the other's certificate, name or protocol
     * @throws ConnectionAbortedException if the handshake took too long
     * @throws ConnectionResetException if the peer left during the handshake
     * @throws dev.asyncio4j.ExceptionGroup instead of those of connecting if {@link ConnectOptions#allErrors} was asked for
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> createConnection(
            Supplier<P> protocolFactory, String host, int port, ConnectOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        var context = Listening.currentContext();
        var transport =
                Connecting.connect(loop, host, port, options, () -> new ProtocolTransport(loop, context.copy()));
        return connected(transport, protocolFactory);
    }

    /**
     * Connects a protocol to a server on this machine through a Unix domain socket. Suspends until connected, also while
     * too many connections wait to be accepted there.
     *
     * <p><b>Cancellation.</b> Closes the attempt under way, or the connection just made.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol, once connected; what it throws closes the connection and is thrown here
     * @param path the file of the server's socket
     * @return transport and protocol
     * @throws java.io.FileNotFoundException if there is no such file
     * @throws java.net.ConnectException if nobody listens there
     * @throws IOException if it fails otherwise, for want of permission too
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> createUnixConnection(
            Supplier<P> protocolFactory, Path path) throws IOException {
        return createUnixConnection(protocolFactory, path, ConnectOptions.DEFAULT);
    }

    /**
     * Connects a protocol through a Unix domain socket, as {@link #createUnixConnection(Supplier, Path)} does.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol, once connected; what it throws closes the connection and is thrown here
     * @param path the file of the server's socket
     * @param options how; the limit is for streams only
     * @return transport and protocol
     * @throws java.io.FileNotFoundException if there is no such file
     * @throws java.net.ConnectException if nobody listens there
     * @throws IOException if it fails otherwise, for want of permission too
     * @throws IllegalArgumentException if the options are of internet addresses only
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> createUnixConnection(
            Supplier<P> protocolFactory, Path path, ConnectOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        var context = Listening.currentContext();
        var transport = Connecting.connectUnix(loop, path, options, new ProtocolTransport(loop, context.copy()));
        return connected(transport, protocolFactory);
    }

    /**
     * Gives a protocol to a socket that is connected already: asyncio's {@code create_connection} with {@code sock}, as
     * {@link #createConnection(Supplier, SocketChannel, ConnectOptions)} does.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol; what it throws closes the socket and is thrown here
     * @param socket a socket that is connected, also a Unix domain one; from now on the transport's
     * @return transport and protocol
     * @throws IOException if it is closed
     * @throws IllegalArgumentException if it is not connected, or another transport's
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> createConnection(
            Supplier<P> protocolFactory, SocketChannel socket) throws IOException {
        return createConnection(protocolFactory, socket, ConnectOptions.DEFAULT);
    }

    /**
     * Gives a protocol to a socket that is connected already, as the client's end. Suspends until the protocol has started.
     *
     * <p>The socket is made non-blocking, and belongs to the transport from now on: nobody else reads, writes or closes it.
     * A thread waits for it, so one that {@link #createConnection(Supplier, String, int)} opens is faster.
     *
     * <p><b>Cancellation.</b> Closes the socket.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol; what it throws closes the socket and is thrown here
     * @param socket a socket that is connected, also a Unix domain one
     * @param options how; with TLS, the name that the server's certificate must be for
     * @return transport and protocol
     * @throws TlsException if one side refused the other's certificate, name or protocol; the socket is closed then
     * @throws ConnectionAbortedException if the handshake took too long; the socket is closed then
     * @throws ConnectionResetException if the peer left during the handshake
     * @throws IOException if the socket is closed
     * @throws IllegalArgumentException if it is not connected, or another transport's, or an option is for connecting
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> createConnection(
            Supplier<P> protocolFactory, SocketChannel socket, ConnectOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        var transport = new ProtocolTransport(loop, Listening.currentContext());
        return connected(Adopting.client(loop, socket, options, transport), protocolFactory);
    }

    /**
     * Gives a protocol to a socket that was accepted elsewhere, such as by {@link Sockets#sockAccept} or another library.
     * Suspends until the protocol has started.
     *
     * <p>The socket is made non-blocking, and belongs to the transport from now on: nobody else reads, writes or closes it.
     *
     * <p><b>Cancellation.</b> Closes the socket.
     *
     * <p><b>Example.</b>
     *
     * {@snippet class="dev.asyncio4j.snippets.PipesTest" region="accepted"}
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol; what it throws closes the socket and is thrown here
     * @param socket a socket that is connected, also a Unix domain one
     * @return transport and protocol
     * @throws IOException if it is closed
     * @throws IllegalArgumentException if it is not connected, or another transport's
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel socket) throws IOException {
        return acceptedSocket(protocolFactory, socket, null);
    }

    /**
     * Gives a protocol to a socket that was accepted elsewhere, as {@link #connectAcceptedSocket(Supplier, SocketChannel)}
     * does, once the server's side of a TLS handshake has succeeded (TLS-2).
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol; what it throws closes the socket and is thrown here
     * @param socket a socket that is connected, also a Unix domain one
     * @param tls how to encrypt
     * @return transport and protocol
     * @throws TlsException if one side refused the other's certificate or protocol; the socket is closed then
     * @throws ConnectionAbortedException if the handshake took too long; the socket is closed then
     * @throws ConnectionResetException if the peer left during the handshake
     * @throws IOException if the socket is closed, or certificates or keys cannot be read
     * @throws IllegalArgumentException if it is not connected, or another transport's, or the server has no certificate
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel socket, TlsOptions tls) throws IOException {
        return acceptedSocket(protocolFactory, socket, tls);
    }

    private static <P extends BaseProtocol<Transport>> ProtocolConnection<P> acceptedSocket(
            Supplier<P> protocolFactory, SocketChannel socket, @Nullable TlsOptions tls) throws IOException {
        var loop = Asyncio.getRunningLoop();
        var transport = new ProtocolTransport(loop, Listening.currentContext());
        return connected(Adopting.accepted(loop, socket, tls, transport), protocolFactory);
    }

    /* ---- pipes ---- */

    /**
     * Has a protocol hear what comes out of a pipe. Suspends until it has started.
     *
     * <p>The pipe is made non-blocking, and belongs to the transport from now on. At its end
     * {@link Protocol#eofReceived} is called, whatever that returns, and then {@link BaseProtocol#connectionLost} without an
     * exception (PI-2). Writing to the transport fails with {@link UnsupportedOperationException}; its extra information
     * {@code pipe} is the channel.
     *
     * <p><b>Cancellation.</b> Closes the pipe.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol; what it throws closes the pipe and is thrown here
     * @param pipe the end to read from
     * @return transport and protocol
     * @throws IOException if the pipe is closed
     * @throws IllegalArgumentException if it is another transport's
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> connectReadPipe(
            Supplier<P> protocolFactory, Pipe.SourceChannel pipe) throws IOException {
        return pipe(protocolFactory, new AdoptRequest(pipe, null));
    }

    /**
     * Has a protocol hear what comes out of a stream, such as {@link System#in}, as
     * {@link #connectReadPipe(Supplier, Pipe.SourceChannel)} does. Suspends until it has started.
     *
     * <p>A thread reads the stream, a piece at a time: the next one when the protocol has taken the one before. A read that
     * is under way when the transport is closed goes on until something comes, which is lost, unless closing the stream ends
     * it. {@link System#in} is not closed.
     *
     * <p><b>Cancellation.</b> Closes the stream.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol; what it throws closes the stream and is thrown here
     * @param stream what to read; from now on the transport's
     * @return transport and protocol
     * @throws IOException if it cannot be done
     * @throws IllegalArgumentException if the stream is another transport's
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> connectReadPipe(
            Supplier<P> protocolFactory, InputStream stream) throws IOException {
        return pipe(protocolFactory, new AdoptRequest(stream, null));
    }

    /**
     * Has a protocol write into a pipe. Suspends until it has started.
     *
     * <p>The pipe is made non-blocking, and belongs to the transport from now on. {@link WriteTransport#writeEof} is the same
     * as {@link BaseTransport#close}. That nobody reads any more is found out by the next write, and
     * {@link BaseProtocol#connectionLost} is then given a {@link ConnectionResetException}: the JDK does not tell it before, as
     * asyncio is told (PI-2).
     *
     * <p><b>Cancellation.</b> Closes the pipe.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}, of which nothing that receives
     *     is called
     * @param protocolFactory makes the protocol; what it throws closes the pipe and is thrown here
     * @param pipe the end to write to
     * @return transport and protocol
     * @throws IOException if the pipe is closed
     * @throws IllegalArgumentException if it is another transport's
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> connectWritePipe(
            Supplier<P> protocolFactory, Pipe.SinkChannel pipe) throws IOException {
        return pipe(protocolFactory, new AdoptRequest(null, pipe));
    }

    /**
     * Has a protocol write into a stream, such as {@link System#out}, as
     * {@link #connectWritePipe(Supplier, Pipe.SinkChannel)} does. Suspends until it has started.
     *
     * <p>A thread writes and flushes; what is written counts as unsent until the stream has taken it. After
     * {@link BaseTransport#abort} the stream is closed when the piece under way has been taken. {@link System#out} and
     * {@link System#err} are not closed.
     *
     * <p><b>Cancellation.</b> Closes the stream.
     *
     * @param <P> the type of the protocol: a {@link Protocol} or a {@link BufferedProtocol}
     * @param protocolFactory makes the protocol; what it throws closes the stream and is thrown here
     * @param stream where to write; from now on the transport's
     * @return transport and protocol
     * @throws IOException if it cannot be done
     * @throws IllegalArgumentException if the stream is another transport's
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> connectWritePipe(
            Supplier<P> protocolFactory, OutputStream stream) throws IOException {
        return pipe(protocolFactory, new AdoptRequest(null, stream));
    }

    private static <P extends BaseProtocol<Transport>> ProtocolConnection<P> pipe(
            Supplier<P> protocolFactory, AdoptRequest request) throws IOException {
        var loop = Asyncio.getRunningLoop();
        var transport = new ProtocolTransport(loop, Listening.currentContext());
        return connected(Adopting.pipes(loop, request, ConnectOptions.DEFAULT, transport), protocolFactory);
    }

    private static <P extends BaseProtocol<Transport>> ProtocolConnection<P> connected(
            ProtocolTransport transport, Supplier<P> protocolFactory) {
        Future<@Nullable Void> made = transport.loop().createFuture("the start of a protocol");
        var complete = false;
        try {
            var protocol = protocolFactory.get();
            transport.begin(protocol);
            transport.loop().callSoon(() -> complete(made));
            made.await();
            complete = true;
            return new ProtocolConnection<>(transport, protocol);
        } finally {
            if (!complete) {
                transport.abort();
            }
        }
    }

    private static void complete(Future<@Nullable Void> made) {
        if (!made.done()) {
            made.setResult(null);
        }
    }

    /**
     * Starts a server that gives each connection a protocol. Suspends until it listens.
     *
     * @param protocolFactory makes a protocol for each connection, on the loop, outside any task; what it throws is
     *     reported to the loop's exception handler and closes the connection
     * @param host a name or an address of this machine; empty for all
     * @param port the port; 0 for any, which {@link Server#sockets} tells
     * @return the server; close it
     * @throws IOException if it cannot listen there
     */
    public static Server createServer(
            Supplier<? extends BaseProtocol<Transport>> protocolFactory, String host, int port) throws IOException {
        return createServer(protocolFactory, host, port, ServerOptions.DEFAULT);
    }

    /**
     * Starts a server that gives each connection a protocol, as {@link #createServer(Supplier, String, int)} does.
     *
     * @param protocolFactory makes a protocol for each connection
     * @param host a name or an address of this machine; empty for all
     * @param port the port; 0 for any, which {@link Server#sockets} tells
     * @param options how; the limit is for streams only
     * @return the server; close it
     * @throws IOException if it cannot listen there
     */
    public static Server createServer(
            Supplier<? extends BaseProtocol<Transport>> protocolFactory, String host, int port, ServerOptions options)
            throws IOException {
        return createServer(protocolFactory, List.of(host), port, options);
    }

    /**
     * Starts a server at several addresses, as {@link #createServer(Supplier, String, int)} does at one.
     *
     * <p>An address that this machine does not have is passed over, unless it has none of them (CN-7).
     *
     * @param protocolFactory makes a protocol for each connection
     * @param hosts names or addresses of this machine, one or more; an address that occurs twice is one
     * @param port the port of all; 0 for any, one for each address
     * @param options how; the limit is for streams only
     * @return the server; close it
     * @throws IOException if it cannot listen at one of them
     */
    public static Server createServer(
            Supplier<? extends BaseProtocol<Transport>> protocolFactory,
            List<String> hosts,
            int port,
            ServerOptions options)
            throws IOException {
        Ports.check(port, 0);
        var loop = Asyncio.getRunningLoop();
        return Listening.start(loop, server(loop, protocolFactory), hosts, port, options);
    }

    /**
     * Starts a server at a Unix domain socket, which gives each connection a protocol. Suspends until it listens. What
     * becomes of the file is told at {@link Streams#startUnixServer(ConnectionHandler, Path)}.
     *
     * @param protocolFactory makes a protocol for each connection, on the loop, outside any task; what it throws is
     *     reported to the loop's exception handler and closes the connection
     * @param path where the file of the socket is to be; its name has at most about a hundred bytes, its folders
     *     included
     * @return the server; close it
     * @throws java.net.BindException if there is a file that is no socket, or no right to make one
     * @throws IOException if it cannot listen there otherwise
     */
    public static Server createUnixServer(Supplier<? extends BaseProtocol<Transport>> protocolFactory, Path path)
            throws IOException {
        return createUnixServer(protocolFactory, path, ServerOptions.DEFAULT);
    }

    /**
     * Starts a server at a Unix domain socket, as {@link #createUnixServer(Supplier, Path)} does.
     *
     * @param protocolFactory makes a protocol for each connection
     * @param path where the file of the socket is to be
     * @param options how; the limit is for streams only
     * @return the server; close it
     * @throws java.net.BindException if there is a file that is no socket, or no right to make one
     * @throws IOException if it cannot listen there otherwise
     * @throws IllegalArgumentException if the options are of internet addresses only
     */
    public static Server createUnixServer(
            Supplier<? extends BaseProtocol<Transport>> protocolFactory, Path path, ServerOptions options)
            throws IOException {
        var loop = Asyncio.getRunningLoop();
        return Listening.startUnix(loop, server(loop, protocolFactory), path, options);
    }

    private static Server server(EventLoop loop, Supplier<? extends BaseProtocol<Transport>> protocolFactory) {
        var context = Listening.currentContext();
        return new Server(loop, server -> new AcceptedTransport(loop, context.copy(), server, protocolFactory));
    }

    /**
     * Encrypts an open connection from here on: asyncio's {@code loop.start_tls} (TLS-8). Suspends until the handshake has
     * succeeded.
     *
     * <p>What was written before is sent as it is. What was received and not delivered is taken for the peer's part of the
     * handshake: a protocol calls {@link ReadTransport#pauseReading} before it tells its peer to begin, and
     * {@link ReadTransport#resumeReading} once this has returned. {@link BaseProtocol#connectionMade} is not called again. An encrypted connection can be encrypted again,
     * inside.
     *
     * <p><b>Cancellation.</b> Closes the connection.
     *
     * @param transport a connection of {@link #createConnection} or {@link #createServer}
     * @param protocol what it calls from now on
     * @param options how; a client must say whose certificate it expects ({@link TlsOptions#withServerHostname})
     * @param serverSide whether this end is the server of the handshake
     * @return the transport to use from now on
     * @throws TlsException if one side refused the other's certificate, name or protocol; the connection is closed then
     * @throws ConnectionAbortedException if the handshake took too long; the connection is closed then
     * @throws ConnectionResetException if the connection is gone
     * @throws IOException if certificates or keys cannot be read
     * @throws IllegalArgumentException if a client does not say whose certificate it expects, a server has none, or the
     *     transport is another's
     */
    public static Transport startTls(
            Transport transport, BaseProtocol<?> protocol, TlsOptions options, boolean serverSide) throws IOException {
        if (!(transport instanceof ProtocolTransport ours)) {
            throw new IllegalArgumentException("TLS cannot be started on " + transport);
        }
        ours.startTls(options, serverSide);
        ours.setProtocol(protocol);
        return ours;
    }

    /**
     * Opens a socket for datagrams that calls a protocol. Suspends until it is open.
     *
     * <p>If there are several addresses, they are tried one after the other, and the first error is thrown if none works
     * (DG-1).
     *
     * <p><b>Order.</b> {@link BaseProtocol#connectionMade} is called before any datagram is received and before this returns
     * (TR-1).
     *
     * <p><b>Cancellation.</b> Closes the socket.
     *
     * @param <P> the type of the protocol
     * @param protocolFactory makes the protocol, once the socket is open; what it throws closes it and is thrown here
     * @param options where, and how
     * @return transport and protocol
     * @throws IllegalArgumentException if the options name neither an address nor a family
     * @throws java.net.UnknownHostException if a name has no address
     * @throws java.net.BindException if the address is taken, or is none of this machine's
     * @throws IOException if it fails otherwise
     * @throws UnsupportedOperationException if it is a Unix domain socket, and the transport knows none for datagrams
     */
    public static <P extends DatagramProtocol> ProtocolEndpoint<P> createDatagramEndpoint(
            Supplier<P> protocolFactory, DatagramOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        var context = Listening.currentContext();
        var transport = PacketOpener.open(
                loop,
                options,
                remote -> new DatagramProtocolTransport(
                        loop, context.copy(), new Recipients(remote, !options.allowBroadcast())));
        Future<@Nullable Void> made = loop.createFuture("the start of a protocol");
        var complete = false;
        try {
            var protocol = protocolFactory.get();
            transport.begin(protocol);
            loop.callSoon(() -> complete(made));
            made.await();
            complete = true;
            return new ProtocolEndpoint<>(transport, protocol);
        } finally {
            if (!complete) {
                transport.abort();
            }
        }
    }

    /* ---- files and names ---- */

    /**
     * Sends all of a file over a transport, as {@link #sendfile(Transport, FileChannel, SendfileOptions)} does.
     *
     * @param transport a connection of {@link #createConnection} or {@link #createServer}
     * @param file an open file, which stays open
     * @return how many bytes were sent
     * @throws IOException if the connection or the file broke
     */
    public static long sendfile(Transport transport, FileChannel file) throws IOException {
        return sendfile(transport, file, SendfileOptions.DEFAULT);
    }

    /**
     * Sends a file, or a part of it, over a transport, after what was written before (TR-17). Suspends until the system has
     * taken all of it. How, and what a cancel does, is told at {@link StreamWriter#sendfile(FileChannel, SendfileOptions)}.
     *
     * @param transport a connection of {@link #createConnection} or {@link #createServer}
     * @param file an open file, which stays open; its position is left behind the last byte sent
     * @param options what of it, and how
     * @return how many bytes were sent
     * @throws SendfileNotAvailableException if there is to be no fallback and the system cannot do it
     * @throws ConnectionResetException if the connection went away in the middle
     * @throws IOException if the file cannot be read
     * @throws IllegalStateException if the connection is closing, or a file is being sent already
     * @throws IllegalArgumentException if the transport is another's
     */
    public static long sendfile(Transport transport, FileChannel file, SendfileOptions options) throws IOException {
        if (!(transport instanceof ProtocolTransport ours)) {
            throw new IllegalArgumentException("files cannot be sent over " + transport);
        }
        return ours.sendfile(file, options);
    }

    /**
     * Looks a name up. Suspends meanwhile; an address needs no looking up.
     *
     * @param host a name or an address
     * @param port a port, for the result
     * @return the addresses in the order in which they should be tried, at least one
     * @throws java.net.UnknownHostException if the name has no address
     * @throws IOException if looking it up fails otherwise
     */
    public static List<InetSocketAddress> getaddrinfo(String host, int port) throws IOException {
        Ports.check(port, 0);
        return Networks.resolve(Networks.of(Asyncio.getRunningLoop()), host).stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /**
     * Looks up the name of an address, on the default executor. Suspends meanwhile.
     *
     * @param address an address
     * @return its name, or the address as text if it has none
     */
    public static String getnameinfo(InetSocketAddress address) {
        var unnamed = address.getAddress();
        return Asyncio.getRunningLoop()
                .runInExecutor(
                        null,
                        () -> InetAddress.getByAddress(unnamed.getAddress()).getCanonicalHostName())
                .await();
    }
}
