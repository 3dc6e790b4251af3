package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.net.internal.NettyIoDriver;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connecting: CN-1, CN-2, CN-6. */
@Timeout(60)
class ConnectTest {

    private static NettyIoDriver driver() {
        return ((BaseEventLoop) Asyncio.getRunningLoop())
                .ioDriver()
                .unwrap(NettyIoDriver.class)
                .orElseThrow();
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void ioDriver_ofADefaultLoop_isNettys() {
        Asyncio.run(() -> assertThat(driver()).isInstanceOf(NettyIoDriver.class));
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void openConnection_byAddressAndByName_talks(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(c -> c.write(c.reader().readLine()), "localhost", 0)) {
                for (var host : new String[] {Net.LOOPBACK, "localhost"}) {
                    try (var connection = Streams.openConnection(host, Net.port(server))) {
                        connection.write(bytes("hello\n"));
                        assertThat(text(connection.reader().read())).isEqualTo("hello\n");
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void openConnection_nobodyListens_saysWhereAndWhy(NettyTransport transport) throws IOException {
        var port = unusedPort();
        Net.run(transport, () -> {
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> Streams.openConnection(Net.LOOPBACK, port))
                    .withMessage("cannot connect to 127.0.0.1:%d: connection refused", port)
                    .satisfies(ConnectTest::showsWhoAsked);
            Net.turnUntil(() -> driver().openChannels() == 0);
        });
    }

    /** The frames of the loop's thread say nothing to whoever has asked. */
    private static void showsWhoAsked(Throwable failure) {
        assertThat(failure.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(ConnectTest.class.getName()));
        assertThat(failure)
                .cause()
                .satisfies(cause -> assertThat(cause.getStackTrace()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void openConnection_allErrors_givesThemAll(NettyTransport transport) throws IOException {
        var port = unusedPort();
        Net.run(
                transport,
                () -> assertThatExceptionOfType(ExceptionGroup.class)
                        .isThrownBy(() ->
                                Streams.openConnection(Net.LOOPBACK, port, ConnectOptions.DEFAULT.withAllErrors()))
                        .matches(group -> group.exceptions().getFirst() instanceof ConnectException));
    }

    @Test
    void openConnection_unknownHost_throwsThat() {
        Asyncio.run(() -> assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> Streams.openConnection("no-such-host.invalid", 80)));
    }

    @Test
    void openConnection_impossiblePort_isRefused() {
        Asyncio.run(() -> {
            assertThatIllegalArgumentException().isThrownBy(() -> Streams.openConnection(Net.LOOPBACK, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> Streams.openConnection(Net.LOOPBACK, 65_536));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void openConnection_localAddress_isWhereItComesFrom(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer((StreamReader _, StreamWriter _) -> {}, Net.LOOPBACK, 0)) {
                var from = ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("127.0.0.2", 0));
                try (var connection = Streams.openConnection(Net.LOOPBACK, Net.port(server), from)) {
                    var local = (InetSocketAddress) Objects.requireNonNull(connection.localAddress());
                    assertThat(local.getAddress().getHostAddress()).isEqualTo("127.0.0.2");
                }
                server.abortClients();
            }
        });
    }

    /** gh-153133. */
    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void openConnection_cancelledAfterAnyNumberOfTurns_leavesNoSocket(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var listener = ServerSocketChannel.open().bind(new InetSocketAddress(Net.LOOPBACK, 0))) {
                listener.configureBlocking(false);
                var port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
                Streams.openConnection(Net.LOOPBACK, port).close();
                for (var turns = 0; turns < 12; turns++) {
                    var connecting = Asyncio.createTask(() -> Streams.openConnection(Net.LOOPBACK, port));
                    for (var i = 0; i < turns; i++) {
                        Net.turn();
                    }
                    if (connecting.cancel()) {
                        assertThatExceptionOfType(CancelledError.class).isThrownBy(connecting::await);
                    } else {
                        connecting.await().close();
                    }
                    Net.turnUntil(() -> driver().openChannels() == 0);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void read_cancelled_leavesTheConnectionUsable(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var listener = ServerSocketChannel.open().bind(new InetSocketAddress(Net.LOOPBACK, 0))) {
                var port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
                try (var connection = Streams.openConnection(Net.LOOPBACK, port);
                        var peer = Peer.of(accepted(listener))) {
                    var reading = Asyncio.createTask(() -> connection.reader().readLine());
                    Net.turn();
                    reading.cancel();
                    assertThatExceptionOfType(CancelledError.class).isThrownBy(reading::await);
                    peer.send("still here\n");
                    assertThat(text(connection.reader().readLine())).isEqualTo("still here\n");
                }
            }
        });
    }

    private static SocketChannel accepted(ServerSocketChannel listener) throws IOException {
        return Objects.requireNonNull(listener.accept());
    }
}
