package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import java.io.IOException;
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
     * <p>The addresses of the host are tried one after the other. Names are looked up on the default executor.
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
     * @throws dev.asyncio4j.ExceptionGroup instead of the above if {@link ConnectOptions#allErrors} was asked for
     */
    public static <P extends BaseProtocol<Transport>> ProtocolConnection<P> createConnection(
            Supplier<P> protocolFactory, String host, int port, ConnectOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        var context = Listening.currentContext();
        var transport =
                Connecting.connect(loop, host, port, options, () -> new ProtocolTransport(loop, context.copy()));
        return connected(transport, protocolFactory);
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
        Ports.check(port, 0);
        var loop = Asyncio.getRunningLoop();
        var context = Listening.currentContext();
        return Listening.start(
                loop,
                new Server(loop, server -> new AcceptedTransport(loop, context.copy(), server, protocolFactory)),
                host,
                port,
                options);
    }
}
