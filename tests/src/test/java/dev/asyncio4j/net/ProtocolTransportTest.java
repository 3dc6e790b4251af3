package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.net.internal.NettyIoDriver;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/** Connections that call protocols, besides what their parity scenarios show: TR-1 to TR-16. */
@Timeout(60)
class ProtocolTransportTest {
    private static final String HOST = Net.LOOPBACK;

    /** Notes what it hears. */
    private static class Recorder implements Protocol {
        final List<String> trail = new ArrayList<>();

        @SuppressWarnings("NullAway.Init") // set by connectionMade, before anything else is called
        Transport transport;

        @Nullable
        Throwable cause;

        boolean lost;
        long received;

        @Override
        public void connectionMade(Transport made) throws Exception {
            transport = made;
            trail.add("made");
        }

        @Override
        public void dataReceived(byte[] bytes) throws Exception {
            received += bytes.length;
        }

        @Override
        public void pauseWriting() throws Exception {
            trail.add("pause");
        }

        @Override
        public void resumeWriting() throws Exception {
            trail.add("resume");
        }

        @Override
        public void connectionLost(@Nullable Throwable reason) {
            assertThat(lost).as("lost a second time").isFalse();
            lost = true;
            cause = reason;
            trail.add("lost");
        }
    }

    private static int openChannels() {
        return ((BaseEventLoop) Asyncio.getRunningLoop())
                .ioDriver()
                .unwrap(NettyIoDriver.class)
                .orElseThrow()
                .openChannels();
    }

    private static List<ExceptionContext> reports() {
        var reports = new ArrayList<ExceptionContext>();
        Asyncio.getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
        return reports;
    }

    @OverEpollAndNio
    void write_toAPeerThatDoesNotRead_pausesInsideTheCall_andResumesAtTheLowMark(NettyTransport engine)
            throws IOException {
        Net.run(engine, () -> {
            var accepted = new ArrayList<Recorder>();
            try (var server = Network.createServer(
                            () -> {
                                accepted.add(new Recorder());
                                return accepted.getLast();
                            },
                            HOST,
                            0);
                    var peer = Peer.connectTo(server)) {
                Net.turnUntil(() -> !accepted.isEmpty() && accepted.getFirst().transport != null);
                var recorder = accepted.getFirst();
                recorder.transport.write(new byte[16 * 1024 * 1024]);
                assertThat(recorder.trail).containsExactly("made", "pause");
                recorder.transport.write(new byte[1]);
                assertThat(recorder.trail).containsExactly("made", "pause");
                recorder.transport.close();
                assertThat(recorder.lost).isFalse();
                assertThat(peer.drain()).isEqualTo(16 * 1024 * 1024 + 1);
                Net.turnUntil(() -> recorder.lost);
                assertThat(recorder.cause).isNull();
                assertThat(recorder.trail).containsExactly("made", "pause", "resume", "lost");
            }
        });
    }

    @OverEpollAndNio
    void resumeWriting_thatCloses_losesTheConnectionOnce(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // TR-2
                    var accepted = new ArrayList<Recorder>();
                    try (var server = Network.createServer(
                                    () -> {
                                        accepted.add(new Recorder() {
                                            @Override
                                            public void resumeWriting() throws Exception {
                                                super.resumeWriting();
                                                transport.close();
                                            }
                                        });
                                        return accepted.getLast();
                                    },
                                    HOST,
                                    0);
                            var peer = Peer.connectTo(server)) {
                        Net.turnUntil(() -> !accepted.isEmpty() && accepted.getFirst().transport != null);
                        var recorder = accepted.getFirst();
                        recorder.transport.write(new byte[1024 * 1024]);
                        assertThat(peer.drain()).isEqualTo(1024 * 1024);
                        Net.turnUntil(() -> openChannels() == 1);
                        Net.turn();
                        assertThat(recorder.trail).containsExactly("made", "pause", "resume", "lost");
                    }
                });
    }

    @OverEpollAndNio
    void pauseWriting_thatFails_isReportedAndTheConnectionStays(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // TR-8
                    var reports = reports();
                    try (var server = Network.createServer(Recorder::new, HOST, 0)) {
                        var connection = Network.createConnection(
                                () -> new Recorder() {
                                    @Override
                                    public void pauseWriting() {
                                        throw new IllegalStateException("paused");
                                    }
                                },
                                HOST,
                                Net.port(server));
                        connection.transport().setWriteBufferLimits(10);
                        connection.transport().write(new byte[100]);
                        assertThat(reports).singleElement().satisfies(report -> {
                            assertThat(report.exception()).get().hasToString("java.lang.IllegalStateException: paused");
                            assertThat(report.asMap())
                                    .containsEntry("transport", connection.transport())
                                    .containsEntry("protocol", connection.protocol());
                        });
                        assertThat(connection.transport().isClosing()).isFalse();
                        connection.transport().close();
                        server.closeClients();
                    }
                });
    }

    @OverEpollAndNio
    void pauseReading_ofAFlood_keepsItBack_andAllOfItComesAfterwards(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // TR-9
                    var size = 8 * 1024 * 1024;
                    try (var server = Network.createServer(
                            () -> new Protocol() {
                                @Override
                                public void connectionMade(Transport transport) {
                                    transport.write(new byte[size]);
                                    transport.close();
                                }
                            },
                            HOST,
                            0)) {
                        var connection = Network.createConnection(
                                () -> new Recorder() {
                                    @Override
                                    public void dataReceived(byte[] bytes) throws Exception {
                                        super.dataReceived(bytes);
                                        transport.pauseReading();
                                    }
                                },
                                HOST,
                                Net.port(server));
                        var recorder = connection.protocol();
                        while (!recorder.lost) {
                            var before = recorder.received;
                            Net.turnUntil(() -> recorder.received > before || recorder.lost);
                            var got = recorder.received;
                            for (var i = 0; i < 5; i++) {
                                Net.turn();
                            }
                            assertThat(recorder.received).isEqualTo(got);
                            connection.transport().resumeReading();
                        }
                        assertThat(recorder.received).isEqualTo(size);
                        assertThat(recorder.cause).isNull();
                    }
                });
    }

    @OverEpollAndNio
    void eofReceived_whilePaused_leavesRoomForALongAnswer(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // TR-9, TR-10
                    var size = 8 * 1024 * 1024;
                    var accepted = new ArrayList<Recorder>();
                    try (var server = Network.createServer(
                                    () -> {
                                        accepted.add(new Recorder() {
                                            @Override
                                            public void connectionMade(Transport made) throws Exception {
                                                super.connectionMade(made);
                                                made.pauseReading();
                                            }

                                            @Override
                                            public boolean eofReceived() {
                                                transport.write(new byte[size]);
                                                Asyncio.getRunningLoop().callSoon(transport::close);
                                                return true;
                                            }
                                        });
                                        return accepted.getLast();
                                    },
                                    HOST,
                                    0);
                            var peer = Peer.connectTo(server)) {
                        peer.send("question");
                        peer.endOutput();
                        for (var i = 0; i < 20; i++) {
                            Net.turn();
                        }
                        accepted.getFirst().transport.resumeReading();
                        assertThat(peer.drain()).isEqualTo(size);
                        Net.turnUntil(() -> accepted.getFirst().lost);
                        assertThat(accepted.getFirst().cause).isNull();
                        assertThat(accepted.getFirst().received).isEqualTo(8);
                    }
                });
    }

    @OverEpollAndNio
    void peerResets_connectionIsLostWithThat_andNothingIsReported(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // TR-3
                    var reports = reports();
                    var accepted = new ArrayList<Recorder>();
                    try (var server = Network.createServer(
                                    () -> {
                                        accepted.add(new Recorder());
                                        return accepted.getLast();
                                    },
                                    HOST,
                                    0);
                            var peer = Peer.connectTo(server)) {
                        Net.turnUntil(() -> !accepted.isEmpty() && accepted.getFirst().transport != null);
                        peer.reset();
                        Net.turnUntil(() -> accepted.getFirst().lost);
                        assertThat(accepted.getFirst().cause).isInstanceOf(ConnectionResetException.class);
                        assertThat(reports).isEmpty();
                    }
                });
    }

    @OverEpollAndNio
    void getBuffer_withoutRoom_breaksTheConnectionOff(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // TR-12
                    var reports = reports();
                    var causes = new ArrayList<@Nullable Throwable>();
                    try (var server = Network.createServer(
                                    () -> new BufferedProtocol() {
                                        @Override
                                        public ByteBuffer getBuffer(int sizeHint) {
                                            return ByteBuffer.allocate(0);
                                        }

                                        @Override
                                        public void bufferUpdated(int count) {
                                            throw new AssertionError("nothing was put there");
                                        }

                                        @Override
                                        public void connectionLost(@Nullable Throwable reason) {
                                            causes.add(reason);
                                        }
                                    },
                                    HOST,
                                    0);
                            var peer = Peer.connectTo(server)) {
                        peer.send("x");
                        Net.turnUntil(() -> !causes.isEmpty());
                        assertThat(causes).singleElement().isInstanceOf(IllegalStateException.class);
                        assertThat(reports).hasSize(1);
                    }
                });
    }

    @OverEpollAndNio
    void bufferedProtocol_withASmallBuffer_getsEverythingInOrder(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            var got = new StringBuilder();
            var buffer = ByteBuffer.allocate(7);
            try (var server = Network.createServer(
                            () -> new BufferedProtocol() {
                                @Override
                                public ByteBuffer getBuffer(int sizeHint) {
                                    return buffer.clear();
                                }

                                @Override
                                public void bufferUpdated(int count) {
                                    assertThat(buffer.position()).isEqualTo(count);
                                    got.append(new String(buffer.array(), 0, count, UTF_8));
                                }
                            },
                            HOST,
                            0);
                    var peer = Peer.connectTo(server)) {
                peer.send("0123456789".repeat(5000));
                Net.turnUntil(() -> got.length() == 50_000);
                assertThat(got).hasToString("0123456789".repeat(5000));
                server.abortClients();
            }
        });
    }

    @OverEpollAndNio
    void createConnection_factoryFails_throwsThatAndLeavesNoSocket(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // CN-6
                    try (var server = Network.createServer(Recorder::new, HOST, 0)) {
                        assertThatIllegalStateException()
                                .isThrownBy(() -> Network.createConnection(
                                        () -> {
                                            throw new IllegalStateException("no protocol");
                                        },
                                        HOST,
                                        Net.port(server)))
                                .withMessage("no protocol");
                        Net.turnUntil(() -> openChannels() == 1);
                    }
                });
    }

    @OverEpollAndNio
    void createConnection_nobodyListens_makesNoProtocol(NettyTransport engine) throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Net.run(engine, () -> {
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> Network.createConnection(
                            () -> {
                                throw new AssertionError("not connected");
                            },
                            HOST,
                            port));
        });
    }

    @OverEpollAndNio
    void createConnection_cancelledAfterAnyNumberOfTurns_leavesNoSocket(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Network.createServer(Recorder::new, HOST, 0)) {
                for (var turns = 0; turns < 10; turns++) {
                    var connecting =
                            Asyncio.createTask(() -> Network.createConnection(Recorder::new, HOST, Net.port(server)));
                    for (var i = 0; i < turns; i++) {
                        Net.turn();
                    }
                    if (connecting.cancel()) {
                        assertThatExceptionOfType(CancelledError.class).isThrownBy(connecting::await);
                    } else {
                        connecting.await().transport().abort();
                    }
                    Net.turnUntil(() -> openChannels() == 1);
                }
            }
        });
    }

    @SuppressWarnings("try") // closing early is the subject
    @OverEpollAndNio
    void createServer_factoryFails_isReportedAndClosesTheConnection(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // CN-8
                    var reports = reports();
                    try (var server = Network.createServer(
                                    () -> {
                                        throw new IllegalStateException("no protocol");
                                    },
                                    HOST,
                                    0);
                            var peer = Peer.connectTo(server)) {
                        assertThat(peer.drain()).isZero();
                        assertThat(reports).hasSize(1);
                        server.close();
                        server.waitClosed();
                    }
                });
    }

    @OverEpollAndNio
    void server_closedWithConnections_waitsForTheirProtocolsToKnow(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // SV-2, SV-3
                    var accepted = new ArrayList<Recorder>();
                    var server = Network.createServer(
                            () -> {
                                accepted.add(new Recorder());
                                return accepted.getLast();
                            },
                            HOST,
                            0);
                    var one = Network.createConnection(Recorder::new, HOST, Net.port(server));
                    var two = Network.createConnection(Recorder::new, HOST, Net.port(server));
                    Net.turnUntil(() -> accepted.size() == 2);
                    server.close();
                    server.closeClients();
                    server.waitClosed();
                    assertThat(accepted).allMatch(recorder -> recorder.lost);
                    Net.turnUntil(() -> one.protocol().lost && two.protocol().lost);
                });
    }

    @OverEpollAndNio
    void callbacks_runInTheContextOfWhoeverConnectedOrServed(NettyTransport engine) throws IOException {
        Net.run(
                engine,
                () -> { // TR-16
                    var who = new ContextVar<String>("who");
                    var seen = new ArrayList<String>();
                    who.set("server");
                    try (var server = Network.createServer(
                            () -> new Recorder() {
                                @Override
                                public void dataReceived(byte[] bytes) {
                                    seen.add(who.get());
                                    transport.write(bytes);
                                }
                            },
                            HOST,
                            0)) {
                        who.set("client");
                        var connection = Network.createConnection(
                                () -> new Recorder() {
                                    @Override
                                    public void dataReceived(byte[] bytes) {
                                        seen.add(who.get());
                                        transport.close();
                                    }
                                },
                                HOST,
                                Net.port(server));
                        connection.transport().write(bytes("x"));
                        Net.turnUntil(() -> connection.protocol().lost);
                        assertThat(seen).containsExactly("server", "client");
                    }
                });
    }

    @OverEpollAndNio
    void getExtraInfo_givesTheAddresses_alsoWhenClosed(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Network.createServer(Recorder::new, HOST, 0)) {
                var connection = Network.createConnection(Recorder::new, HOST, Net.port(server));
                var transport = connection.transport();
                for (var i = 0; i < 2; i++) {
                    assertThat(transport.getExtraInfo("peername"))
                            .contains(new InetSocketAddress(HOST, Net.port(server)));
                    assertThat(transport.getExtraInfo("sockname").map(Objects::toString))
                            .get()
                            .asString()
                            .startsWith("/127.0.0.1:");
                    assertThat(transport.getExtraInfo("no such thing")).isEmpty();
                    transport.close();
                    Net.turnUntil(() -> connection.protocol().lost);
                }
            }
        });
    }

    @OverEpollAndNio
    void setProtocol_ofAnotherKind_isRefused(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Network.createServer(Recorder::new, HOST, 0)) {
                var connection = Network.createConnection(Recorder::new, HOST, Net.port(server));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> connection.transport().setProtocol(new BaseProtocol<Transport>() {}));
                assertThat(connection.transport().getProtocol()).isSameAs(connection.protocol());
                connection.transport().abort();
            }
        });
    }

    @OverEpollAndNio
    void loop_thatEndsWithConnectionsOpen_endsQuietly(NettyTransport engine) throws IOException {
        var protocols = new ArrayList<Recorder>();
        Net.run(engine, () -> {
            var server = Network.createServer(Recorder::new, HOST, 0);
            protocols.add(Network.createConnection(Recorder::new, HOST, Net.port(server))
                    .protocol());
        });
        assertThat(protocols).singleElement().matches(protocol -> !protocol.lost);
    }
}
