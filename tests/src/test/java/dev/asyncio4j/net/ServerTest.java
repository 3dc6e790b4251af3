package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers: SV-1, SV-2, SV-3, SV-4, SV-5, SW-7. */
@Timeout(60)
class ServerTest {

    private static void echo(Connection connection) throws IOException {
        for (var got = connection.reader().read(8192);
                got.length > 0;
                got = connection.reader().read(8192)) {
            connection.write(got);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void startServer_twoHundredConnectionsAtOnce_eachGetsItsOwnBytesBack(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(ServerTest::echo, Net.LOOPBACK, 0)) {
                var clients = new ArrayList<Task<Boolean>>();
                for (var i = 0; i < 200; i++) {
                    var message = bytes("client %d;".formatted(i).repeat(50 + i));
                    clients.add(Asyncio.createTask(() -> roundTrips(server, message)));
                }
                for (var client : clients) {
                    assertThat(client.await()).isTrue();
                }
            }
        });
    }

    private static boolean roundTrips(Server server, byte[] message) throws IOException {
        try (var connection = Net.connect(server)) {
            for (var round = 0; round < 5; round++) {
                connection.write(message);
                if (!text(connection.reader().readExactly(message.length)).equals(text(message))) {
                    return false;
                }
            }
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void handlerReturns_connectionIsClosedAfterWhatItWrote(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var all = new byte[3_000_000];
            try (var server = Streams.startServer(c -> c.writer().write(all), Net.LOOPBACK, 0);
                    var connection = Net.connect(server)) {
                assertThat(connection.reader().read()).hasSameSizeAs(all);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void handlerOfTwoArgumentsReturns_connectionStaysOpen(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            Future<StreamWriter> left = Asyncio.getRunningLoop().createFuture();
            try (var server = Streams.startServer((_, writer) -> left.setResult(writer), Net.LOOPBACK, 0);
                    var connection = Net.connect(server)) {
                var writer = left.await();
                Net.turn();
                Net.turn();
                assertThat(writer.isClosing()).isFalse();
                writer.write(bytes("late"));
                writer.close();
                assertThat(text(connection.reader().read())).isEqualTo("late");
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void handlerFails_isReportedAndTheConnectionClosed(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var reports = new ArrayList<ExceptionContext>();
            Asyncio.getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
            try (var server = Streams.startServer(
                            (Connection _) -> {
                                throw new IOException("on purpose");
                            },
                            Net.LOOPBACK,
                            0);
                    var connection = Net.connect(server)) {
                assertThat(connection.reader().read()).isEmpty();
                assertThat(reports).hasSize(1);
                assertThat(reports.getFirst().exception()).get().hasToString("java.io.IOException: on purpose");
            }
        });
    }

    /** gh-104344. */
    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void close_stopsListening_connectionsStay_waitClosedWaitsForThem(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = Streams.startServer(ServerTest::echo, Net.LOOPBACK, 0);
            var port = Net.port(server);
            var connection = Net.connect(server);
            connection.write(bytes("a"));
            connection.reader().readExactly(1);
            assertThat(server.isServing()).isTrue();

            server.close();
            server.close();
            var closed = Asyncio.createTask(server::waitClosed);
            assertThat(server.isServing()).isFalse();
            assertThat(server.sockets()).isEmpty();
            connection.write(bytes("b"));
            assertThat(text(connection.reader().readExactly(1))).isEqualTo("b");
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> Streams.openConnection(Net.LOOPBACK, port));
            assertThat(closed.done()).isFalse();

            connection.close();
            closed.await();
            server.waitClosed();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void waitClosed_onAnOpenServer_waitsEvenWithoutClients(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = Streams.startServer(ServerTest::echo, Net.LOOPBACK, 0);
            var closed = Asyncio.createTask(server::waitClosed);
            Net.turn();
            Net.turn();
            assertThat(closed.done()).isFalse();
            server.close();
            closed.await();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void serveForever_cancelled_closesAndWaits(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = Streams.startServer(
                    ServerTest::echo, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withStartServing(false));
            assertThat(server.isServing()).isFalse();
            var serving = Asyncio.createTask(server::serveForever);
            Net.turn();
            assertThat(server.isServing()).isTrue();
            assertThatIllegalStateException().isThrownBy(server::serveForever);
            var connection = Net.connect(server);
            connection.write(bytes("a"));
            connection.reader().readExactly(1);

            serving.cancel();
            Net.turnUntil(() -> !server.isServing());
            assertThat(serving.done()).as("a connection is left").isFalse();
            connection.close();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(serving::await);
            assertThatIllegalStateException().isThrownBy(server::serveForever);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void serveForever_closedFromElsewhere_throwsCancelledError(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = Streams.startServer(ServerTest::echo, Net.LOOPBACK, 0);
            var serving = Asyncio.createTask(server::serveForever);
            Net.turn();
            server.close();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(serving::await);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    @SuppressWarnings("try") // closing early is the subject
    void closeClients_sendsWhatIsLeft_abortClientsDoesNot(NettyTransport transport) throws IOException {
        for (var graceful : List.of(true, false)) {
            Net.run(transport, () -> {
                Future<StreamWriter> left = Asyncio.getRunningLoop().createFuture();
                var size = 16 * 1024 * 1024;
                try (var server = Streams.startServer((_, writer) -> left.setResult(writer), Net.LOOPBACK, 0);
                        var peer = Peer.connectTo(server)) {
                    left.await().write(new byte[size]);
                    Net.turn();
                    if (graceful) {
                        server.closeClients();
                        assertThat(peer.drain()).isEqualTo(size);
                    } else {
                        server.abortClients();
                        server.close();
                        server.waitClosed();
                        assertThat(peer.drain()).isLessThan(size);
                    }
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void startServer_portInUse_saysSo(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(ServerTest::echo, Net.LOOPBACK, 0)) {
                var port = Net.port(server);
                assertThatExceptionOfType(BindException.class)
                        .isThrownBy(() -> Streams.startServer(ServerTest::echo, Net.LOOPBACK, port))
                        .withMessage("cannot listen on 127.0.0.1:%d: address already in use", port);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void startServer_emptyHost_listensEverywhere(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(ServerTest::echo, "", 0)) {
                assertThat(roundTrips(server, bytes("hi"))).isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void loopEnds_withAServerAndConnectionsOpen_unwindsTheirHandlers(NettyTransport transport) throws IOException {
        var trail = new ArrayList<String>();
        Net.run(transport, () -> {
            var server = Streams.startServer(
                    connection -> {
                        try (connection) {
                            echo(connection);
                        } catch (CancelledError cancelled) {
                            trail.add("unwound");
                            throw cancelled;
                        }
                    },
                    Net.LOOPBACK,
                    0);
            assertThat(roundTripsLeavingOpen(server, bytes("hi"))).isTrue();
        });
        assertThat(trail).containsExactly("unwound");
    }

    private static boolean roundTripsLeavingOpen(Server server, byte[] message) throws IOException {
        var connection = Net.connect(server);
        connection.write(message);
        return text(connection.reader().readExactly(message.length)).equals(text(message));
    }
}
