package dev.asyncio4j.net;

import dev.asyncio4j.Action;
import dev.asyncio4j.net.internal.NettyTransport;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeOptions;
import dev.asyncio4j.testing.net.LinkConditions;
import dev.asyncio4j.testing.net.MemoryNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What carries the bytes of a contract's test. */
enum Carrier {
    EPOLL(NettyTransport.EPOLL, false),
    NIO(NettyTransport.NIO, false),
    IO_URING(NettyTransport.IO_URING, false),
    TLS_OVER_EPOLL(NettyTransport.EPOLL, true),
    TLS_OVER_NIO(NettyTransport.NIO, true),
    TLS_OVER_IO_URING(NettyTransport.IO_URING, true),

    /** The client's end is a socket of {@code java.nio}. */
    ADOPTED_ON_EPOLL(NettyTransport.EPOLL, false),
    ADOPTED_ON_NIO(NettyTransport.NIO, false),
    ADOPTED_ON_IO_URING(NettyTransport.IO_URING, false),
    TLS_OVER_ADOPTED_ON_EPOLL(NettyTransport.EPOLL, true),
    TLS_OVER_ADOPTED_ON_NIO(NettyTransport.NIO, true),
    MEMORY(null, false),

    /** Slow, and in small pieces. */
    BAD_MEMORY(null, false);

    private static final LinkConditions BAD = LinkConditions.DEFAULT
            .withLatency(Duration.ofMillis(30))
            .withJitter(Duration.ofMillis(20))
            .withMostPerRead(700)
            .withMostPerWrite(1100)
            .withWindow(5000);

    private final @Nullable NettyTransport transport;
    private final boolean tls;

    Carrier(@Nullable NettyTransport transport, boolean tls) {
        this.transport = transport;
        this.tls = tls;
    }

    /** Those that work on this machine; where one is missing, its name is printed. */
    static Stream<Carrier> all() {
        return Arrays.stream(values()).filter(Carrier::isThere);
    }

    /** Those of them where one direction can end alone, as TLS's cannot. */
    static Stream<Carrier> halfClosing() {
        return all().filter(carrier -> !carrier.tls);
    }

    /** Those that connect by themselves, and so word what goes wrong. */
    static Stream<Carrier> connecting() {
        return all().filter(carrier -> !carrier.isAdopted());
    }

    private boolean isAdopted() {
        return name().contains("ADOPTED");
    }

    private boolean isThere() {
        if (transport == null) {
            return true;
        }
        try {
            run(() -> {});
            return true;
        } catch (IllegalStateException e) {
            System.out.println("the contract is not tested on " + this + ": " + e.getMessage());
            return false;
        }
    }

    <X extends Throwable> void run(Action<X> program) throws X {
        if (transport != null) {
            Net.run(transport, program);
            return;
        }
        var network = new MemoryNetwork();
        if (this == BAD_MEMORY) {
            network.setConditions(BAD);
        }
        VirtualTime.run(program, VirtualTimeOptions.DEFAULT.withDriver(network).withPendingTasksAllowed(true));
    }

    Server startServer(ConnectionHandler handler) throws IOException {
        return startServer(handler, 0);
    }

    Server startServer(ConnectionHandler handler, int port) throws IOException {
        var options = tls ? ServerOptions.DEFAULT.withTls(Certificates.SERVER) : ServerOptions.DEFAULT;
        return Streams.startServer(handler, Net.LOOPBACK, port, options);
    }

    Connection connect(Server server) throws IOException {
        return connect(Net.port(server));
    }

    Connection connect(int port) throws IOException {
        var options = tls ? ConnectOptions.DEFAULT.withTls(Certificates.CLIENT) : ConnectOptions.DEFAULT;
        if (!isAdopted()) {
            return Streams.openConnection(Net.LOOPBACK, port, options);
        }
        var expected = tls ? options.withTls(Certificates.CLIENT.withServerHostname(Net.LOOPBACK)) : options;
        return Streams.openConnection(Net.connectedSocket(port), expected);
    }

    /** Made when they are first needed, and once. */
    private static final class Certificates {
        private static final Pki PKI = pki();
        private static final TlsOptions SERVER = TlsOptions.of(PKI.serverContext(Pki.server(Net.LOOPBACK)));
        private static final TlsOptions CLIENT = TlsOptions.of(PKI.clientContext());

        private static Pki pki() {
            try {
                return new Pki(Files.createTempDirectory("asyncio4j-contract"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
