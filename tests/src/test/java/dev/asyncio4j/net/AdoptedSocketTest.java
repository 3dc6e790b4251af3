package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Task;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets of {@code java.nio} that a loop takes over: {@code connect_accepted_socket}, and {@code sock} elsewhere. */
@Timeout(60)
class AdoptedSocketTest {

    @TempDir
    Path folder;

    static Stream<NettyTransport> transports() {
        return PipesTest.transports();
    }

    /** Echoes, and notes what it hears. */
    private static final class Echo implements Protocol {
        final List<String> trail = new ArrayList<>();
        private @Nullable Transport transport;

        Transport transport() {
            return Objects.requireNonNull(transport);
        }

        @Override
        public void connectionMade(Transport made) {
            transport = made;
            trail.add("made");
        }

        @Override
        public void dataReceived(byte[] bytes) {
            trail.add(text(bytes));
            transport().write(bytes);
        }

        @Override
        public boolean eofReceived() {
            trail.add("end");
            return false;
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            trail.add("lost");
        }
    }

    private static ServerSocketChannel listening() throws IOException {
        var listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(Net.LOOPBACK, 0));
        listening.configureBlocking(false);
        return listening;
    }

    private static int port(ServerSocketChannel listening) throws IOException {
        return ((InetSocketAddress) listening.getLocalAddress()).getPort();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void connectAcceptedSocket_startsTheProtocolBeforeItReturns_andEndsWithThePeer(NettyTransport transport)
            throws IOException {
        Net.run(transport, () -> {
            try (var listening = listening();
                    var client = Net.connectedSocket(port(listening))) {
                var accepted = Sockets.sockAccept(listening);
                accepted.configureBlocking(true); // it is switched
                var made = Network.connectAcceptedSocket(Echo::new, accepted);
                assertThat(made.protocol().trail).containsExactly("made");
                assertThat(made.transport().getProtocol()).isSameAs(made.protocol());
                assertThat(made.transport().getExtraInfo("peername")).contains(client.getLocalAddress());
                assertThat(made.transport().getExtraInfo("sockname")).contains(listening.getLocalAddress());
                assertThat(accepted.isBlocking()).isFalse();
                assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY))
                        .as("TR-1")
                        .isTrue();
                var peer = Peer.of(client);
                peer.send("hello");
                assertThat(peer.receive(5)).isEqualTo("hello");
                peer.endOutput();
                Net.turnUntil(() -> made.protocol().trail.contains("lost"));
                assertThat(made.protocol().trail).containsExactly("made", "hello", "end", "lost");
                Net.turnUntil(() -> !accepted.isOpen());
            }
        });
    }

    /** TLS-2. */
    @ParameterizedTest
    @MethodSource("transports")
    void connectAcceptedSocket_withTls_encrypts(NettyTransport transport) throws IOException {
        var pki = new Pki(folder);
        var ours = TlsOptions.of(pki.serverContext(Pki.server(Net.LOOPBACK)));
        var theirs = ConnectOptions.DEFAULT.withTls(TlsOptions.of(pki.clientContext()));
        Net.run(transport, () -> {
            try (var listening = listening()) {
                Task<Connection> connecting =
                        Asyncio.createTask(() -> Streams.openConnection(Net.LOOPBACK, port(listening), theirs));
                var made = Network.connectAcceptedSocket(Echo::new, Sockets.sockAccept(listening), ours);
                assertThat(TlsInfo.of(made.transport())).isPresent();
                assertThat(made.transport().canWriteEof()).isFalse();
                try (var connection = connecting.await()) {
                    connection.write(bytes("hello\n"));
                    assertThat(text(connection.reader().readLine())).isEqualTo("hello\n");
                }
                Net.turnUntil(() -> made.protocol().trail.contains("lost"));
            }
        });
    }

    @Test
    void connectAcceptedSocket_whenTheHandshakeFails_closesTheSocket() throws IOException {
        var ours = TlsOptions.of(new Pki(folder).serverContext(Pki.server(Net.LOOPBACK)));
        Net.run(() -> {
            try (var listening = listening();
                    var client = Net.connectedSocket(port(listening))) {
                var accepted = Sockets.sockAccept(listening);
                Peer.of(client).send("this is no handshake");
                assertThatExceptionOfType(TlsException.class)
                        .isThrownBy(() -> Network.connectAcceptedSocket(Echo::new, accepted, ours));
                Net.turnUntil(() -> !accepted.isOpen());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000}) // while certificates are read, or in the handshake
    void connectAcceptedSocket_cancelled_closesTheSocket(int turns) throws IOException {
        var ours = TlsOptions.of(new Pki(folder).serverContext(Pki.server(Net.LOOPBACK)));
        Net.run(() -> {
            try (var listening = listening();
                    var client = Net.connectedSocket(port(listening))) {
                var accepted = Sockets.sockAccept(listening);
                Task<?> connecting = Asyncio.createTask(() -> Network.connectAcceptedSocket(Echo::new, accepted, ours));
                for (int i = 0; i < turns; i++) {
                    Net.turn();
                }
                connecting.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(connecting::await);
                Net.turnUntil(() -> !accepted.isOpen());
                assertThat(client.isConnected()).isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("transports")
    void openConnection_ofASocket_canStartTls(NettyTransport transport) throws IOException {
        var pki = new Pki(folder);
        var ours = TlsOptions.of(pki.serverContext(Pki.server(Net.LOOPBACK)));
        var theirs = TlsOptions.of(pki.clientContext()).withServerHostname(Net.LOOPBACK);
        Net.run(transport, () -> {
            try (var server = Streams.startServer(
                            connection -> {
                                connection.startTls(ours);
                                connection.write(connection.reader().readLine());
                            },
                            Net.LOOPBACK,
                            0);
                    var connection = Streams.openConnection(Net.connectedSocket(Net.port(server)))) {
                connection.startTls(theirs);
                connection.write(bytes("secret\n"));
                assertThat(text(connection.reader().readLine())).isEqualTo("secret\n");
                assertThat(connection.tlsInfo()).isPresent();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("transports")
    void openConnection_ofAUnixSocket(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var address = UnixDomainSocketAddress.of(folder.resolve("socket"));
            try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listening.bind(address);
                listening.configureBlocking(false);
                var client = SocketChannel.open(StandardProtocolFamily.UNIX);
                client.connect(address);
                try (var connection = Streams.openConnection(client);
                        var other = Streams.openConnection(Sockets.sockAccept(listening))) {
                    connection.write(bytes("hello\n"));
                    assertThat(text(other.reader().readLine())).isEqualTo("hello\n");
                    connection.writer().writeEof();
                    assertThat(other.reader().read()).isEmpty();
                }
            }
        });
    }

    @Test
    void createConnection_ofASocket_isAClients() throws IOException {
        Net.run(() -> {
            try (var server = Network.createServer(Echo::new, Net.LOOPBACK, 0)) {
                var made = Network.createConnection(Echo::new, Net.connectedSocket(Net.port(server)));
                assertThat(made.protocol().trail).containsExactly("made");
                made.transport().close();
                Net.turnUntil(() -> made.protocol().trail.contains("lost"));
            }
        });
    }

    @Test
    void socket_thatCannotBeTakenOver_isRefusedAndLeftAlone() throws IOException {
        Net.run(() -> {
            try (var unconnected = SocketChannel.open()) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Network.connectAcceptedSocket(Echo::new, unconnected))
                        .withMessageContaining("not connected");
                assertThat(unconnected.isOpen()).isTrue();
                assertThat(unconnected.isBlocking()).isTrue();
            }
            var closed = SocketChannel.open();
            closed.close();
            assertThatExceptionOfType(ClosedChannelException.class)
                    .isThrownBy(() -> Network.connectAcceptedSocket(Echo::new, closed));
            try (var server = Network.createServer(Echo::new, Net.LOOPBACK, 0)) {
                var socket = Net.connectedSocket(Net.port(server));
                try (var connection = Streams.openConnection(socket)) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> Streams.openConnection(socket))
                            .withMessageContaining("belongs to a connection already");
                    assertThatIllegalStateException().isThrownBy(() -> Sockets.sockSendAll(socket, bytes("x")));
                    connection.write(bytes("still mine"));
                    assertThat(connection.reader().readExactly(10)).isEqualTo(bytes("still mine"));
                }
                var local = ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress(Net.LOOPBACK, 0));
                try (var another = Net.connectedSocket(Net.port(server))) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> Streams.openConnection(another, local))
                            .withMessageContaining("localAddress");
                    assertThat(another.isOpen()).isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("transports")
    void loop_thatIsClosed_closesItsSockets(NettyTransport transport) throws IOException {
        var sockets = new ArrayList<SocketChannel>();
        Net.run(transport, () -> {
            var server = Network.createServer(Echo::new, Net.LOOPBACK, 0);
            sockets.add(Net.connectedSocket(Net.port(server)));
            Network.createConnection(Echo::new, sockets.getFirst());
        });
        assertThat(sockets).noneMatch(SocketChannel::isOpen);
    }

    /** Two closes at once: the thread that selects must not sleep before the key of the second is cancelled. */
    @Test
    void close_thatTheSelectingThreadMeets_freesTheDescriptorAtOnce() throws IOException {
        Net.run(() -> {
            try (var listening = listening()) {
                for (var i = 0; i < 300; i++) {
                    var first = Streams.openConnection(Net.connectedSocket(port(listening)));
                    var other = Sockets.sockAccept(listening);
                    var client = Net.connectedSocket(port(listening));
                    var accepted = Sockets.sockAccept(listening);
                    accepted.setOption(StandardSocketOptions.SO_LINGER, 0); // its end is heard when it is really closed
                    Network.connectAcceptedSocket(Echo::new, accepted);
                    Asyncio.sleep(Duration.ZERO);
                    client.shutdownOutput();
                    first.close();
                    Net.turnUntil(() -> !accepted.isOpen());
                    assertThat(hearsTheEnd(client)).as("round %d", i).isTrue();
                    client.close();
                    other.close();
                }
            }
        });
    }

    private static boolean hearsTheEnd(SocketChannel client) {
        try {
            for (var i = 0; i < 5_000; i++) {
                if (client.read(ByteBuffer.allocate(1)) < 0) {
                    return true;
                }
                Asyncio.sleep(Duration.ofMillis(1));
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
