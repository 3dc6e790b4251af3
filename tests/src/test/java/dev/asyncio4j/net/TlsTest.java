package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Encrypted streams: TLS-1 to TLS-6, SW-9, TR-13. */
@Timeout(60)
@EachTlsProvider
class TlsTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @Parameter
    TlsProvider provider = TlsProvider.AUTO; // until JUnit has set it

    @TempDir
    Path folder;

    private static void echo(Connection connection) throws IOException {
        for (var got = connection.reader().read(65_536);
                got.length > 0;
                got = connection.reader().read(65_536)) {
            connection.write(got);
        }
    }

    private static Server serve(ConnectionHandler handler, TlsContext context) throws IOException {
        return serve(handler, TlsOptions.of(context));
    }

    private static Server serve(ConnectionHandler handler, TlsOptions options) throws IOException {
        return Streams.startServer(handler, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withTls(options));
    }

    private static Connection connect(Server server, TlsOptions options) throws IOException {
        return Streams.openConnection(Net.LOOPBACK, Net.port(server), ConnectOptions.DEFAULT.withTls(options));
    }

    private static Connection connect(Server server, TlsContext context) throws IOException {
        return connect(server, TlsOptions.of(context));
    }

    @OverEpollAndNio
    void openConnection_trustedCertificateForTheAddress_bytesComeBack(NettyTransport transport) throws IOException {
        var pki = new Pki(folder, provider);
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK)).withApplicationProtocols("h2", "echo/1");
        var theirs = pki.clientContext().withApplicationProtocols("echo/1", "other");
        Net.run(transport, () -> {
            try (var server = serve(TlsTest::echo, ours)) {
                for (var round = 0; round < 3; round++) {
                    try (var connection = connect(server, theirs)) {
                        connection.write(bytes("hello"));
                        assertThat(text(connection.reader().readExactly(5))).isEqualTo("hello");
                        var info = connection.tlsInfo().orElseThrow();
                        assertThat(info.protocol()).isEqualTo("TLSv1.3");
                        assertThat(info.cipherSuite()).startsWith("TLS_");
                        assertThat(info.applicationProtocol()).isEqualTo("echo/1");
                        assertThat(info.peerCertificates()).isNotEmpty();
                        assertThat(connection.writer().canWriteEof()).isFalse();
                        assertThatExceptionOfType(UnsupportedOperationException.class)
                                .isThrownBy(connection.writer()::writeEof);
                    }
                }
            }
        });
    }

    @OverEpollAndNio
    void write_tenMebibytesEachWay_allComeInOrderAndBackPressureIsReal(NettyTransport transport) throws IOException {
        var pki = new Pki(folder, provider);
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK));
        var sent = new byte[10 * 1024 * 1024];
        new Random(1).nextBytes(sent);
        Net.run(transport, () -> {
            try (var server = serve(TlsTest::echo, ours);
                    var connection = connect(server, pki.clientContext())) {
                var writing = Asyncio.createTask(() -> {
                    var most = 0L;
                    for (var at = 0; at < sent.length; at += 65_536) {
                        connection.writer().write(sent, at, Math.min(65_536, sent.length - at));
                        most = Math.max(most, connection.writer().getWriteBufferSize());
                        connection.writer().drain();
                    }
                    return most;
                });
                var got = connection.reader().readExactly(sent.length);
                assertThat(Arrays.equals(got, sent)).isTrue();
                assertThat(writing.await()).isLessThanOrEqualTo(2 * 65_536);
                Net.turnUntil(() -> connection.writer().getWriteBufferSize() == 0);
            }
        });
    }

    @OverEpollAndNio
    void drain_peerThatDoesNotRead_suspendsUntilItReads(NettyTransport transport) throws IOException {
        var pki = new Pki(folder, provider);
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK));
        Net.run(transport, () -> {
            var go = Asyncio.getRunningLoop().<Boolean>createFuture();
            var received = new AtomicInteger();
            var total = 32 * 1024 * 1024;
            try (var server = serve(
                            connection -> {
                                go.await();
                                for (var got = connection.reader().read(65_536);
                                        got.length > 0;
                                        got = connection.reader().read(65_536)) {
                                    received.addAndGet(got.length);
                                }
                            },
                            ours);
                    var connection = connect(server, pki.clientContext())) {
                connection.writer().write(new byte[total]);
                var draining = Asyncio.createTask(() -> {
                    connection.writer().drain();
                    return true;
                });
                for (var turn = 0; turn < 200; turn++) {
                    Net.turn();
                }
                assertThat(draining.done()).isFalse();
                assertThat(connection.writer().getWriteBufferSize()).isGreaterThan(total / 4);
                go.setResult(true);
                draining.await();
                connection.writer().close();
                Net.turnUntil(() -> received.get() == total);
            }
        });
    }

    @OverEpollAndNio
    void close_afterWriting_thePeerReadsAllAndThenTheEnd(NettyTransport transport) throws IOException {
        var pki = new Pki(folder, provider);
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK));
        Net.run(transport, () -> {
            try (var server = serve(connection -> connection.writer().write(new byte[300_000]), ours);
                    var connection = connect(server, pki.clientContext())) {
                assertThat(connection.reader().read(-1)).hasSize(300_000);
                assertThat(connection.reader().atEof()).isTrue();
                connection.writer().waitClosed(); // SW-9: the end of stream closes it
            }
        });
    }

    @Test
    void openConnection_serverHostname_decidesWhatIsChecked() throws IOException {
        var pki = new Pki(folder, provider);
        var ours = pki.serverContext(Pki.server("*.example.test"));
        Net.run(NettyTransport.NIO, () -> {
            try (var server = serve(TlsTest::echo, ours)) {
                var options = TlsOptions.of(pki.clientContext());
                connect(server, options.withServerHostname("a.example.test")).close();
                connect(server, options.withServerHostname("A.Example.TEST.")).close();
                connect(server, options.withServerHostname("")).close(); // TLS-6: no check
                assertThatExceptionOfType(TlsException.class)
                        .isThrownBy(() -> connect(server, options.withServerHostname("example.test")))
                        .withMessageContaining("the certificate is for *.example.test, not for example.test");
                assertThatExceptionOfType(TlsException.class)
                        .isThrownBy(() -> connect(server, options)) // TLS-6: the host that is connected to
                        .withMessageContaining("not for 127.0.0.1");
            }
        });
    }

    @Test
    void openConnection_requiredClientCertificate_onlyATrustedOneReachesTheHandler() throws IOException {
        var pki = new Pki(folder, provider);
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK))
                .withTrust(pki.authorityFile())
                .withRequiredClientCertificate();
        var client = pki.sign(Pki.client());
        var strangers = new Pki(folder, provider);
        var stranger = strangers.sign(Pki.client());
        var handled = new AtomicInteger();
        Net.run(() -> {
            try (var server = serve(
                    connection -> {
                        handled.incrementAndGet();
                        assertThat(connection.tlsInfo().orElseThrow().peerCertificates())
                                .first()
                                .isEqualTo(client.getCertificate());
                        echo(connection);
                    },
                    ours)) {
                var known = pki.clientContext().withCertificate(pki.chain(client), pki.key(client));
                try (var connection = connect(server, known)) {
                    connection.write(bytes("x"));
                    assertThat(connection.reader().readExactly(1)).hasSize(1);
                }
                assertThat(handled).hasValue(1);
                for (var wrong : new TlsContext[] {
                    pki.clientContext(),
                    pki.clientContext().withCertificate(strangers.chain(stranger), strangers.key(stranger))
                }) { // with TLS 1.3 the client hears of it when it reads
                    assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                        try (var connection = connect(server, wrong)) {
                            connection.reader().readExactly(1);
                        }
                    });
                }
                assertThat(handled).hasValue(1);
            }
        });
    }

    @OverEpollAndNio
    void accept_stalledAndPlainPeers_doNotKeepOthersWaiting(NettyTransport transport) throws IOException {
        var pki = new Pki(folder, provider);
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK));
        var handled = new AtomicInteger();
        Net.run(transport, () -> {
            ConnectionHandler handler = connection -> {
                handled.incrementAndGet();
                echo(connection);
            };
            try (var server = serve(handler, TlsOptions.of(ours).withHandshakeTimeout(SHORT));
                    var silent = Peer.connectTo(server);
                    var half = Peer.connectTo(server);
                    var plain = Peer.connectTo(server)) {
                half.send("\u0016\u0003\u0001\u0001"); // the start of a record
                plain.send("GET / HTTP/1.1\r\n\r\n");
                try (var connection = connect(server, pki.clientContext())) {
                    connection.write(bytes("x"));
                    assertThat(connection.reader().readExactly(1)).hasSize(1);
                }
                plain.drain(); // an alert, and the end
                assertThat(silent.drain()).isZero(); // after the timeout
                assertThat(half.drain()).isZero();
                assertThat(handled).hasValue(1);
            }
        });
    }

    @OverEpollAndNio
    void openConnection_serverThatNeverAnswers_isAbortedAfterTheTimeout(NettyTransport transport) throws IOException {
        try (var deaf =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral(Net.LOOPBACK), 0))) {
            var port = ((InetSocketAddress) deaf.getLocalAddress()).getPort();
            var options =
                    TlsOptions.of(TlsContext.DEFAULT.withProvider(provider)).withHandshakeTimeout(SHORT);
            Net.run(
                    transport,
                    () -> assertThatExceptionOfType(ConnectionAbortedException.class)
                            .isThrownBy(() ->
                                    Streams.openConnection(Net.LOOPBACK, port, ConnectOptions.DEFAULT.withTls(options)))
                            .withMessageContaining("127.0.0.1")
                            .withMessageContaining("300 ms"));
        }
    }

    @OverEpollAndNio
    void openConnection_serverThatLeaves_failsWithAReset(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(
                    (Connection connection) -> connection.reader().read(1), Net.LOOPBACK, 0)) {
                assertThatExceptionOfType(ConnectionResetException.class)
                        .isThrownBy(() -> connect(server, TlsContext.DEFAULT.withProvider(provider)));
            }
        });
    }

    @OverEpollAndNio
    void close_peerThatSaysNoFarewell_endsAfterTheShutdownTimeout(NettyTransport transport) throws IOException {
        var pki = new Pki(folder, provider);
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK));
        Net.run(transport, () -> {
            try (var server = serve(_ -> Asyncio.sleep(Duration.ofHours(1)), ours)) {
                var options = TlsOptions.of(pki.clientContext()).withShutdownTimeout(SHORT);
                var connection = connect(server, options);
                connection
                        .writer()
                        .write(new byte[256 * 1024]); // more than its reader takes: it never sees the farewell
                connection.close(); // never throws
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(connection.writer()::waitClosed)
                        .withMessageContaining("127.0.0.1");
                server.abortClients();
            }
        });
    }

    @Test
    void abort_ofAnEncryptedConnection_endsAtOnce() throws IOException {
        var pki = new Pki(folder, provider);
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK));
        Net.run(() -> {
            try (var server = serve(_ -> Asyncio.sleep(Duration.ofHours(1)), ours)) {
                var connection = connect(server, pki.clientContext());
                connection.writer().write(new byte[8 * 1024 * 1024]);
                connection.writer().abort();
                connection.writer().waitClosed();
                assertThat(connection.writer().isClosing()).isTrue();
                server.abortClients();
            }
        });
    }

    @Test
    void options_thatCannotBe_areRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsOptions.of(TlsContext.DEFAULT).withHandshakeTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsOptions.of(TlsContext.DEFAULT).withShutdownTimeout(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> TlsContext.DEFAULT.withApplicationProtocols("h2", ""));
        Net.run(() -> assertThatIllegalArgumentException()
                .isThrownBy(() -> serve(TlsTest::echo, TlsContext.DEFAULT))
                .withMessageContaining("certificate"));
    }
}
