package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import dev.asyncio4j.LoopOptions;
import dev.asyncio4j.RunOptions;
import dev.asyncio4j.net.internal.NettyTransport;
import dev.asyncio4j.testing.net.MemoryNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files over connections: TR-17, and what may not be written meanwhile (TR-4). */
@Timeout(60)
class SendfileTest extends LargeFile {

    private FileChannel open() throws IOException {
        return FileChannel.open(path);
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Says where they differ, and not all that is in them. */
    private static void assertSame(byte[] received, byte[] expected) {
        assertThat(received).hasSameSizeAs(expected);
        assertThat(Arrays.mismatch(received, expected)).isEqualTo(-1);
    }

    /* ---- streams ---- */

    @OverEpollAndNio
    void sendfile_betweenWrites_arrivesInOrder(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(
                            client -> {
                                try (var file = open()) {
                                    client.writer().write(bytes("before:"));
                                    var whole = SendfileOptions.DEFAULT.withoutFallback();
                                    assertThat(client.writer().sendfile(file, whole))
                                            .isEqualTo(SIZE);
                                    assertThat(file.position()).isEqualTo(SIZE);
                                    assertThat(file.isOpen()).isTrue();
                                    client.writer().write(bytes(":between:"));
                                    var some = whole.withOffset(1_000).withCount(5_000);
                                    assertThat(client.writer().sendfile(file, some))
                                            .isEqualTo(5_000);
                                    assertThat(file.position()).isEqualTo(6_000);
                                    client.write(bytes(":after"));
                                }
                            },
                            Net.LOOPBACK,
                            0);
                    var connection = Net.connect(server)) {
                var expected =
                        concat(bytes("before:"), contents, bytes(":between:"), part(1_000, 5_000), bytes(":after"));
                assertSame(connection.reader().read(), expected);
            }
        });
    }

    @OverEpollAndNio
    void sendfile_overAUnixSocket_arrives(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var socket = folder.resolve("s");
            try (var server = Streams.startUnixServer(
                            client -> {
                                try (var file = open()) {
                                    client.writer().sendfile(file, SendfileOptions.DEFAULT.withoutFallback());
                                }
                            },
                            socket);
                    var connection = Streams.openUnixConnection(socket)) {
                assertSame(connection.reader().read(), contents);
                assertThat(server.isServing()).isTrue();
            }
        });
    }

    @OverEpollAndNio
    void sendfile_beyondTheEnd_sendsWhatThereIs(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            Future<StreamWriter> left = Asyncio.getRunningLoop().createFuture();
            try (var server = Streams.startServer((_, writer) -> left.setResult(writer), Net.LOOPBACK, 0);
                    var connection = Net.connect(server);
                    var file = open()) {
                var writer = left.await();
                assertThat(server.isServing()).isTrue();
                var tail = SendfileOptions.DEFAULT.withOffset(SIZE - 10).withCount(100);
                assertThat(writer.sendfile(file, tail)).isEqualTo(10);
                assertThat(writer.sendfile(file, tail.withOffset(SIZE + 5L))).isZero();
                assertThat(writer.sendfile(file, tail.withCount(0))).isZero();
                writer.close();
                assertThat(connection.reader().read()).isEqualTo(part(SIZE - 10, 10));
                assertThatIllegalStateException().isThrownBy(() -> writer.sendfile(file));
                assertThatIllegalArgumentException().isThrownBy(() -> tail.withOffset(-1));
                assertThatIllegalArgumentException().isThrownBy(() -> tail.withCount(-1));
            }
        });
    }

    @OverEpollAndNio
    void sendfile_toAPeerThatDoesNotRead_waits_refusesWrites_andStopsWhenCancelled(NettyTransport transport)
            throws IOException {
        Net.run(transport, () -> {
            Future<StreamWriter> left = Asyncio.getRunningLoop().createFuture();
            try (var server = Streams.startServer((_, writer) -> left.setResult(writer), Net.LOOPBACK, 0);
                    var peer = Peer.connectTo(server);
                    var file = open()) {
                var writer = left.await();
                assertThat(server.isServing()).isTrue();
                var sending = Asyncio.createTask(() -> writer.sendfile(file));
                Net.turn();
                assertThatIllegalStateException().isThrownBy(() -> writer.write(bytes("x")));
                assertThatIllegalStateException().isThrownBy(() -> writer.sendfile(file));
                assertThatIllegalStateException().isThrownBy(writer::writeEof);
                for (var i = 0; i < 20; i++) {
                    Net.turn();
                }
                assertThat(sending.done()).isFalse();
                sending.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(sending::await);
                var sent = (int) file.position();
                assertThat(sent).isBetween(1, SIZE - 1);

                writer.write(bytes(":goes on"));
                writer.close();
                assertSame(peer.receiveAllBytes(), concat(part(0, sent), bytes(":goes on")));
            }
        });
    }

    @OverEpollAndNio
    void sendfile_closedMeanwhile_sendsTheRestFirst(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(
                            (StreamReader _, StreamWriter writer) -> {
                                try (var file = open()) {
                                    Asyncio.getRunningLoop().callSoon(writer::close);
                                    writer.sendfile(file);
                                }
                            },
                            Net.LOOPBACK,
                            0);
                    var connection = Net.connect(server)) {
                assertSame(connection.reader().read(), contents);
                assertThat(server.isServing()).isTrue();
            }
        });
    }

    @OverEpollAndNio
    void sendfile_peerGoesAwayInTheMiddle_throwsAndSaysHowFarItCame(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            Future<StreamWriter> left = Asyncio.getRunningLoop().createFuture();
            try (var server = Streams.startServer((_, writer) -> left.setResult(writer), Net.LOOPBACK, 0);
                    var peer = Peer.connectTo(server);
                    var file = open()) {
                var writer = left.await();
                assertThat(server.isServing()).isTrue();
                var sending = Asyncio.createTask(() -> writer.sendfile(file));
                peer.receive(100_000);
                peer.reset();
                assertThatExceptionOfType(ConnectionResetException.class).isThrownBy(sending::await);
                assertThat(file.position()).isBetween(100_000L, SIZE - 1L);
            }
        });
    }

    /* ---- where the system cannot ---- */

    @Test
    void sendfile_overMemory_fallsBackUnlessToldNotTo() throws IOException {
        var network = new MemoryNetwork();
        var options = LoopOptions.DEFAULT.withDriver(network);
        var runOptions = RunOptions.DEFAULT.withLoopFactory(() -> new BaseEventLoop(options));
        Action<IOException> body = () -> {
            try (var server = Streams.startServer(
                            client -> {
                                try (var file = open()) {
                                    assertThatExceptionOfType(SendfileNotAvailableException.class)
                                            .isThrownBy(() -> client.writer()
                                                    .sendfile(file, SendfileOptions.DEFAULT.withoutFallback()));
                                    var some = SendfileOptions.DEFAULT
                                            .withOffset(10)
                                            .withCount(1_000_000);
                                    assertThat(client.writer().sendfile(file, some))
                                            .isEqualTo(1_000_000);
                                    assertThat(file.position()).isEqualTo(1_000_010);
                                }
                            },
                            Net.LOOPBACK,
                            80);
                    var connection = Streams.openConnection(Net.LOOPBACK, 80)) {
                assertSame(connection.reader().read(), part(10, 1_000_000));
                assertThat(server.isServing()).isTrue();
            }
        };
        Asyncio.run(body.asCoroutine(), runOptions);
    }

    /* ---- protocols ---- */

    @OverEpollAndNio
    @SuppressWarnings("try") // closing early is the subject
    void sendfile_ofATransport_arrives(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(
                            client -> assertSame(client.reader().read(), concat(bytes("<"), contents)),
                            Net.LOOPBACK,
                            0);
                    var file = open()) {
                var client = Network.createConnection(() -> new Protocol() {}, Net.LOOPBACK, Net.port(server))
                        .transport();
                client.write(bytes("<"));
                assertThat(Network.sendfile(client, file)).isEqualTo(SIZE);
                client.close();
                server.close();
                server.waitClosed();
            }
        });
    }

    /* ---- names ---- */

    @OverEpollAndNio
    void getaddrinfo_andBack_findThisMachine(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            assertThat(Network.getaddrinfo(Net.LOOPBACK, 80)).containsExactly(new InetSocketAddress(Net.LOOPBACK, 80));
            assertThat(Network.getaddrinfo("localhost", 80))
                    .isNotEmpty()
                    .allSatisfy(found ->
                            assertThat(found.getAddress().isLoopbackAddress()).isTrue());
            assertThat(Network.getnameinfo(new InetSocketAddress(Net.LOOPBACK, 80)))
                    .isNotEmpty();
        });
    }
}
