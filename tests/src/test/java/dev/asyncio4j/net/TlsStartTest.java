package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Encryption that begins in the middle of a connection: TLS-8, SW-5. */
@Timeout(60)
@EachTlsProvider
class TlsStartTest {
    private static final String NAME = "mail.test";

    @Parameter
    TlsProvider provider = TlsProvider.AUTO; // until JUnit has set it

    @TempDir
    Path folder;

    private TlsOptions ours;
    private TlsOptions theirs;

    @BeforeEach
    void makeCertificates() {
        var pki = new Pki(folder, provider);
        ours = TlsOptions.of(pki.serverContext(Pki.server(NAME))).withShutdownTimeout(Duration.ofHours(1));
        theirs = TlsOptions.of(pki.clientContext()).withServerHostname(NAME).withShutdownTimeout(Duration.ofHours(1));
    }

    private static Server serve(ConnectionHandler handler) throws IOException {
        return Streams.startServer(handler, Net.LOOPBACK, 0);
    }

    /** Agrees to encrypt, does so, and sends back what comes. */
    private void upgradeAndEcho(Connection connection) throws IOException {
        assertThat(text(connection.reader().readLine())).isEqualTo("STARTTLS\n");
        connection.write(bytes("OK\n"));
        connection.startTls(ours);
        echo(connection);
    }

    private static void echo(Connection connection) throws IOException {
        for (var got = connection.reader().read(65_536);
                got.length > 0;
                got = connection.reader().read(65_536)) {
            connection.write(got);
        }
    }

    @OverEpollAndNio
    void startTls_bothEndsAgree_theRestIsEncrypted(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = serve(this::upgradeAndEcho);
                    var connection = Net.connect(server)) {
                assertThat(connection.tlsInfo()).isEmpty();
                connection.write(bytes("STARTTLS\n"));
                assertThat(text(connection.reader().readLine())).isEqualTo("OK\n");
                connection.startTls(theirs);
                assertThat(connection.tlsInfo().orElseThrow().protocol()).isEqualTo("TLSv1.3");
                assertThat(connection.writer().canWriteEof()).isFalse();
                echoed(connection, 1_000_000);
            }
        });
    }

    private static void echoed(Connection connection, int length) throws IOException {
        var sent = new byte[length];
        new Random(length).nextBytes(sent);
        var writing = Asyncio.createTask(() -> connection.write(sent));
        assertThat(Arrays.equals(connection.reader().readExactly(length), sent)).isTrue();
        writing.await();
    }

    @OverEpollAndNio
    void startTls_handshakeReceivedBefore_isTakenFromTheReader(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = serve(connection -> {
                        assertThat(text(connection.reader().readLine())).isEqualTo("STARTTLS\n");
                        Net.turnUntil(() -> connection.reader().buffered() > 100); // gh-142352
                        connection.startTls(ours);
                        echo(connection);
                    });
                    var connection = Net.connect(server)) {
                connection.write(bytes("STARTTLS\n"));
                connection.startTls(theirs); // without waiting for an answer
                echoed(connection, 100_000);
            }
        });
    }

    @OverEpollAndNio
    void startTls_muchUnsent_isSentUnencryptedBefore(NettyTransport transport) throws IOException {
        var length = 8 * 1024 * 1024;
        Net.run(transport, () -> {
            try (var server = serve(connection -> {
                        assertThat(connection.reader().readExactly(length)).hasSize(length);
                        connection.startTls(ours);
                        echo(connection);
                    });
                    var connection = Net.connect(server)) {
                connection.writer().write(new byte[length]);
                connection.startTls(theirs);
                echoed(connection, 1000);
            }
        });
    }

    @Test
    void startTls_plaintextSlippedInBefore_isNoAnswerOfTheServers() throws IOException {
        Net.run(() -> {
            try (var server = serve(connection -> {
                        connection.reader().readLine();
                        connection.write(bytes("OK\nand this, which nobody signed\n"));
                        Net.awaitEnd(connection);
                    });
                    var connection = Net.connect(server)) {
                connection.write(bytes("STARTTLS\n"));
                assertThat(text(connection.reader().readLine())).isEqualTo("OK\n");
                Net.turnUntil(() -> connection.reader().buffered() > 0);
                assertThatExceptionOfType(TlsException.class).isThrownBy(() -> connection.startTls(theirs));
                assertThat(connection.writer().isClosing()).isTrue();
                assertThatExceptionOfType(TlsException.class).isThrownBy(connection.reader()::readLine);
                assertThatExceptionOfType(TlsException.class).isThrownBy(connection.writer()::waitClosed);
            }
        });
    }

    @OverEpollAndNio
    void startTls_refusedCertificate_closesTheConnectionAtBothEnds(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var served = Asyncio.getRunningLoop().<Throwable>createFuture();
            try (var server = serve(connection -> {
                        connection.reader().readLine();
                        try {
                            connection.startTls(ours);
                        } catch (IOException e) {
                            served.setResult(e);
                        }
                    });
                    var connection = Net.connect(server)) {
                connection.write(bytes("STARTTLS\n"));
                assertThatExceptionOfType(TlsException.class)
                        .isThrownBy(() -> connection.startTls(theirs.withServerHostname("other.test")))
                        .withMessageContaining("the certificate is for mail.test, not for other.test");
                assertThat(connection.writer().isClosing()).isTrue();
                assertThat(served.await()).isInstanceOf(IOException.class);
            }
        });
    }

    @OverEpollAndNio
    void startTls_peerThatNeverAnswers_isAbortedAfterTheTimeout(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = serve(Net::awaitEnd);
                    var connection = Net.connect(server)) {
                var impatient = theirs.withHandshakeTimeout(Duration.ofMillis(200));
                assertThatExceptionOfType(ConnectionAbortedException.class)
                        .isThrownBy(() -> connection.startTls(impatient))
                        .withMessageContaining("mail.test")
                        .withMessageContaining("200 ms");
                assertThat(connection.writer().isClosing()).isTrue();
            }
        });
    }

    @OverEpollAndNio
    void startTls_cancelled_closesTheConnection(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var heard = Asyncio.getRunningLoop().<Integer>createFuture();
            try (var server = serve(connection -> {
                        heard.setResult(connection.reader().readExactly(5).length);
                        Net.awaitEnd(connection);
                    });
                    var connection = Net.connect(server)) {
                var starting = Asyncio.createTask(() -> connection.startTls(theirs));
                heard.await();
                starting.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(starting::await);
                assertThat(connection.writer().isClosing()).isTrue();
                connection.writer().waitClosed();
            }
        });
    }

    @Test
    void startTls_closedDuringTheHandshake_failsAtOnce() throws IOException {
        Net.run(() -> {
            var heard = Asyncio.getRunningLoop().<Integer>createFuture();
            try (var server = serve(connection -> {
                        heard.setResult(connection.reader().readExactly(5).length);
                        Net.awaitEnd(connection);
                    });
                    var connection = Net.connect(server)) {
                var starting = Asyncio.createTask(() -> connection.startTls(theirs));
                heard.await();
                assertThatIllegalStateException().isThrownBy(() -> connection.startTls(theirs));
                connection.writer().close(); // TLS-4: an abort
                assertThatExceptionOfType(ConnectionResetException.class).isThrownBy(starting::await);
            }
        });
    }

    @Test
    void startTls_notPossible_saysSoAndLeavesTheConnection() throws IOException {
        Net.run(() -> {
            try (var server = serve(TlsStartTest::echo)) {
                try (var connection = Net.connect(server)) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> connection.startTls(TlsOptions.of(theirs.context())))
                            .withMessageContaining("withServerHostname");
                    echoed(connection, 10);
                }
                var closed = Net.connect(server);
                closed.close();
                assertThatExceptionOfType(ConnectionResetException.class).isThrownBy(() -> closed.startTls(theirs));
            }
        });
    }

    @OverEpollAndNio
    void startTls_onAnEncryptedConnection_encryptsInside(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(
                            (Connection connection) -> upgradeAndEcho(connection),
                            Net.LOOPBACK,
                            0,
                            ServerOptions.DEFAULT.withTls(ours));
                    var connection = Streams.openConnection(
                            Net.LOOPBACK, Net.port(server), ConnectOptions.DEFAULT.withTls(theirs))) {
                connection.write(bytes("STARTTLS\n"));
                assertThat(text(connection.reader().readLine())).isEqualTo("OK\n");
                connection.startTls(theirs);
                echoed(connection, 3_000_000);
                assertThat(connection.writer().getWriteBufferSize()).isZero();
            } // both farewells are exchanged: the timeouts are hours
        });
    }

    /** Records what it hears. */
    private static class Recorder implements Protocol {
        final List<String> trail = new ArrayList<>();
        final StringBuilder received = new StringBuilder();

        @Override
        public void connectionMade(Transport transport) {
            trail.add("made");
        }

        @Override
        public void dataReceived(byte[] bytes) {
            received.append(text(bytes));
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            trail.add("lost: " + cause);
        }
    }

    /** Upgrades when told to, in a task, and then sends back what comes in capitals. */
    private final class Upgrading extends Recorder {
        private @Nullable Transport transport;
        private boolean encrypted;

        @Override
        public void connectionMade(Transport connected) {
            super.connectionMade(connected);
            transport = connected;
        }

        @Override
        public void dataReceived(byte[] bytes) {
            var peer = Objects.requireNonNull(transport);
            if (encrypted) {
                peer.write(bytes(text(bytes).toUpperCase(java.util.Locale.ROOT)));
                return;
            }
            encrypted = true;
            peer.pauseReading(); // what comes next is for the handshake
            peer.write(bytes("OK\n"));
            var _ = Asyncio.createTask(
                    () -> Network.startTls(peer, this, ours, true).resumeReading());
        }
    }

    @OverEpollAndNio
    void startTls_ofProtocols_keepsThemAndTheirTransport(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var upgrading = new Upgrading();
            try (var server = Network.createServer(() -> upgrading, Net.LOOPBACK, 0)) {
                var plain = new Recorder();
                var made = Network.createConnection(() -> plain, Net.LOOPBACK, Net.port(server));
                made.transport().write(bytes("STARTTLS\n"));
                Net.turnUntil(() -> plain.received.toString().equals("OK\n"));
                var encrypted = new Recorder();
                made.transport().pauseReading();
                var upgraded = Network.startTls(made.transport(), encrypted, theirs, false);
                assertThat(TlsInfo.of(upgraded).orElseThrow().protocol()).isEqualTo("TLSv1.3");
                assertThat(upgraded.getExtraInfo("peercert")).isPresent();
                assertThat(upgraded.isReading()).isFalse(); // as before
                upgraded.write(bytes("quiet"));
                Net.turnUntil(() -> upgraded.getWriteBufferSize() == 0);
                assertThat(encrypted.received).isEmpty();
                upgraded.resumeReading();
                Net.turnUntil(() -> encrypted.received.toString().equals("QUIET"));
                upgraded.close();
                Net.turnUntil(() -> encrypted.trail.contains("lost: null"));
                Net.turnUntil(() -> upgrading.trail.contains("lost: null"));
                assertThat(plain.trail).containsExactly("made");
                assertThat(encrypted.trail).containsExactly("lost: null");
            }
        });
    }
}
