package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Task;
import dev.asyncio4j.net.internal.NettyIoDriver;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How servers end: SV-1, SV-2, SV-3, SV-4. */
@Timeout(60)
class ServerClosingTest {

    private static void echo(Connection connection) throws IOException {
        for (var got = connection.reader().read(8192);
                got.length > 0;
                got = connection.reader().read(8192)) {
            connection.write(got);
        }
    }

    private static Server start() throws IOException {
        return Streams.startServer(ServerClosingTest::echo, Net.LOOPBACK, 0);
    }

    /** A connection that the server is known to serve. */
    private static Connection connect(Server server) throws IOException {
        var connection = Net.connect(server);
        assertThat(answers(connection)).isTrue();
        return connection;
    }

    private static boolean answers(Connection connection) throws IOException {
        connection.write(bytes("?"));
        return text(connection.reader().readExactly(1)).equals("?");
    }

    private static int openChannels() {
        return ((BaseEventLoop) Asyncio.getRunningLoop())
                .ioDriver()
                .unwrap(NettyIoDriver.class)
                .orElseThrow()
                .openChannels();
    }

    /* ---- waitClosed ---- */

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void waitClosed_lastConnectionEndsBeforeTheServer_waitsForTheServer(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = start();
            var waiting = Asyncio.createTask(server::waitClosed);
            connect(server).close();
            Net.turnUntil(() -> openChannels() == 1);
            Net.turn();
            assertThat(waiting.done()).isFalse();
            server.close();
            waiting.await();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void waitClosed_severalTasks_allHear_andACancelledOneDisturbsNobody(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = start();
            var connection = connect(server);
            server.close();
            var waiting = List.of(
                    Asyncio.createTask(server::waitClosed),
                    Asyncio.createTask(server::waitClosed),
                    Asyncio.createTask(server::waitClosed));
            Net.turn();
            waiting.get(1).cancel();
            assertThatExceptionOfType(CancelledError.class)
                    .isThrownBy(() -> waiting.get(1).await());
            assertThat(answers(connection)).isTrue();
            assertThat(waiting.getFirst().done()).isFalse();
            connection.close();
            waiting.getFirst().await();
            waiting.getLast().await();
        });
    }

    /* ---- closing the connections ---- */

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void closeClients_andAbortClients_ofProtocols_endThem(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            for (var graceful : new boolean[] {true, false}) {
                var server = Network.createServer(() -> new Protocol() {}, Net.LOOPBACK, 0);
                var connection = Net.connect(server);
                Net.turnUntil(() -> openChannels() == 3);
                server.closeClients();
                if (!graceful) {
                    server.abortClients();
                }
                assertThat(connection.reader().read()).isEmpty();
                connection.close();
                server.close();
                server.waitClosed();
                Net.turnUntil(() -> openChannels() == 0);
            }
        });
    }

    /* ---- close with a grace ---- */

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void closeWithGrace_clientsEndInTime_areNotDisturbed(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = start();
            var port = Net.port(server);
            var connection = connect(server);
            var closing = Asyncio.createTask(() -> server.close(ofDays(1)));
            Net.turnUntil(() -> !server.isServing());
            assertThat(answers(connection)).isTrue();
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> Streams.openConnection(Net.LOOPBACK, port));
            assertThat(closing.done()).isFalse();
            connection.close();
            closing.await();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void closeWithGrace_clientsThatStay_areBrokenOff(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            for (var grace : List.of(ZERO, ofMillis(5))) {
                var server = start();
                try (var connection = connect(server)) {
                    server.close(grace);
                    server.waitClosed();
                    assertThat(connection.reader().read()).isEmpty();
                }
                server.close(grace);
            }
            assertThatIllegalArgumentException().isThrownBy(() -> start().close(ofMillis(-1)));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void closeWithGrace_cancelled_breaksOffAtOnce_andTheNextWaitTells(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = start();
            var passed = new boolean[1];
            try (var connection = connect(server)) {
                Task<Boolean> closing = Asyncio.createTask(() -> {
                    server.close(ofDays(1));
                    passed[0] = true;
                    Net.turn();
                    return true;
                });
                Net.turnUntil(() -> !server.isServing());
                closing.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(closing::await);
                assertThat(passed[0]).as("close() throws no cancel").isTrue();
                assertThat(connection.reader().read()).isEmpty();
                server.waitClosed();
            }
        });
    }

    /* ---- serveForever ---- */

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void serveForever_cancelledWithAnIdleClient_waitsForIt_aSecondCancelDoesNot(NettyTransport transport)
            throws IOException {
        Net.run(transport, () -> {
            var server = start();
            var serving = Asyncio.createTask(server::serveForever);
            try (var connection = connect(server)) {
                serving.cancel();
                Net.turnUntil(() -> !server.isServing());
                assertThat(answers(connection)).isTrue();
                assertThat(serving.done()).isFalse();
                serving.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(serving::await);
                assertThat(answers(connection)).as("it stays").isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL", "NIO"})
    void serveUntilCancelled_cancelledWithAnIdleClient_breaksItOff(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var server = start();
            var serving = Asyncio.createTask(() -> server.serveUntilCancelled(ofMillis(5)));
            try (var connection = connect(server)) {
                serving.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(serving::await);
                assertThat(connection.reader().read()).isEmpty();
                server.waitClosed();
            }
        });
    }
}
