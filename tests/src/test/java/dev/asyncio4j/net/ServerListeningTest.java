package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where servers listen, and how: CN-7. */
@Timeout(60)
class ServerListeningTest {
    private static final int WAITING = 100;

    private static void echo(Connection connection) throws IOException {
        connection.write(connection.reader().readLine());
    }

    private static String roundTrip(InetSocketAddress address) throws IOException {
        try (var connection = Streams.openConnection(address.getAddress().getHostAddress(), address.getPort())) {
            connection.write(bytes("hello\n"));
            return text(connection.reader().read());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void startServer_severalHosts_listensAtEachOnce(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var hosts = List.of("127.0.0.1", "127.0.0.2", "127.0.0.1");
            try (var server = Streams.startServer(ServerListeningTest::echo, hosts, 0, ServerOptions.DEFAULT)) {
                assertThat(server.sockets())
                        .extracting(address -> address.getAddress().getHostAddress())
                        .containsExactly("127.0.0.1", "127.0.0.2");
                for (var address : server.sockets()) {
                    assertThat(roundTrip(address)).isEqualTo("hello\n");
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void createServer_severalHosts_listensAtEach(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var hosts = List.of("127.0.0.1", "127.0.0.2");
            try (var server = Network.createServer(() -> new Protocol() {}, hosts, 0, ServerOptions.DEFAULT)) {
                assertThat(server.sockets()).hasSize(2);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void startServer_wildcardsOfBothKinds_areOneSocketForBoth(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var hosts = List.of("0.0.0.0", "::", "");
            try (var server = Streams.startServer(ServerListeningTest::echo, hosts, 0, ServerOptions.DEFAULT)) {
                assertThat(server.sockets()).hasSize(1);
                var port = server.sockets().getFirst().getPort();
                assertThat(roundTrip(new InetSocketAddress("127.0.0.1", port))).isEqualTo("hello\n");
                if (hasIpv6()) {
                    assertThat(roundTrip(new InetSocketAddress("::1", port))).isEqualTo("hello\n");
                }
            }
        });
    }

    private static boolean hasIpv6() {
        return Files.exists(Path.of("/proc/net/if_inet6"));
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void startServer_addressesOfOthers_arePassedOverUnlessThereIsNoneOfOurs(NettyTransport transport)
            throws IOException {
        Net.run(transport, () -> {
            var mixed = List.of("203.0.113.1", "127.0.0.1");
            try (var server = Streams.startServer(ServerListeningTest::echo, mixed, 0, ServerOptions.DEFAULT)) {
                assertThat(server.sockets()).hasSize(1);
            }
            var foreign = List.of("203.0.113.1", "203.0.113.2");
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(
                            () -> Streams.startServer(ServerListeningTest::echo, foreign, 0, ServerOptions.DEFAULT));
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Streams.startServer(ServerListeningTest::echo, List.of(), 0, ServerOptions.DEFAULT));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void startServer_oneHostFails_closesTheOthers(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var taken = Streams.startServer(ServerListeningTest::echo, "127.0.0.2", 0)) {
                var port = Net.port(taken);
                var hosts = List.of("127.0.0.1", "127.0.0.2");
                assertThatExceptionOfType(BindException.class)
                        .isThrownBy(() ->
                                Streams.startServer(ServerListeningTest::echo, hosts, port, ServerOptions.DEFAULT))
                        .withMessageContaining("127.0.0.2:" + port);
                Streams.startServer(ServerListeningTest::echo, "127.0.0.1", port)
                        .close();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void reusePort_ofTwoServers_bothListen(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var shared = ServerOptions.DEFAULT.withReusePort(true);
            try (var first = Streams.startServer(ServerListeningTest::echo, Net.LOOPBACK, 0, shared);
                    var second =
                            Streams.startServer(ServerListeningTest::echo, Net.LOOPBACK, Net.port(first), shared)) {
                assertThat(second.sockets()).isEqualTo(first.sockets());
                for (var i = 0; i < 10; i++) {
                    assertThat(roundTrip(first.sockets().getFirst())).isEqualTo("hello\n");
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void reuseAddress_whereAConnectionLingers_decides(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = Streams.startServer(c -> c.write(bytes("bye")), Net.LOOPBACK, 0);
            var port = Net.port(server);
            try (var connection = Net.connect(server)) {
                assertThat(connection.reader().read()).isEqualTo(bytes("bye")); // who closes first lingers
            }
            server.close();
            server.waitClosed();
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> Streams.startServer(
                            ServerListeningTest::echo,
                            Net.LOOPBACK,
                            port,
                            ServerOptions.DEFAULT.withReuseAddress(false)));
            Streams.startServer(ServerListeningTest::echo, Net.LOOPBACK, port).close();
        });
    }

    static Stream<Carrier> transports() {
        return Carrier.all().filter(EnumSet.of(Carrier.EPOLL, Carrier.NIO, Carrier.IO_URING)::contains);
    }

    /** Over rings one turn of the loop once accepted everybody who waited, until no descriptor was left (R7). */
    @ParameterizedTest
    @MethodSource("transports")
    void startServing_manyWaiting_acceptsAFewATurn(Carrier transport) throws IOException {
        transport.run(() -> {
            var served = new int[1];
            var options = ServerOptions.DEFAULT.withStartServing(false).withBacklog(WAITING);
            var clients = new ArrayList<Socket>();
            try (var server = Streams.startServer(_ -> served[0]++, Net.LOOPBACK, 0, options)) {
                for (var i = 0; i < WAITING; i++) {
                    clients.add(new Socket(Net.LOOPBACK, Net.port(server)));
                }
                server.startServing();
                var mostInATurn = 0;
                while (served[0] < WAITING) {
                    var before = served[0];
                    Asyncio.sleep(Duration.ZERO);
                    mostInATurn = Math.max(mostInATurn, served[0] - before);
                }
                assertThat(mostInATurn).isBetween(1, 20);
            } finally {
                for (var client : clients) {
                    client.close();
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void keepAlive_ofAcceptedConnections_isWhatWasAskedFor(NettyTransport transport) throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/tcp6")), "needs the kernel's table of connections");
        Net.run(transport, () -> {
            for (var wanted : new boolean[] {true, false}) {
                var options = ServerOptions.DEFAULT.withKeepAlive(wanted);
                try (var server = Streams.startServer(ServerListeningTest::echo, Net.LOOPBACK, 0, options);
                        var connection = Net.connect(server)) {
                    Net.turnUntil(() -> timerOf(server, connection).equals(wanted ? "02" : "00"));
                    connection.write(bytes("bye\n"));
                    assertThat(text(connection.reader().read())).isEqualTo("bye\n");
                }
            }
        });
    }

    /** Returns which timer the kernel runs for the server's end of a connection: 02 is that of keep-alive. */
    private static String timerOf(Server server, Connection connection) {
        var client = (InetSocketAddress) Objects.requireNonNull(connection.localAddress());
        var line =
                Pattern.compile(":%04X [0-9A-F]+:%04X 01 \\S+ (\\d\\d):".formatted(Net.port(server), client.getPort()));
        var found = line.matcher(tables());
        return found.find() ? found.group(1) : "none";
    }

    private static String tables() {
        try {
            return Files.readString(Path.of("/proc/net/tcp")) + Files.readString(Path.of("/proc/net/tcp6"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
