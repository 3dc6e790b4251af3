package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.net.internal.NettyIoDriver;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unix domain sockets: CN-9, and that what holds over TCP holds over them (SV-1, SV-2). */
@Timeout(60)
class UnixSocketTest {

    @TempDir
    Path folder;

    private static NettyIoDriver driver() {
        return ((BaseEventLoop) Asyncio.getRunningLoop())
                .ioDriver()
                .unwrap(NettyIoDriver.class)
                .orElseThrow();
    }

    private static void echo(Connection connection) throws IOException {
        for (var got = connection.reader().read(8192);
                got.length > 0;
                got = connection.reader().read(8192)) {
            connection.write(got);
        }
    }

    private Path path() {
        return folder.resolve("s");
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** A socket's file with nobody behind it. */
    private static void leaveBehind(Path path) throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path))
                .close();
    }

    private static String roundTrip(Path path) throws IOException {
        try (var connection = Streams.openUnixConnection(path)) {
            connection.write(bytes("hello"));
            connection.writer().writeEof();
            return text(connection.reader().read());
        }
    }

    /* ---- names ---- */

    @OverEpollAndNio
    void outstanding_withConnectionsAndAPipe_namesEachUntilItIsClosed(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var pipe = Pipe.open();
            try (var _ = Streams.startUnixServer(UnixSocketTest::echo, path());
                    var _ = Streams.openReadPipe(pipe.source());
                    var connection = Streams.openUnixConnection(path())) {
                connection.write(bytes("x"));
                assertThat(connection.reader().readExactly(1)).isEqualTo(bytes("x"));
                assertThat(driver().outstanding())
                        .containsExactly(
                                "an open pipe or stream",
                                "the connection of " + path() + " with a socket without a name",
                                "the connection of a socket without a name with " + path());
            }
            Net.turnUntil(() -> !driver().hasOutstanding());
            assertThat(driver().outstanding()).isEmpty();
            pipe.sink().close();
        });
    }

    /* ---- bytes ---- */

    @OverEpollAndNio
    void streams_manyBytesBothWaysAndHalfClose_allArrive(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var all = bytes("a line of some length\n".repeat(150_000));
            try (var server = Streams.startUnixServer(UnixSocketTest::echo, path());
                    var connection = Streams.openUnixConnection(path())) {
                assertThat(server.addresses()).containsExactly(UnixDomainSocketAddress.of(path()));
                assertThat(server.sockets()).isEmpty();
                var writing = Asyncio.createTask(() -> {
                    connection.write(all);
                    connection.writer().writeEof();
                    return null;
                });
                assertThat(connection.reader().read()).isEqualTo(all);
                writing.await();
            }
        });
    }

    @OverEpollAndNio
    void addresses_ofBothEnds_areTheServersPathAndNone(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            Future<Connection> accepted = Asyncio.getRunningLoop().createFuture();
            var there = UnixDomainSocketAddress.of(path());
            try (var server = Streams.startUnixServer(
                            connection -> {
                                accepted.setResult(connection);
                                echo(connection);
                            },
                            path());
                    var connection = Streams.openUnixConnection(path())) {
                assertThat(connection.remoteAddress()).isEqualTo(there);
                assertThat(connection.localAddress()).isNull();
                assertThat(connection.writer().getExtraInfo("peername")).contains(there);
                assertThat(connection.writer().getExtraInfo("sockname")).isEmpty();
                var other = accepted.await();
                assertThat(other.localAddress()).isEqualTo(there);
                assertThat(other.remoteAddress()).isNull();
                assertThat(server.isServing()).isTrue();
            }
        });
    }

    @OverEpollAndNio
    void protocols_bothEnds_hearWhatTheyShould(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var heard = new ArrayList<String>();
            Future<Boolean> lost = Asyncio.getRunningLoop().createFuture();
            try (var server = Network.createUnixServer(Echo::new, path())) {
                assertThat(server.addresses()).hasSize(1);
                var connection = Network.createUnixConnection(() -> new Hearing(heard, lost), path());
                assertThat(connection.transport().getExtraInfo("peername"))
                        .contains(UnixDomainSocketAddress.of(path()));
                connection.transport().write(bytes("hello"));
                lost.await();
            }
            assertThat(heard).containsExactly("made", "hello", "lost null");
        });
    }

    private static final class Echo implements Protocol {
        private @Nullable Transport transport;

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }

        @Override
        public void dataReceived(byte[] data) {
            Objects.requireNonNull(transport).write(data);
            transport.close();
        }
    }

    private record Hearing(List<String> heard, Future<Boolean> lost) implements Protocol {

        @Override
        public void connectionMade(Transport made) {
            heard.add("made");
        }

        @Override
        public void dataReceived(byte[] data) {
            heard.add(text(data));
        }

        @Override
        public void connectionLost(@Nullable Throwable error) {
            heard.add("lost " + error);
            lost.setResult(true);
        }
    }

    /** With Netty's own channel the end of one direction was the end of both, for the JDK's selector. */
    @OverEpollAndNio
    void writeEof_ofEitherEnd_leavesTheOtherDirectionOpen(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startUnixServer(
                    client -> {
                        var asked = text(client.reader().read());
                        client.write(bytes(asked.repeat(100_000)));
                    },
                    path())) {
                assertThat(server.isServing()).isTrue();
                try (var connection = Streams.openUnixConnection(path())) {
                    connection.write(bytes("question"));
                    connection.writer().writeEof();
                    assertThat(connection.reader().read()).hasSize(800_000);
                }
            }
        });
    }

    /* ---- connecting ---- */

    @OverEpollAndNio
    void openUnixConnection_nobodyThere_saysWhereAndWhy(NettyTransport transport) throws IOException {
        var left = folder.resolve("left");
        leaveBehind(left);
        var ordinary = Files.writeString(folder.resolve("ordinary"), "a file");
        Net.run(transport, () -> {
            assertThatExceptionOfType(FileNotFoundException.class)
                    .isThrownBy(() -> Streams.openUnixConnection(path()))
                    .withMessage("cannot connect to %s: no such file or directory", path());
            for (var refusing : new Path[] {left, ordinary}) {
                assertThatExceptionOfType(ConnectException.class)
                        .isThrownBy(() -> Streams.openUnixConnection(refusing))
                        .withMessage("cannot connect to %s: connection refused", refusing);
            }
            var local = ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("127.0.0.1", 0));
            assertThatIllegalArgumentException().isThrownBy(() -> Streams.openUnixConnection(left, local));
            Net.turnUntil(() -> driver().openChannels() == 0);
        });
    }

    @OverEpollAndNio
    void openUnixConnection_moreThanTheBacklogAtOnce_waitForTheirTurn(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var options = ServerOptions.DEFAULT.withBacklog(3);
            try (var server = Streams.startUnixServer(UnixSocketTest::echo, path(), options)) {
                var clients = new ArrayList<Task<String>>();
                for (var i = 0; i < 60; i++) {
                    clients.add(Asyncio.createTask(() -> roundTrip(path())));
                }
                for (var client : clients) {
                    assertThat(client.await()).isEqualTo("hello");
                }
                assertThat(server.isServing()).isTrue();
            }
        });
    }

    @OverEpollAndNio
    void openUnixConnection_cancelledWhileTheBacklogIsFull_leavesNoSocket(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listener.bind(UnixDomainSocketAddress.of(path()), 1);
                var tasks = new ArrayList<Task<Connection>>();
                for (var i = 0; i < 5; i++) {
                    tasks.add(Asyncio.createTask(() -> Streams.openUnixConnection(path())));
                }
                Net.turnUntil(() -> tasks.stream().filter(Future::done).count() == 2);
                for (var task : tasks) {
                    if (task.cancel()) {
                        assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
                    } else {
                        task.await().close();
                    }
                }
                Net.turnUntil(() -> driver().openChannels() == 0);
            }
        });
    }

    @OverEpollAndNio
    void anyEnd_pathTooLong_isRefusedAndNothingIsMade(NettyTransport transport) throws IOException {
        var longest = folder.resolve("x".repeat(106 - folder.toString().length() - 1)); // the JDK takes one less
        var tooLong = Path.of(longest + "xx");
        Net.run(transport, () -> {
            try (var server = Streams.startUnixServer(UnixSocketTest::echo, longest)) {
                assertThat(roundTrip(longest)).isEqualTo("hello");
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> Streams.startUnixServer(UnixSocketTest::echo, tooLong))
                        .withMessageContaining("at most 107 bytes, and this one 108");
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> Streams.openUnixConnection(tooLong))
                        .withMessageContaining("at most 107 bytes, and this one 108");
                assertThat(server.isServing()).isTrue();
            }
        });
        assertThat(folder).isEmptyDirectory();
    }

    /* ---- the file ---- */

    @OverEpollAndNio
    void startUnixServer_leftOverSocket_isReplaced_andRemovedByClose(NettyTransport transport) throws IOException {
        leaveBehind(path());
        Net.run(transport, () -> {
            var server = Streams.startUnixServer(UnixSocketTest::echo, path());
            assertThat(roundTrip(path())).isEqualTo("hello");
            var connection = Streams.openUnixConnection(path());
            server.close();
            assertThat(exists(path())).isFalse();
            connection.write(bytes("still here"));
            assertThat(connection.reader().readExactly(10)).isEqualTo(bytes("still here"));
            connection.close();
            server.waitClosed();
            Net.turnUntil(() -> driver().openChannels() == 0);
        });
        assertThat(exists(path())).isFalse();
    }

    @OverEpollAndNio
    void startUnixServer_whereSomethingElseLies_isRefusedAndTouchesNothing(NettyTransport transport)
            throws IOException {
        var ordinary = Files.writeString(folder.resolve("ordinary"), "precious");
        var link = Files.createSymbolicLink(folder.resolve("link"), ordinary);
        var nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("nothing"));
        Net.run(transport, () -> {
            for (var taken : new Path[] {ordinary, link, nowhere, folder}) {
                assertThatExceptionOfType(BindException.class)
                        .isThrownBy(() -> Streams.startUnixServer(UnixSocketTest::echo, taken))
                        .withMessage("cannot listen on %s: address already in use", taken);
            }
            var unreachable = folder.resolve("none").resolve("s");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Streams.startUnixServer(UnixSocketTest::echo, unreachable))
                    .withMessage("cannot listen on %s: no such file or directory", unreachable);
            assertThat(driver().openChannels()).isZero();
        });
        assertThat(ordinary).hasContent("precious");
        assertThat(exists(link)).isTrue();
        assertThat(exists(nowhere)).isTrue();
    }

    @OverEpollAndNio
    @SuppressWarnings("try") // closing early is the subject
    void close_fileReplacedBySomebodyElse_leavesTheirs(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var first = Streams.startUnixServer(UnixSocketTest::echo, path());
            try (var second = Streams.startUnixServer(UnixSocketTest::echo, path())) { // asyncio replaces live ones too
                first.close();
                first.waitClosed();
                Net.turnUntil(() -> driver().openChannels() == 1);
                assertThat(roundTrip(path())).isEqualTo("hello");
            }
            assertThat(exists(path())).isFalse();

            var third = Streams.startUnixServer(UnixSocketTest::echo, path());
            Files.delete(path());
            Files.writeString(path(), "precious");
            third.close();
            Net.turnUntil(() -> driver().openChannels() == 0);
        });
        assertThat(path()).hasContent("precious");
    }

    @OverEpollAndNio
    void close_withoutCleanup_leavesTheFile(NettyTransport transport) throws IOException {
        Net.run(
                transport,
                () -> Streams.startUnixServer(
                                UnixSocketTest::echo, path(), ServerOptions.DEFAULT.withCleanupSocket(false))
                        .close());
        assertThat(exists(path())).isTrue();
    }

    @OverEpollAndNio
    void loopEnds_withTheServerOpen_removesTheFile(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            assertThat(Streams.startUnixServer(UnixSocketTest::echo, path()).isServing())
                    .isTrue();
            assertThat(exists(path())).isTrue();
        });
        assertThat(exists(path())).isFalse();
    }

    @OverEpollAndNio
    void startUnixServer_permissions_areTheFiles(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            for (var permissions : new String[] {"rw-------", "rwxrwxrwx", "r--r--r--"}) {
                var options = ServerOptions.DEFAULT.withPermissions(PosixFilePermissions.fromString(permissions));
                try (var server = Streams.startUnixServer(UnixSocketTest::echo, path(), options)) {
                    assertThat(server.isServing()).isTrue();
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                            .isEqualTo(permissions);
                }
            }
        });
    }

    @OverEpollAndNio
    void startUnixServer_cancelledAfterAnyNumberOfTurns_leavesNothing(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            for (var turns = 0; turns < 6; turns++) {
                var starting = Asyncio.createTask(() -> Streams.startUnixServer(UnixSocketTest::echo, path()));
                for (var i = 0; i < turns; i++) {
                    Net.turn();
                }
                if (starting.cancel()) {
                    assertThatExceptionOfType(CancelledError.class).isThrownBy(starting::await);
                } else {
                    starting.await().close();
                }
                assertThat(exists(path())).isFalse();
                Net.turnUntil(() -> driver().openChannels() == 0);
            }
        });
    }

    @OverEpollAndNio
    void startServer_optionsOfTheOtherKind_areRefused(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var internet = ServerOptions.DEFAULT;
            for (var wrong : new ServerOptions[] {internet.withReusePort(true), internet.withKeepAlive(true)}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Streams.startUnixServer(UnixSocketTest::echo, path(), wrong));
            }
            var unix = internet.withPermissions(PosixFilePermissions.fromString("rw-------"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Streams.startServer(UnixSocketTest::echo, Net.LOOPBACK, 0, unix));
        });
    }

    /** Ends with the connections of a server that its clients left in every state. */
    @OverEpollAndNio
    void waitClosed_clientsThatGoAwayUnread_ends(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var reports = new ArrayList<Throwable>();
            Asyncio.getRunningLoop()
                    .setExceptionHandler(
                            (_, context) -> reports.add(context.exception().orElseThrow()));
            var server = Streams.startUnixServer(c -> c.write(new byte[1_000_000]), path());
            Action<IOException> leave = () -> {
                var connection = Streams.openUnixConnection(path());
                connection.reader().readExactly(10);
                connection.writer().abort();
            };
            leave.run();
            leave.run();
            server.close();
            server.waitClosed();
            Net.turnUntil(() -> driver().openChannels() == 0 && reports.size() == 2);
            assertThat(reports).hasOnlyElementsOfType(ConnectionResetException.class);
        });
    }

    /* ---- over the rings, which have clients only ---- */

    @Test
    void openUnixConnection_overRings_toAServerOfTheJdk_carriesMuchBothWays() throws IOException {
        assumeTrue(Net.transports().anyMatch(NettyTransport.IO_URING::equals), "there are no rings here");
        var all = bytes("a line of some length\n".repeat(50_000));
        try (var listening =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path()))) {
            Net.run(NettyTransport.IO_URING, () -> {
                var serving = Asyncio.getRunningLoop().runInExecutor(null, () -> echoOne(listening));
                try (var connection = Streams.openUnixConnection(path())) {
                    assertThat(connection.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(path()));
                    var writing = Asyncio.createTask(() -> {
                        connection.write(all);
                        connection.writer().writeEof();
                        return null;
                    });
                    assertThat(connection.reader().read()).isEqualTo(all);
                    writing.await();
                }
                assertThat(serving.await()).isEqualTo(all.length);
            });
        }
    }

    private static int echoOne(ServerSocketChannel listening) throws IOException {
        try (var peer = listening.accept()) {
            var buffer = ByteBuffer.allocate(65_536);
            var total = 0;
            while (peer.read(buffer) >= 0) {
                total += buffer.flip().remaining();
                while (buffer.hasRemaining()) {
                    peer.write(buffer);
                }
                buffer.clear();
            }
            return total;
        }
    }

    @Test
    void startUnixServer_overRings_isRefusedAndMakesNothing() {
        assumeTrue(Net.transports().anyMatch(NettyTransport.IO_URING::equals), "there are no rings here");
        Net.run(NettyTransport.IO_URING, () -> {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> Streams.startUnixServer(UnixSocketTest::echo, path()))
                    .withMessageContaining("io_uring cannot listen on Unix domain sockets");
            assertThat(exists(path())).isFalse();
        });
    }
}
