package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Task;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The adapter protocol, and writers over transports: SW-1 to SW-7 hold there too. */
@Timeout(60)
class StreamReaderProtocolTest {

    @TempDir
    Path folder;

    private static Server serve(StreamHandler handler, ServerOptions options) throws IOException {
        return Network.createServer(
                () -> new StreamReaderProtocol(new StreamReader(), handler), Net.LOOPBACK, 0, options);
    }

    private static void echo(StreamReader reader, StreamWriter writer) throws IOException {
        for (var line : reader) {
            writer.write(line);
            writer.drain();
        }
        writer.close();
    }

    /** A client made by hand. */
    private record Client(StreamReader reader, StreamWriter writer) {

        static Client of(Server server, ConnectOptions options) throws IOException {
            var reader = new StreamReader();
            var made = Network.createConnection(
                    () -> new StreamReaderProtocol(reader), Net.LOOPBACK, Net.port(server), options);
            return new Client(reader, new StreamWriter(made.transport(), made.protocol()));
        }

        static Client of(Server server) throws IOException {
            return of(server, ConnectOptions.DEFAULT);
        }
    }

    @Test
    void handlerAndHandMadeClient_talk() throws IOException {
        Net.run(() -> {
            try (var server = serve(StreamReaderProtocolTest::echo, ServerOptions.DEFAULT)) {
                var client = Client.of(server);
                var big = new byte[300_001];
                big[300_000] = '\n';
                client.writer().writeLines(List.of(bytes("one\n"), bytes("two\n")));
                client.writer().write(bytes("xthreex\n"), 1, 5);
                client.writer().write(bytes("\n"));
                client.writer().drain();
                assertThat(text(client.reader().readLine())).isEqualTo("one\n");
                assertThat(text(client.reader().readLine())).isEqualTo("two\n");
                assertThat(text(client.reader().readLine())).isEqualTo("three\n");
                assertThat(client.writer().getExtraInfo("peername"))
                        .contains(server.sockets().getFirst());
                assertThat(client.writer().getExtraInfo("sockname")).isPresent();
                assertThat(client.writer().tlsInfo()).isEmpty();
                assertThat(client.writer().canWriteEof()).isTrue();
                client.writer().writeEof();
                assertThatIllegalStateException()
                        .isThrownBy(() -> client.writer().write(bytes("more")));
                assertThat(client.reader().read()).isEmpty();
                client.writer().close();
                assertThat(client.writer().isClosing()).isTrue();
                client.writer().waitClosed();
            }
        });
    }

    /** SW-2, SW-3, SR-1. */
    @Test
    void drain_waitsWhileThePeerDoesNotRead() throws IOException {
        Net.run(() -> {
            var readers = new ArrayList<StreamReader>();
            try (var server = serve((reader, _) -> readers.add(reader), ServerOptions.DEFAULT)) {
                var client = Client.of(server);
                client.writer().setWriteBufferLimits(1000, 100);
                var stages = new ArrayList<String>();
                Task<?> writing = Asyncio.createTask(() -> {
                    for (int i = 0; i < 300; i++) {
                        client.writer().write(new byte[64 * 1024]);
                        client.writer().drain();
                    }
                    stages.add("written");
                    client.writer().writeEof();
                });
                Net.turnUntilStill(() -> (int) client.writer().getWriteBufferSize());
                assertThat(stages).isEmpty();
                assertThat(readers.getFirst().read()).hasSize(300 * 64 * 1024);
                writing.await();
                client.writer().close();
            }
        });
    }

    /** SW-4. */
    @Test
    void brokenConnection_isToldToReaderAndWriter() throws IOException {
        Net.run(() -> {
            try (var server = serve((_, writer) -> writer.abort(), ServerOptions.DEFAULT)) {
                var client = Client.of(server);
                assertThat(client.reader().read()).isEmpty();
                assertThatExceptionOfType(ConnectionResetException.class).isThrownBy(() -> {
                    while (true) {
                        client.writer().write(new byte[1000]);
                        client.writer().drain();
                        Asyncio.sleep(Duration.ofMillis(1));
                    }
                });
                assertThatExceptionOfType(ConnectionResetException.class)
                        .isThrownBy(() -> client.reader().read(1));
                assertThatExceptionOfType(ConnectionResetException.class)
                        .isThrownBy(() -> client.writer().waitClosed());
            }
        });
    }

    @Test
    void drain_onAConnectionThatWasClosed_isToldSo() throws IOException {
        Net.run(() -> {
            try (var server = serve(StreamReaderProtocolTest::echo, ServerOptions.DEFAULT)) {
                var client = Client.of(server);
                client.writer().close();
                client.writer().waitClosed();
                assertThatExceptionOfType(ConnectionResetException.class)
                        .isThrownBy(() -> client.writer().drain());
                assertThat(client.reader().read()).isEmpty();
            }
        });
    }

    /** SW-7: what a handler throws is reported and closes the connection; one that returns leaves it open. */
    @Test
    void handler_thatFails_isReported_andItsConnectionClosed() throws IOException {
        Net.run(() -> {
            var reports = new ArrayList<ExceptionContext>();
            Asyncio.getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
            var server = serve(
                    (_, _) -> {
                        throw new IllegalStateException("on purpose");
                    },
                    ServerOptions.DEFAULT);
            try (server) {
                var client = Client.of(server);
                assertThat(client.reader().read()).isEmpty();
                assertThat(reports)
                        .singleElement()
                        .satisfies(report ->
                                assertThat(report.exception().orElseThrow()).hasMessage("on purpose"));
                client.writer().close();
            }
        });
    }

    /** TLS-5: over TLS the end is the end of both directions, and that is no reason for a warning. */
    @Test
    void overTls_talk_andEndTogether() throws IOException {
        var pki = new Pki(folder);
        var ours = ServerOptions.DEFAULT.withTls(TlsOptions.of(pki.serverContext(Pki.server(Net.LOOPBACK))));
        var theirs = ConnectOptions.DEFAULT.withTls(TlsOptions.of(pki.clientContext()));
        Net.run(() -> {
            try (var server = serve(StreamReaderProtocolTest::echo, ours)) {
                var client = Client.of(server, theirs);
                assertThat(client.writer().tlsInfo()).isPresent();
                client.writer().write(bytes("secret\n"));
                assertThat(text(client.reader().readLine())).isEqualTo("secret\n");
                client.writer().close();
                client.writer().waitClosed();
            }
        });
    }

    /** SW-5. */
    @Test
    void startTls_atBothEnds_encryptsWhatFollows() throws IOException {
        var pki = new Pki(folder);
        var ours = TlsOptions.of(pki.serverContext(Pki.server(Net.LOOPBACK)));
        var theirs = TlsOptions.of(pki.clientContext()).withServerHostname(Net.LOOPBACK);
        Net.run(() -> {
            StreamHandler handler = (reader, writer) -> {
                assertThat(text(reader.readLine())).isEqualTo("STARTTLS\n");
                writer.write(bytes("go\n"));
                writer.startTls(ours);
                echo(reader, writer);
            };
            try (var server = serve(handler, ServerOptions.DEFAULT)) {
                var client = Client.of(server);
                client.writer().write(bytes("STARTTLS\n"));
                assertThat(text(client.reader().readLine())).isEqualTo("go\n");
                client.writer().startTls(theirs);
                client.writer().write(bytes("secret\n"));
                assertThat(text(client.reader().readLine())).isEqualTo("secret\n");
                client.writer().close();
                client.writer().waitClosed();
            }
        });
    }

    @Test
    void sendfile_overATransport() throws IOException {
        var path = Files.write(folder.resolve("file"), new byte[1_000_000]);
        Net.run(() -> {
            StreamHandler handler = (_, writer) -> {
                try (var file = FileChannel.open(path)) {
                    writer.sendfile(file);
                }
                writer.close();
            };
            try (var server = serve(handler, ServerOptions.DEFAULT)) {
                var client = Client.of(server);
                assertThat(client.reader().read()).hasSize(1_000_000);
                client.writer().close();
            }
        });
    }

    /** asyncio's recipe for standard input and output. */
    @Test
    void pipes_byAsynciosRecipe() throws IOException {
        Net.run(() -> {
            var pipe = java.nio.channels.Pipe.open();
            var reader = new StreamReader();
            var reading = Network.connectReadPipe(() -> new StreamReaderProtocol(reader), pipe.source());
            var writing = Network.connectWritePipe(() -> new StreamReaderProtocol(new StreamReader()), pipe.sink());
            var writer = new StreamWriter(writing.transport(), writing.protocol());
            writer.write(bytes("hello\n"));
            writer.drain();
            assertThat(text(reader.readLine())).isEqualTo("hello\n");
            writer.close();
            writer.waitClosed();
            assertThat(Objects.requireNonNull(reader.read())).isEmpty();
            Net.turnUntil(() -> reading.transport().isClosing());
        });
    }
}
