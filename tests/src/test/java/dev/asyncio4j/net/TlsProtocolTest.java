package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Protocols over TLS: TLS-2, TLS-5, TLS-6, TLS-9. */
@Timeout(60)
@EachTlsProvider
class TlsProtocolTest {

    @Parameter
    TlsProvider provider = TlsProvider.AUTO; // until JUnit has set it

    @TempDir
    Path folder;

    private TlsOptions ours;
    private TlsOptions theirs;

    @BeforeEach
    void makeCertificates() {
        var pki = new Pki(folder, provider);
        var never = Duration.ofHours(1);
        ours = TlsOptions.of(pki.serverContext(Pki.server(Net.LOOPBACK))).withShutdownTimeout(never);
        theirs = TlsOptions.of(pki.clientContext()).withShutdownTimeout(never);
    }

    /** Records what it hears. */
    private static class Recorder implements Protocol {
        final List<String> trail = new ArrayList<>();
        final StringBuilder received = new StringBuilder();
        private @Nullable Transport transport;

        Transport transport() {
            return Objects.requireNonNull(transport);
        }

        @Override
        public void connectionMade(Transport connected) {
            transport = connected;
            trail.add("made");
        }

        @Override
        public void dataReceived(byte[] bytes) {
            received.append(text(bytes));
        }

        @Override
        public boolean eofReceived() {
            trail.add("end after " + received.length());
            return true; // in vain: TLS-5
        }

        @Override
        public void pauseWriting() {
            trail.add("pause");
        }

        @Override
        public void resumeWriting() {
            trail.add("resume");
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            trail.add("lost: " + cause);
        }
    }

    private static final class Echo extends Recorder {
        @Override
        public void dataReceived(byte[] bytes) {
            super.dataReceived(bytes);
            transport().write(bytes);
        }
    }

    private Server serve(Recorder protocol) throws IOException {
        return Network.createServer(() -> protocol, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withTls(ours));
    }

    private static ProtocolConnection<Recorder> connect(Server server, TlsOptions options) throws IOException {
        return Network.createConnection(
                Recorder::new, Net.LOOPBACK, Net.port(server), ConnectOptions.DEFAULT.withTls(options));
    }

    @OverEpollAndNio
    void connection_echo_isMadeOnceAndLostInPeaceAtBothEnds(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var echo = new Echo();
            try (var server = serve(echo)) {
                var made = connect(server, theirs);
                assertThat(made.protocol().trail).containsExactly("made");
                var info = TlsInfo.of(made.transport()).orElseThrow();
                assertThat(info.protocol()).isEqualTo("TLSv1.3");
                assertThat(made.transport().getExtraInfo("peercert")).containsInstanceOf(X509Certificate.class);
                assertThat(made.transport().getExtraInfo("cipher")).contains(info.cipherSuite());
                assertThat(made.transport().canWriteEof()).isFalse();
                assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(made.transport()::writeEof);
                made.transport().write(bytes("hello"));
                Net.turnUntil(() -> made.protocol().received.toString().equals("hello"));
                made.transport().close();
                assertThat(made.transport().isClosing()).isTrue();
                Net.turnUntil(() -> made.protocol().trail.contains("lost: null"));
                Net.turnUntil(() -> echo.trail.contains("lost: null"));
                assertThat(echo.trail).containsExactly("made", "end after 5", "lost: null");
                assertThat(made.protocol().trail).containsExactly("made", "lost: null");
            }
        });
    }

    /** TLS-5: what eofReceived() returns is in vain, and whoever returns true is told so. */
    @Test
    void eofReceived_thatReturnsTrue_isWarnedOf() throws IOException {
        var records = new CopyOnWriteArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry.getLevel() + ": " + entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger("asyncio");
        logger.addHandler(handler);
        try {
            Net.run(() -> {
                var recorder = new Recorder();
                try (var server = serve(recorder)) {
                    connect(server, theirs).transport().close();
                    Net.turnUntil(() -> recorder.trail.contains("lost: null"));
                }
            });
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(records)
                .contains("WARNING: returning true from eofReceived() has no effect on an encrypted connection");
    }

    @OverEpollAndNio
    void eofReceived_paused_comesAfterAllThatWasSentBefore(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var slow = new Recorder();
            try (var server = serve(slow)) {
                var made = connect(server, theirs);
                Net.turnUntil(() -> slow.trail.contains("made"));
                slow.transport().pauseReading();
                made.transport().write(new byte[200_000]);
                made.transport().close();
                for (var turn = 0; turn < 100; turn++) {
                    Net.turn();
                }
                assertThat(slow.trail).containsExactly("made");
                slow.transport().resumeReading();
                Net.turnUntil(() -> slow.trail.contains("lost: null"));
                assertThat(slow.trail).containsExactly("made", "end after 200000", "lost: null");
                Net.turnUntil(() -> made.protocol().trail.contains("lost: null"));
            }
        });
    }

    @OverEpollAndNio
    void pauseWriting_peerThatDoesNotRead_andResumesWhenItDoes(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var slow = new Recorder();
            try (var server = serve(slow)) {
                var made = connect(server, theirs);
                Net.turnUntil(() -> slow.trail.contains("made"));
                slow.transport().pauseReading();
                made.transport().write(new byte[16 * 1024 * 1024]);
                assertThat(made.protocol().trail).containsExactly("made", "pause");
                slow.transport().resumeReading();
                Net.turnUntil(() -> made.protocol().trail.contains("resume"));
                made.transport().close();
                Net.turnUntil(() -> slow.trail.contains("lost: null"));
                assertThat(slow.received.length()).isEqualTo(16 * 1024 * 1024);
            }
        });
    }

    @OverEpollAndNio
    void createConnection_refused_makesNoProtocolAtEitherEnd(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var served = new Recorder();
            var made = new ArrayList<Recorder>();
            try (var server = serve(served)) {
                assertThatExceptionOfType(TlsException.class)
                        .isThrownBy(() -> Network.createConnection(
                                () -> {
                                    made.add(new Recorder());
                                    return made.getLast();
                                },
                                Net.LOOPBACK,
                                Net.port(server),
                                ConnectOptions.DEFAULT.withTls(theirs.withServerHostname("other.test"))));
                connect(server, theirs).transport().close(); // until this one is through, the other is as well
                Net.turnUntil(() -> served.trail.contains("lost: null"));
                assertThat(served.trail).containsExactly("made", "end after 0", "lost: null");
                assertThat(made).isEmpty();
            }
        });
    }

    @OverEpollAndNio
    void unixSockets_areEncryptedAsWell(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var path = folder.resolve("tls.sock");
            var echo = new Echo();
            try (var server = Network.createUnixServer(() -> echo, path, ServerOptions.DEFAULT.withTls(ours))) {
                assertThatIllegalArgumentException() // TLS-6
                        .isThrownBy(() -> Streams.openUnixConnection(path, ConnectOptions.DEFAULT.withTls(theirs)))
                        .withMessageContaining("withServerHostname");
                var named = ConnectOptions.DEFAULT.withTls(theirs.withServerHostname(Net.LOOPBACK));
                try (var connection = Streams.openUnixConnection(path, named)) {
                    connection.write(bytes("hello"));
                    assertThat(text(connection.reader().readExactly(5))).isEqualTo("hello");
                    assertThat(connection.tlsInfo()).isPresent();
                }
                assertThat(server.isServing()).isTrue();
            }
        });
    }
}
