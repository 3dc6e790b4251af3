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
    EPOLL(NettyTransport.EPOLL, null),
    NIO(NettyTransport.NIO, null),
    IO_URING(NettyTransport.IO_URING, null),
    TLS_OVER_EPOLL(NettyTransport.EPOLL, TlsProvider.JDK),
    TLS_OVER_NIO(NettyTransport.NIO, TlsProvider.JDK),
    TLS_OVER_IO_URING(NettyTransport.IO_URING, TlsProvider.JDK),
    BORINGSSL_OVER_EPOLL(NettyTransport.EPOLL, TlsProvider.BORINGSSL),
    BORINGSSL_OVER_NIO(NettyTransport.NIO, TlsProvider.BORINGSSL),
    BORINGSSL_OVER_IO_URING(NettyTransport.IO_URING, TlsProvider.BORINGSSL),

    /** The client's end is a socket of {@code java.nio}. */
    ADOPTED_ON_EPOLL(NettyTransport.EPOLL, null),
    ADOPTED_ON_NIO(NettyTransport.NIO, null),
    ADOPTED_ON_IO_URING(NettyTransport.IO_URING, null),
    TLS_OVER_ADOPTED_ON_EPOLL(NettyTransport.EPOLL, TlsProvider.JDK),
    TLS_OVER_ADOPTED_ON_NIO(NettyTransport.NIO, TlsProvider.JDK),
    MEMORY(null, null),

    /** Slow, and in small pieces. */
    BAD_MEMORY(null, null);

    private static final LinkConditions BAD = LinkConditions.DEFAULT
            .withLatency(Duration.ofMillis(30))
            .withJitter(Duration.ofMillis(20))
            .withMostPerRead(700)
            .withMostPerWrite(1100)
            .withWindow(5000);

    private final @Nullable NettyTransport transport;
    private final @Nullable TlsProvider tls;

    Carrier(@Nullable NettyTransport transport, @Nullable TlsProvider tls) {
        this.transport = transport;
        this.tls = tls;
    }

    /** Those that work on this machine; where one is missing, its name is printed. */
    static Stream<Carrier> all() {
        return Arrays.stream(values()).filter(Carrier::isThere);
    }

    /** Those of them where one direction can end alone, as TLS's cannot. */
    static Stream<Carrier> halfClosing() {
        return all().filter(carrier -> carrier.tls == null);
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
        if (tls != null && Pki.providers().noneMatch(tls::equals)) {
            return false;
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
        var options = tls != null ? ServerOptions.DEFAULT.withTls(Certificates.server(tls)) : ServerOptions.DEFAULT;
        return Streams.startServer(handler, Net.LOOPBACK, port, options);
    }

    Connection connect(Server server) throws IOException {
        return connect(Net.port(server));
    }

    Connection connect(int port) throws IOException {
        var expected = tls == null ? null : Certificates.client(tls);
        if (!isAdopted()) {
            var options = expected == null ? ConnectOptions.DEFAULT : ConnectOptions.DEFAULT.withTls(expected);
            return Streams.openConnection(Net.LOOPBACK, port, options);
        }
        var options = expected == null
                ? ConnectOptions.DEFAULT
                : ConnectOptions.DEFAULT.withTls(expected.withServerHostname(Net.LOOPBACK));
        return Streams.openConnection(Net.connectedSocket(port), options);
    }

    /** Made when they are first needed, and once. */
    private static final class Certificates {
        private static final Pki PKI = pki();
        private static final TlsContext SERVER = PKI.serverContext(Pki.server(Net.LOOPBACK));
        private static final TlsContext CLIENT = PKI.clientContext();

        static TlsOptions server(TlsProvider provider) {
            return TlsOptions.of(SERVER.withProvider(provider));
        }

        static TlsOptions client(TlsProvider provider) {
            return TlsOptions.of(CLIENT.withProvider(provider));
        }

        private static Pki pki() {
            try {
                return new Pki(Files.createTempDirectory("asyncio4j-contract"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
