package dev.asyncio4j.net;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.net.internal.NettyIoDriver;
import dev.asyncio4j.net.internal.NettyTransport;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host with several addresses, in virtual time: CN-2, CN-3, CN-4, CN-5, CN-6. */
@Timeout(60)
class HappyEyeballsTest {
    private static final ConnectOptions EAGER = ConnectOptions.DEFAULT.withHappyEyeballs(ofMillis(250));

    private final FakeNetwork network = new FakeNetwork();

    private <X extends Throwable> void run(Action<X> body) throws X {
        VirtualTime.run(body, VirtualTimeOptions.DEFAULT.withDriver(network));
    }

    /* ---- the order ---- */

    @ParameterizedTest
    @CsvSource({
        "0, ::1 ::2 ::3 1.1.1.1 1.1.1.2", // as found
        "1, ::1 1.1.1.1 ::2 1.1.1.2 ::3",
        "2, ::1 ::2 1.1.1.1 ::3 1.1.1.2",
        "3, ::1 ::2 ::3 1.1.1.1 1.1.1.2",
        "9, ::1 ::2 ::3 1.1.1.1 1.1.1.2",
    })
    void interleave_manyOfTheFirstKind_alternateAfterSoMany(int firstOfAKind, String expected) {
        var found = addresses("::1 ::2 ::3 1.1.1.1 1.1.1.2");
        assertThat(Interleaving.order(found, firstOfAKind)).isEqualTo(addresses(expected));
        assertThat(found).isEqualTo(addresses("::1 ::2 ::3 1.1.1.1 1.1.1.2"));
    }

    @Test
    void interleave_oneKindOrNone_staysAsItIs() {
        assertThat(Interleaving.order(addresses("1.1.1.1 1.1.1.2"), 1)).isEqualTo(addresses("1.1.1.1 1.1.1.2"));
        assertThat(Interleaving.order(List.of(), 1)).isEmpty();
        assertThat(Interleaving.order(addresses("1.1.1.1 ::1 1.1.1.2"), 1)).isEqualTo(addresses("1.1.1.1 ::1 1.1.1.2"));
    }

    private static NettyIoDriver driver() {
        return ((BaseEventLoop) Asyncio.getRunningLoop())
                .ioDriver()
                .unwrap(NettyIoDriver.class)
                .orElseThrow();
    }

    private static List<InetAddress> addresses(String list) {
        return Stream.of(list.split(" ")).map(InetAddress::ofLiteral).toList();
    }

    @Test
    void options_eyeballs_alternateUnlessToldOtherwise() {
        assertThat(ConnectOptions.DEFAULT.happyEyeballsDelay()).isNull();
        assertThat(ConnectOptions.DEFAULT.interleave()).isZero();
        assertThat(EAGER.interleave()).isEqualTo(1);
        assertThat(EAGER.withInterleave(0).interleave()).isZero();
        assertThat(ConnectOptions.DEFAULT
                        .withInterleave(2)
                        .withHappyEyeballs(ofMillis(1))
                        .interleave())
                .isEqualTo(2);
        assertThat(ConnectOptions.RECOMMENDED_DELAY).isEqualTo(ofMillis(250));
        assertThatIllegalArgumentException().isThrownBy(() -> ConnectOptions.DEFAULT.withHappyEyeballs(ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> EAGER.withInterleave(-1));
    }

    /* ---- one after the other (CN-2) ---- */

    @Test
    void connect_withoutADelay_triesEachUntilItFails() throws IOException {
        network.name("host", "::1", "::2", "1.1.1.1")
                .refuses("::1", 400)
                .refuses("::2", 30)
                .answers("1.1.1.1", 10);
        run(() -> Streams.openConnection("host", 80));
        assertThat(network.trail)
                .containsExactly("0 try ::1", "400 try ::2", "430 try 1.1.1.1", "440 connected 1.1.1.1");
    }

    @Test
    void connect_interleavedWithoutADelay_alternates() throws IOException {
        network.name("host", "::1", "::2", "1.1.1.1").refuses("::1", 10).answers("1.1.1.1", 10);
        run(() -> Streams.openConnection("host", 80, ConnectOptions.DEFAULT.withInterleave(1)));
        assertThat(network.trail).containsExactly("0 try ::1", "10 try 1.1.1.1", "20 connected 1.1.1.1");
    }

    @Test
    void connect_unknownName_throwsThat() {
        run(() -> assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> Streams.openConnection("host", 80, EAGER)));
    }

    /* ---- beside each other (CN-4, CN-5) ---- */

    @Test
    void race_theFirstDoesNotAnswer_theNextStartsAfterTheDelayAndWins() throws IOException {
        network.name("host", "::1", "::2", "1.1.1.1").answers("1.1.1.1", 40);
        run(() -> {
            var connection = Streams.openConnection("host", 80, EAGER);
            assertThat(connection.remoteAddress()).isEqualTo(new InetSocketAddress("1.1.1.1", 80));
        });
        assertThat(network.trail)
                .containsExactly("0 try ::1", "250 try 1.1.1.1", "290 connected 1.1.1.1", "290 drop ::1");
        assertThat(network.connected()).containsExactly("1.1.1.1");
    }

    @Test
    void race_theFirstFailsEarly_theNextStartsAtOnce() throws IOException {
        network.name("host", "::1", "1.1.1.1").refuses("::1", 20).answers("1.1.1.1", 40);
        run(() -> Streams.openConnection("host", 80, EAGER));
        assertThat(network.trail).containsExactly("0 try ::1", "20 try 1.1.1.1", "60 connected 1.1.1.1");
    }

    @Test
    void race_aSlowFirstStillWins_andTheLateOneIsDropped() throws IOException {
        network.name("host", "::1", "1.1.1.1").answers("::1", 300).answers("1.1.1.1", 100);
        run(() -> Streams.openConnection("host", 80, EAGER));
        assertThat(network.trail)
                .containsExactly("0 try ::1", "250 try 1.1.1.1", "300 connected ::1", "300 drop 1.1.1.1");
        assertThat(network.connected()).containsExactly("::1");
    }

    @Test
    void race_anEarlierOneFailsLate_doesNotStartAnother() throws IOException {
        network.name("host", "::1", "1.1.1.1", "::2", "1.1.1.2")
                .refuses("::1", 300)
                .answers("1.1.1.1", 249);
        run(() -> Streams.openConnection("host", 80, EAGER));
        assertThat(network.trail).containsExactly("0 try ::1", "250 try 1.1.1.1", "499 connected 1.1.1.1");
    }

    @Test
    void race_forProtocols_isTheSame() throws IOException {
        network.name("host", "::1", "1.1.1.1").answers("1.1.1.1", 40);
        run(() -> {
            var made = Network.createConnection(() -> new Protocol() {}, "host", 80, EAGER);
            assertThat(made.transport().getExtraInfo("peername")).contains(new InetSocketAddress("1.1.1.1", 80));
        });
        assertThat(network.connected()).containsExactly("1.1.1.1");
    }

    /** gh-153133. */
    @Test
    void race_cancelled_dropsAllThatRun() {
        network.name("host", "::1", "1.1.1.1", "::2");
        run(() -> {
            var connecting = Asyncio.createTask(() -> Streams.openConnection("host", 80, EAGER));
            Asyncio.sleep(ofMillis(300));
            connecting.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(connecting::await);
            assertThat(network.trail)
                    .containsExactly("0 try ::1", "250 try 1.1.1.1", "300 drop ::1", "300 drop 1.1.1.1");
        });
        assertThat(network.connected()).isEmpty();
    }

    /* ---- nobody answers (CN-2) ---- */

    @Test
    void connect_allFail_oneErrorNamesThemAll_eitherWay() {
        network.name("host", "::1", "1.1.1.1").refuses("::1", 10).refuses("1.1.1.1", 10);
        run(() -> {
            for (var options : List.of(ConnectOptions.DEFAULT, EAGER)) {
                assertThatExceptionOfType(ConnectException.class)
                        .isThrownBy(() -> Streams.openConnection("host", 80, options))
                        .withMessage("several attempts failed: ::1: connection refused; 1.1.1.1: connection refused")
                        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
                assertThatExceptionOfType(ExceptionGroup.class)
                        .isThrownBy(() -> Streams.openConnection("host", 80, options.withAllErrors()))
                        .satisfies(e -> assertThat(messages(e))
                                .containsExactly("::1: connection refused", "1.1.1.1: connection refused"));
            }
        });
    }

    private static List<String> messages(ExceptionGroup group) {
        return group.exceptions().stream().map(Throwable::getMessage).toList();
    }

    @Test
    void race_oneFails_itsErrorIsThrownAsItIs() {
        network.name("host", "1.1.1.1").refuses("1.1.1.1", 10);
        run(() -> assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> Streams.openConnection("host", 80, EAGER))
                .withMessage("1.1.1.1: connection refused"));
    }

    @Test
    void race_aMistakeInAnAttempt_isThrownAsItIs() {
        network.name("host", "1.1.1.1").answers("1.1.1.1", 10);
        run(() -> assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Network.createConnection(
                        () -> {
                            throw new IllegalStateException("no protocol");
                        },
                        "host",
                        80,
                        EAGER))
                .withMessage("no protocol"));
        assertThat(network.connected()).isEmpty();
    }

    /* ---- where to connect from (CN-3) ---- */

    @Test
    void localAddress_onlyItsOwnKindIsTried() throws IOException {
        network.name("host", "::1", "1.1.1.1").answers("::1", 1).answers("1.1.1.1", 1);
        var from = ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("9.9.9.9", 0));
        run(() -> Streams.openConnection("host", 80, from));
        assertThat(network.trail).containsExactly("0 try 1.1.1.1 from 9.9.9.9", "1 connected 1.1.1.1");
    }

    @Test
    void localAddress_ofNoUse_saysSo() {
        network.name("host", "::1").answers("::1", 1);
        var from = ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("9.9.9.9", 0));
        run(() -> assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> Streams.openConnection("host", 80, from))
                .withMessageContaining("no local address of its kind"));
        assertThat(network.trail).isEmpty();
    }

    @Test
    void localAddress_byName_theFirstThatCanBeBoundIsUsed() throws IOException {
        network.name("host", "1.1.1.1").answers("1.1.1.1", 1);
        network.name("home", "::9", "9.9.9.9", "9.9.9.8", "9.9.9.7").cannotBind("9.9.9.9");
        var from = ConnectOptions.DEFAULT.withLocalAddress(InetSocketAddress.createUnresolved("home", 0));
        run(() -> Streams.openConnection("host", 80, from));
        assertThat(network.trail)
                .containsExactly("0 cannot bind 9.9.9.9", "0 try 1.1.1.1 from 9.9.9.8", "1 connected 1.1.1.1");
    }

    @OverEpollAndNio
    void localAddress_notOfThisMachine_saysWhatCouldNotBeBound(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer((StreamReader _, StreamWriter _) -> {}, Net.LOOPBACK, 0)) {
                var from = ConnectOptions.DEFAULT.withLocalAddress(new InetSocketAddress("192.0.2.1", 0));
                assertThatExceptionOfType(BindException.class)
                        .isThrownBy(() -> Streams.openConnection(Net.LOOPBACK, Net.port(server), from))
                        .withMessageContaining("cannot connect to 127.0.0.1:%d from 192.0.2.1:0", Net.port(server));
            }
        });
    }

    /* ---- with real sockets ---- */

    @OverEpollAndNio
    void race_realSockets_oneOfTwoConnectionsIsLeft(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            try (var server = Streams.startServer(c -> c.write(c.reader().readLine()), "localhost", 0)) {
                var options = ConnectOptions.DEFAULT.withHappyEyeballs(ofMillis(0));
                for (var i = 0; i < 20; i++) {
                    try (var connection = Streams.openConnection("localhost", Net.port(server), options)) {
                        connection.write(Net.bytes("hello\n"));
                        assertThat(Net.text(connection.reader().read())).isEqualTo("hello\n");
                    }
                }
                assertThat(server.isServing()).isTrue();
                Net.turnUntil(() -> driver().openChannels() == server.sockets().size());
            }
        });
    }
}
