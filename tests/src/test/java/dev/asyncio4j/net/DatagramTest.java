package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.net.internal.NettyIoDriver;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams, for protocols and for straight-line code: DG-1 to DG-5. */
@Timeout(60)
class DatagramTest {
    private static final String HOST = Net.LOOPBACK;

    /** Notes what it hears. */
    private static class Recorder implements DatagramProtocol {
        final List<String> trail = new ArrayList<>();

        @Nullable
        SocketAddress lastSender;

        @Override
        public void connectionMade(DatagramTransport made) throws Exception {
            trail.add("made");
        }

        @Override
        public void datagramReceived(byte[] data, SocketAddress sender) throws Exception {
            trail.add("received " + text(data));
            lastSender = sender;
        }

        @Override
        public void errorReceived(IOException error) throws Exception {
            trail.add(error.getClass().getSimpleName());
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
        public void connectionLost(@Nullable Throwable cause) {
            trail.add("lost " + cause);
        }
    }

    private static DatagramOptions local() {
        return DatagramOptions.DEFAULT.withLocalAddress(HOST, 0);
    }

    private static int port(@Nullable Object address) {
        return ((InetSocketAddress) Objects.requireNonNull(address)).getPort();
    }

    private static SocketAddress at(int port) {
        return new InetSocketAddress(HOST, port);
    }

    static Stream<NettyTransport> withoutUnixSockets() {
        return Net.transports().filter(transport -> transport != NettyTransport.EPOLL);
    }

    private static int openChannels() {
        return ((BaseEventLoop) Asyncio.getRunningLoop())
                .ioDriver()
                .unwrap(NettyIoDriver.class)
                .orElseThrow()
                .openChannels();
    }

    /** Returns a port of loopback at which nobody receives. */
    private static int deafPort() throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(HOST, 0))) {
            return socket.getLocalPort();
        }
    }

    /* ---- endpoints with protocols ---- */

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void sendTo_bothWays_arrivesWhole_andInOrder(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            var server = Network.createDatagramEndpoint(Recorder::new, local());
            var port = port(server.transport().getExtraInfo("sockname").orElseThrow());
            var client = Network.createDatagramEndpoint(
                    Recorder::new, DatagramOptions.DEFAULT.withRemoteAddress(HOST, port));
            assertThat(client.transport().getExtraInfo("peername")).contains(at(port));
            assertThat(server.transport().getExtraInfo("peername")).isEmpty();
            for (var text : List.of("one", "two", "three")) {
                client.transport().sendTo(bytes(text));
            }
            var heard = server.protocol();
            Net.turnUntil(() -> heard.trail.size() == 4);
            assertThat(heard.trail).containsExactly("made", "received one", "received two", "received three");
            assertThat(heard.lastSender)
                    .isEqualTo(client.transport().getExtraInfo("sockname").orElseThrow());
            for (var text : List.of("", "back", "")) {
                server.transport().sendTo(bytes(text), Objects.requireNonNull(heard.lastSender));
            }
            Net.turnUntil(() -> client.protocol().trail.size() == 4);
            assertThat(client.protocol().trail).containsExactly("made", "received ", "received back", "received ");
            client.transport().close();
            server.transport().abort();
            Net.turnUntil(() -> openChannels() == 0);
            Net.turnUntil(() -> heard.trail.contains("lost null"));
            Net.turnUntil(() -> client.protocol().trail.contains("lost null"));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void sendTo_emptyDatagrams_arriveInTheirPlaces(NettyTransport engine) throws IOException { // DG-3
        Net.run(engine, () -> {
            var one = Network.createDatagramEndpoint(Recorder::new, local());
            var other = Network.createDatagramEndpoint(Recorder::new, local());
            var to = other.transport().getExtraInfo("sockname").map(SocketAddress.class::cast);
            for (var text : List.of("", "a", "", "", "b", "")) {
                one.transport().sendTo(bytes(text), to.orElseThrow());
            }
            Net.turnUntil(() -> other.protocol().trail.size() == 7);
            assertThat(other.protocol().trail)
                    .containsExactly(
                            "made", "received ", "received a", "received ", "received ", "received b", "received ");
            one.transport().close();
            other.transport().close();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void send_emptyDatagramToThePeer_arrives_orIsAnErrorWhereTheJdkCannot(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0);
                    var client = Datagrams.connect(HOST, port(server.localAddress()))) {
                client.send(new byte[0]);
                client.send(bytes("not empty"));
                if (engine == NettyTransport.NIO) {
                    assertThatExceptionOfType(IOException.class)
                            .isThrownBy(client::receive)
                            .withMessageContaining("the JDK sends no empty datagram");
                } else {
                    assertThat(server.receive().data()).isEmpty();
                }
                var last = server.receive();
                assertThat(text(last.data())).isEqualTo("not empty");
                server.send(new byte[0], last.sender());
                assertThat(client.receive().data()).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void sendTo_largestDatagram_arrives_andALargerOneIsAnError(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0)) {
                var client = Network.createDatagramEndpoint(
                        Recorder::new, DatagramOptions.DEFAULT.withRemoteAddress(HOST, port(server.localAddress())));
                client.transport().setWriteBufferLimits(200_000);
                client.transport().sendTo(new byte[65_508]);
                client.transport().sendTo(new byte[65_507]);
                assertThat(server.receive().data()).hasSize(65_507);
                Net.turnUntil(() -> client.protocol().trail.size() == 2);
                assertThat(client.protocol().trail).containsExactly("made", "IOException"); // DG-3
                client.transport().sendTo(bytes("it lives on"));
                assertThat(text(server.receive().data())).isEqualTo("it lives on");
                client.transport().close();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void sendTo_moreThanTheMark_pausesInsideTheCall_andResumes(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0)) {
                var client = Network.createDatagramEndpoint(
                        Recorder::new, DatagramOptions.DEFAULT.withRemoteAddress(HOST, port(server.localAddress())));
                var transport = client.transport();
                transport.setWriteBufferLimits(1000);
                assertThat(transport.getWriteBufferLimits()).hasToString("WriteBufferLimits[low=250, high=1000]");
                transport.sendTo(new byte[992]);
                assertThat(transport.getWriteBufferSize()).isEqualTo(1000); // 8 more than the contents
                assertThat(client.protocol().trail).containsExactly("made");
                transport.sendTo(new byte[1]);
                assertThat(client.protocol().trail).containsExactly("made", "pause"); // TR-8
                Net.turnUntil(() -> client.protocol().trail.size() == 3);
                assertThat(client.protocol().trail).containsExactly("made", "pause", "resume");
                assertThat(transport.getWriteBufferSize()).isZero();
                transport.sendTo(new byte[10_000]);
                transport.close(); // what was handed in is sent before that
                assertThat(server.receive().data()).hasSize(992);
                assertThat(server.receive().data()).hasSize(1);
                assertThat(server.receive().data()).hasSize(10_000);
                Net.turnUntil(() -> client.protocol().trail.contains("lost null"));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void abort_withSomethingUnsent_dropsIt(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0)) {
                var client = Network.createDatagramEndpoint(
                        Recorder::new, DatagramOptions.DEFAULT.withRemoteAddress(HOST, port(server.localAddress())));
                client.transport().sendTo(bytes("never"));
                client.transport().abort(); // DG-4
                assertThat(client.transport().isClosing()).isTrue();
                Net.turnUntil(() -> client.protocol().trail.contains("lost null"));
                client.transport().sendTo(bytes("dropped"));
                try (var other = Datagrams.connect(HOST, port(server.localAddress()))) {
                    other.send(bytes("this one"));
                    assertThat(text(server.receive().data())).isEqualTo("this one");
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void datagramReceived_thatFails_isReported_andTheSocketLivesOn(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            var reports = new ArrayList<ExceptionContext>();
            Asyncio.getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
            var server = Network.createDatagramEndpoint(
                    () -> new Recorder() {
                        @Override
                        public void datagramReceived(byte[] data, SocketAddress sender) throws Exception {
                            super.datagramReceived(data, sender);
                            throw new IOException("a planted failure");
                        }
                    },
                    local());
            try (var client = Datagrams.connect(
                    HOST, port(server.transport().getExtraInfo("sockname").orElseThrow()))) {
                client.send(bytes("a"));
                client.send(bytes("b"));
                Net.turnUntil(() -> server.protocol().trail.size() == 3);
            }
            assertThat(server.protocol().trail).containsExactly("made", "received a", "received b");
            assertThat(reports)
                    .hasSize(2)
                    .allSatisfy(report -> assertThat(report.toString())
                            .contains("datagramReceived() of a protocol failed", "a planted failure"));
            server.transport().close();
            Net.turnUntil(() -> openChannels() == 0);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void createDatagramEndpoint_factoryThatFails_leavesNothingOpen(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Network.createDatagramEndpoint(
                            () -> {
                                throw new IllegalArgumentException("planted");
                            },
                            local()))
                    .withMessage("planted");
            Net.turnUntil(() -> openChannels() == 0);
        });
    }

    /* ---- addresses ---- */

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void createDatagramEndpoint_addresses_asAsked(NettyTransport engine) throws IOException { // DG-1
        Net.run(engine, () -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Datagrams.open(DatagramOptions.DEFAULT))
                    .withMessageContaining("a family is needed");
            try (var any = Datagrams.open(DatagramOptions.DEFAULT.withFamily(StandardProtocolFamily.INET))) {
                assertThat(port(any.localAddress())).isPositive();
            }
            try (var six = Datagrams.bind("::1", 0);
                    var peer = Datagrams.connect("::1", port(six.localAddress()))) {
                peer.send(bytes("six"));
                var datagram = six.receive();
                assertThat(text(datagram.data())).isEqualTo("six");
                assertThat(datagram.sender()).isEqualTo(peer.localAddress());
            }
            try (var all = Datagrams.bind("", 0);
                    var peer = Datagrams.connect("localhost", port(all.localAddress()))) {
                peer.send(bytes("to all"));
                assertThat(text(all.receive().data())).isEqualTo("to all");
            }
            var mixed = local().withRemoteAddress("::1", 9);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Datagrams.open(mixed))
                    .withMessageContaining("same family");
            try (var taken = Datagrams.bind(HOST, 0)) {
                assertThatExceptionOfType(BindException.class)
                        .isThrownBy(() -> Datagrams.bind(HOST, port(taken.localAddress())))
                        .withMessageContaining("address already in use");
            }
            Net.turnUntil(() -> openChannels() == 0);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void reusePort_ofAllSockets_letsThemReceiveAtOneAddress(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var one = Datagrams.open(local().withReusePort(true))) {
                var same = local().withReusePort(true).withLocalAddress(HOST, port(one.localAddress()));
                try (var two = Datagrams.open(same)) {
                    assertThat(two.localAddress()).isEqualTo(one.localAddress());
                }
                assertThatExceptionOfType(BindException.class)
                        .isThrownBy(() -> Datagrams.open(same.withReusePort(false)));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void sendTo_withARemoteAddress_takesThatOneOnly(NettyTransport engine) throws IOException { // DG-2
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0);
                    var client = Datagrams.connect(HOST, port(server.localAddress()))) {
                client.send(bytes("named"), at(port(server.localAddress())));
                assertThat(text(server.receive().data())).isEqualTo("named");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> client.send(bytes("x"), at(9)))
                        .withMessageContaining("sends to");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> server.send(bytes("x")))
                        .withMessageContaining("a recipient is needed");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> server.send(bytes("x"), InetSocketAddress.createUnresolved("localhost", 9)))
                        .withMessageContaining("must be resolved");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void connectedEndpoint_datagramOfAStranger_isNotReceived(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0);
                    var stranger = Datagrams.bind(HOST, 0);
                    var client = Datagrams.connect(HOST, port(server.localAddress()))) {
                var at = Objects.requireNonNull(client.localAddress());
                stranger.send(bytes("let me in"), at);
                server.send(bytes("the answer"), at);
                assertThat(text(client.receive().data())).isEqualTo("the answer");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void allowBroadcast_withARemoteAddress_sendsThere_andReceivesFromAnybody(NettyTransport engine)
            throws IOException { // DG-2
        Net.run(engine, () -> {
            try (var all = Datagrams.bind("", 0)) {
                var options = DatagramOptions.DEFAULT
                        .withRemoteAddress("127.255.255.255", port(all.localAddress()))
                        .withAllowBroadcast(true);
                try (var caller = Datagrams.open(options)) {
                    caller.send(bytes("is anybody there?"));
                    var call = all.receive();
                    assertThat(text(call.data())).isEqualTo("is anybody there?");
                    all.send(bytes("I am"), at(port(call.sender())));
                    var answer = caller.receive();
                    assertThat(text(answer.data())).isEqualTo("I am");
                    assertThat(answer.sender()).isEqualTo(at(port(all.localAddress())));
                    assertThatIllegalArgumentException().isThrownBy(() -> caller.send(bytes("x"), at(9)));
                }
                try (var forbidden = Datagrams.bind("", 0)) {
                    var everybody = new InetSocketAddress("127.255.255.255", port(all.localAddress()));
                    forbidden.send(bytes("x"), everybody);
                    assertThatExceptionOfType(IOException.class)
                            .isThrownBy(forbidden::receive)
                            .withMessageContaining("could not be sent");
                }
            }
        });
    }

    /* ---- straight-line endpoints ---- */

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void send_toAPortWhereNobodyReceives_isToldOnce_andTheEndpointLivesOn(NettyTransport engine) throws IOException {
        var deaf = deafPort();
        Net.run(engine, () -> {
            try (var client = Datagrams.connect(HOST, deaf)) {
                client.send(bytes("hello?"));
                assertThatExceptionOfType(PortUnreachableException.class).isThrownBy(client::receive); // DG-3
                try (var late = Datagrams.bind(HOST, deaf)) {
                    client.send(bytes("now?"));
                    late.send(bytes("yes"), late.receive().sender());
                    assertThat(text(client.receive().data())).isEqualTo("yes");
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void receive_severalTasks_takeTurns_andACancelledOneLosesNothing(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0);
                    var client = Datagrams.connect(HOST, port(server.localAddress()))) {
                var received = new ArrayList<String>();
                var first = Asyncio.createTask(server::receive);
                var second = Asyncio.createTask(
                        () -> received.add(text(server.receive().data())));
                var third = Asyncio.createTask(
                        () -> received.add(text(server.receive().data())));
                Net.turn();
                client.send(bytes("a"));
                client.send(bytes("b"));
                first.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(first::await);
                second.await();
                third.await();
                assertThat(received).containsExactly("a", "b");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void close_whileATaskReceives_wakesIt(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            var endpoint = Datagrams.bind(HOST, 0);
            var receiving = Asyncio.createTask(endpoint::receive);
            Net.turn();
            endpoint.close();
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> receiving.await(IOException.class))
                    .withMessage("the endpoint is closed");
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> endpoint.send(bytes("x"), at(9)));
            assertThat(openChannels()).isZero();
            endpoint.close();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void receive_moreThanIsTaken_isBounded_andGoesOn(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0);
                    var client = Datagrams.connect(HOST, port(server.localAddress()))) {
                for (var i = 0; i < 2000; i++) {
                    client.send(new byte[1000]);
                    Net.turn();
                    Net.turn();
                }
                var kept = new int[1];
                var receiving = Asyncio.createTask(() -> {
                    for (; ; kept[0]++) {
                        server.receive();
                    }
                });
                Net.turnUntilStill(() -> kept[0]);
                receiving.cancel();
                assertThat(kept[0]).isBetween(250, 1000); // 256 KiB here, and what the system keeps
                client.send(bytes("more"));
                assertThat(text(server.receive().data())).isEqualTo("more");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void open_cancelled_leavesNothingOpen(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            Datagrams.bind(HOST, 0).close(); // loads what is loaded once
            for (var turns = 0; turns < 6; turns++) {
                var opening = Asyncio.createTask(() -> Datagrams.bind(HOST, 0));
                for (var i = 0; i < turns; i++) {
                    Net.turn();
                }
                if (opening.cancel()) {
                    assertThatExceptionOfType(CancelledError.class).isThrownBy(opening::await);
                } else {
                    opening.await().close();
                }
                Net.turnUntil(() -> openChannels() == 0);
            }
        });
    }

    /* ---- Unix domain sockets ---- */

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL"})
    void unixSocket_bothWays_andBackPressureOfThePeer(NettyTransport engine, @TempDir Path folder) throws IOException {
        var serverPath = UnixDomainSocketAddress.of(folder.resolve("server"));
        var clientPath = UnixDomainSocketAddress.of(folder.resolve("client"));
        Net.run(engine, () -> {
            Datagrams.open(DatagramOptions.DEFAULT.withLocalAddress(serverPath)).close();
            assertThat(folder.resolve("server")).exists(); // and is removed by the next one: DG-5
            try (var server = Datagrams.open(DatagramOptions.DEFAULT.withLocalAddress(serverPath));
                    var client = Datagrams.open(
                            DatagramOptions.DEFAULT.withLocalAddress(clientPath).withRemoteAddress(serverPath))) {
                client.send(bytes("hello"));
                client.send(bytes(""));
                var greeting = server.receive();
                assertThat(text(greeting.data())).isEqualTo("hello");
                assertThat(greeting.sender()).isEqualTo(clientPath);
                assertThat(server.receive().data()).isEmpty();
                server.send(bytes("hello yourself"), greeting.sender());
                assertThat(text(client.receive().data())).isEqualTo("hello yourself");
                try (var unnamed = Datagrams.open(DatagramOptions.DEFAULT.withRemoteAddress(serverPath))) {
                    unnamed.send(bytes("guess who"));
                    assertThat(server.receive().sender()).isEqualTo(UnixDomainSocketAddress.of(""));
                }
            }
            Net.turnUntil(() -> openChannels() == 0);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = NettyTransport.class,
            names = {"EPOLL"})
    void unixSocket_peerThatDoesNotReceive_suspendsTheSender(NettyTransport engine, @TempDir Path folder)
            throws IOException {
        var serverPath = UnixDomainSocketAddress.of(folder.resolve("server"));
        Net.run(engine, () -> {
            try (var server = Datagrams.open(DatagramOptions.DEFAULT.withLocalAddress(serverPath));
                    var client = Datagrams.open(DatagramOptions.DEFAULT.withRemoteAddress(serverPath))) {
                var sent = new int[1];
                var sending = Asyncio.createTask(() -> {
                    for (; sent[0] < 1000; sent[0]++) {
                        client.send(new byte[10_000]); // 10 MB
                    }
                });
                Net.turnUntilStill(() -> sent[0]);
                assertThat(sent[0]).isLessThan(200); // 256 KiB here, ten datagrams there, 64 KiB unsent
                for (var i = 0; i < 1000; i++) {
                    assertThat(server.receive().data()).hasSize(10_000); // these do not get lost
                }
                sending.await();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("withoutUnixSockets")
    void unixSocket_whereThereIsNone_isRefused(NettyTransport engine, @TempDir Path folder) throws IOException {
        Net.run(engine, () -> {
            var path = UnixDomainSocketAddress.of(folder.resolve("server"));
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> Datagrams.open(DatagramOptions.DEFAULT.withLocalAddress(path)))
                    .withMessageContaining("epoll has");
            assertThat(Files.exists(path.getPath())).isFalse();
        });
    }

    /* ---- others ---- */

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void jdkChannel_isUnderstood_bothWays(NettyTransport engine) throws IOException {
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0);
                    var peer = DatagramChannel.open()) {
                peer.bind(new InetSocketAddress(HOST, 0)).configureBlocking(false);
                peer.send(ByteBuffer.wrap(bytes("from the JDK")), Objects.requireNonNull(server.localAddress()));
                var datagram = server.receive();
                assertThat(text(datagram.data())).isEqualTo("from the JDK");
                assertThat(datagram.sender()).isEqualTo(peer.getLocalAddress());
                assertThat(((InetSocketAddress) datagram.sender()).getAddress()).isEqualTo(InetAddress.ofLiteral(HOST));
                server.send(bytes("to the JDK"), datagram.sender());
                var into = ByteBuffer.allocate(100);
                while (peer.receive(into) == null) {
                    Net.turn();
                }
                assertThat(new String(into.array(), 0, into.position(), UTF_8)).isEqualTo("to the JDK");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void cpythonPeer_echoes(NettyTransport engine) throws Exception {
        var program = """
                import asyncio
                class Echo(asyncio.DatagramProtocol):
                    def connection_made(self, transport):
                        self.transport = transport
                        print(transport.get_extra_info("sockname")[1], flush=True)
                    def datagram_received(self, data, addr):
                        self.transport.sendto(data.upper(), addr)
                        if data == b"bye":
                            done.set_result(None)
                async def main():
                    global done
                    loop = asyncio.get_running_loop()
                    done = loop.create_future()
                    await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", 0))
                    await asyncio.wait_for(done, 60)
                asyncio.run(main())
                """;
        var python = new ProcessBuilder("python3", "-c", program)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var port = Integer.parseInt(python.inputReader().readLine());
            Net.run(engine, () -> {
                try (var client = Datagrams.connect(HOST, port)) {
                    for (var word : List.of("hello", "bye")) {
                        client.send(bytes(word));
                        assertThat(text(client.receive().data())).isEqualTo(word.toUpperCase(Locale.ROOT));
                    }
                }
            });
            assertThat(python.waitFor()).isZero();
        } finally {
            python.destroyForcibly();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Net#transports")
    void socatPeer_sendsADatagramALine(NettyTransport engine) throws Exception {
        assumeTrue(hasSocat(), "socat is not installed on this machine; .ci/run installs it");
        Net.run(engine, () -> {
            try (var server = Datagrams.bind(HOST, 0)) {
                var address = "UDP-SENDTO:127.0.0.1:" + port(server.localAddress());
                var socat = Asyncio.toThread(() -> new ProcessBuilder("socat", "-u", "-T10", "STDIN", address)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
                try {
                    var code = Asyncio.toThread(() -> {
                        try (var in = socat.getOutputStream()) {
                            in.write(bytes("one message"));
                        }
                        return socat.waitFor();
                    });
                    assertThat(text(server.receive().data())).isEqualTo("one message");
                    assertThat(code).isZero();
                } finally {
                    socat.destroyForcibly();
                }
            }
        });
    }

    private static boolean hasSocat() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "socat")));
    }
}
