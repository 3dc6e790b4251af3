package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What streams and servers promise, whatever carries their bytes. */
@Timeout(60)
class StreamContractTest {

    private static Server echo(Carrier carrier) throws IOException {
        return carrier.startServer(connection -> {
            for (byte[] got = connection.reader().read(4096);
                    got.length > 0;
                    got = connection.reader().read(4096)) {
                connection.write(got);
            }
        });
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static <T> Future<T> future() {
        EventLoop loop = Asyncio.getRunningLoop();
        return loop.createFuture();
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void manyClients_eachGetsItsOwnBack(Carrier carrier) throws IOException {
        carrier.run(() -> {
            try (var server = echo(carrier)) {
                TaskGroup.run(group -> {
                    for (int i = 0; i < 20; i++) {
                        var line = "line " + i + "\n";
                        group.createTask(() -> {
                            try (var connection = carrier.connect(server)) {
                                connection.write(bytes(line));
                                assertThat(text(connection.reader().readLine())).isEqualTo(line);
                            }
                        });
                    }
                });
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#halfClosing")
    void bothEnds_sendingMuchAtOnce_receiveItWhole(Carrier carrier) throws IOException {
        var sent = new byte[300_000];
        new Random(1).nextBytes(sent);
        carrier.run(() -> {
            try (var server = echo(carrier);
                    var connection = carrier.connect(server)) {
                Task<byte[]> received =
                        Asyncio.createTask(() -> connection.reader().read());
                connection.write(sent);
                connection.writer().writeEof();
                assertThat(received.await()).isEqualTo(sent);
            }
        });
    }

    /** SW-1, TR-3: what was written before close arrives. */
    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void close_sendsWhatWasWritten(Carrier carrier) throws IOException {
        carrier.run(() -> {
            try (var server = carrier.startServer(
                            connection -> connection.writer().write(new byte[200_000]));
                    var connection = carrier.connect(server)) {
                assertThat(connection.reader().read()).hasSize(200_000);
            }
        });
    }

    /** TR-13. */
    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#halfClosing")
    void writeEof_leavesTheOtherDirectionOpen(Carrier carrier) throws IOException {
        carrier.run(() -> {
            try (var server = carrier.startServer(connection -> {
                        byte[] all = connection.reader().read();
                        connection.write(bytes(all.length + " bytes"));
                    });
                    var connection = carrier.connect(server)) {
                connection.write(bytes("question"));
                connection.writer().writeEof();
                assertThatIllegalStateException()
                        .isThrownBy(() -> connection.writer().write(bytes("more")));
                assertThat(text(connection.reader().read())).isEqualTo("8 bytes");
            }
        });
    }

    /** SR-5: what came before the end is in the error. */
    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void readExactly_pastTheEnd_saysWhatThereWas(Carrier carrier) throws IOException {
        carrier.run(() -> {
            try (var server = carrier.startServer(connection -> connection.write(bytes("abc")));
                    var connection = carrier.connect(server)) {
                assertThatExceptionOfType(IncompleteReadException.class)
                        .isThrownBy(() -> connection.reader().readExactly(5))
                        .satisfies(e -> assertThat(text(e.partial())).isEqualTo("abc"));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#connecting")
    void connect_whereNobodyListens_isRefused(Carrier carrier) throws IOException {
        carrier.run(() -> {
            int port = unusedPort();
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> carrier.connect(port))
                    .withMessageContaining("connection refused")
                    .withMessageContaining(Integer.toString(port));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void startServer_whereAnotherListens_fails(Carrier carrier) throws IOException {
        carrier.run(() -> {
            try (var server = echo(carrier)) {
                assertThatExceptionOfType(BindException.class)
                        .isThrownBy(() -> carrier.startServer(_ -> {}, Net.port(server)))
                        .withMessageContaining("in use");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void addresses_ofBothEnds_areEachOthers(Carrier carrier) throws IOException {
        carrier.run(() -> {
            Future<Object> seen = future();
            try (var server = carrier.startServer(
                            connection -> seen.setResult(Objects.requireNonNull(connection.remoteAddress())));
                    var connection = carrier.connect(server)) {
                assertThat((Object) connection.localAddress()).isEqualTo(seen.await());
                assertThat(connection.remoteAddress()).isEqualTo(new InetSocketAddress(Net.LOOPBACK, Net.port(server)));
            }
        });
    }

    /** SW-2, TR-7: a writer waits while the peer does not read, and goes on when it does. */
    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#halfClosing")
    void write_toAPeerThatDoesNotRead_waits(Carrier carrier) throws IOException {
        carrier.run(() -> {
            Future<Boolean> mayRead = future();
            Future<Integer> read = future();
            try (var server = carrier.startServer(connection -> {
                        mayRead.await();
                        read.setResult(connection.reader().read().length);
                    });
                    var connection = carrier.connect(server)) {
                var stages = new ArrayList<String>();
                Task<?> writing = Asyncio.createTask(() -> {
                    for (int i = 0; i < 300; i++) {
                        connection.write(new byte[64 * 1024]);
                    }
                    stages.add("written");
                });
                for (int i = 0; i < 1000; i++) {
                    Net.turn();
                }
                assertThat(stages).isEmpty();
                mayRead.setResult(true);
                writing.await();
                connection.writer().writeEof();
                assertThat(read.await()).isEqualTo(300 * 64 * 1024);
            }
        });
    }

    /** SW-4: bytes for an end that is gone break the connection, and whoever writes on is told. */
    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void write_toAPeerThatHasGone_failsInTheEnd(Carrier carrier) throws IOException {
        carrier.run(() -> {
            try (var server = carrier.startServer(
                            connection -> connection.writer().abort());
                    var connection = carrier.connect(server)) {
                assertThat(connection.reader().read()).isEmpty();
                assertThatExceptionOfType(ConnectionResetException.class).isThrownBy(() -> {
                    while (true) {
                        connection.write(new byte[1000]);
                        Asyncio.sleep(Duration.ofMillis(1));
                    }
                });
            }
        });
    }
}
