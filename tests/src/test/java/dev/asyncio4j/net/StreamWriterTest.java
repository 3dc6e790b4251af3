package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;

/** The rules of stream writers, SW-1, SW-2, SW-3, SW-4, SW-9, and of water marks, TR-7, over real sockets. */
@Timeout(60)
class StreamWriterTest {
    private static final int MORE_THAN_THE_SYSTEM_TAKES = 16 * 1024 * 1024;

    /** What a test does with our end of a connection, the peer being in its hands. */
    private interface Scene {
        void play(Connection ours, Peer peer) throws Exception;
    }

    /** Plays a scene with a connection that a server has accepted. */
    private static void play(NettyTransport transport, Scene scene) throws Exception {
        Net.run(transport, () -> {
            Future<Connection> accepted = Asyncio.getRunningLoop().createFuture();
            try (var own = Streams.startServer(
                    connection -> {
                        accepted.setResult(connection);
                        Net.awaitEnd(connection);
                    },
                    Net.LOOPBACK,
                    0)) {
                try (var peer = Peer.connectTo(own)) {
                    scene.play(accepted.await(), peer);
                }
                own.abortClients();
            }
        });
    }

    @OverEpollAndNio
    void write_severalInABatch_arriveInOrder(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            ours.writer().write(bytes("one "));
            ours.writer().writeLines(List.of(bytes("two "), bytes(""), bytes("three ")));
            ours.writer().write(bytes("-four-"), 1, 4);
            assertThat(peer.receive(18)).isEqualTo("one two three four");
        });
    }

    @OverEpollAndNio
    void write_theArrayMayBeChangedAfterwards(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            var array = bytes("abc");
            ours.writer().write(array);
            array[0] = '!';
            assertThat(peer.receive(3)).isEqualTo("abc");
        });
    }

    @OverEpollAndNio
    void write_toABrokenConnection_isDroppedSilently(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            peer.reset();
            Net.turnUntil(ours.writer()::isClosing);
            assertThatNoException().isThrownBy(() -> ours.writer().write(bytes("x")));
            assertThat(ours.writer().getWriteBufferSize()).isZero();
        });
    }

    @OverEpollAndNio
    void drain_upToTheHighMark_doesNotSuspend_aboveItDoes(NettyTransport transport) throws Exception {
        play(transport, (ours, _) -> {
            ours.writer().setWriteBufferLimits(1000);
            ours.writer().write(new byte[1000]);
            assertThat(suspends(() -> ours.writer().drain()))
                    .as("1000 are not above 1000")
                    .isFalse();
            Net.turnUntil(() -> ours.writer().getWriteBufferSize() == 0);
            ours.writer().write(new byte[1001]);
            assertThat(suspends(() -> ours.writer().drain())).isTrue();
            assertThat(ours.writer().getWriteBufferSize()).isLessThanOrEqualTo(250);
        });
    }

    private static boolean suspends(IoAction action) throws IOException {
        var turned = new ArrayList<String>();
        var handle = Asyncio.getRunningLoop().callSoon(() -> turned.add("turn"));
        action.run();
        handle.cancel();
        return !turned.isEmpty();
    }

    private interface IoAction {
        void run() throws IOException;
    }

    @OverEpollAndNio
    void setWriteBufferLimits_checksTheirOrder(NettyTransport transport) throws Exception {
        play(transport, (ours, _) -> {
            assertThatIllegalArgumentException().isThrownBy(() -> ours.writer().setWriteBufferLimits(1, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> ours.writer().setWriteBufferLimits(1, -1));
        });
    }

    @OverEpollAndNio
    void drain_ofSeveralTasks_allGoOnTogether(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            ours.writer().write(new byte[MORE_THAN_THE_SYSTEM_TAKES]);
            var drains = List.of(
                    Asyncio.createTask(() -> ours.writer().drain()),
                    Asyncio.createTask(() -> ours.writer().drain()));
            Net.turn();
            Net.turn();
            assertThat(drains).noneMatch(Future::done);
            var draining = Asyncio.createTask(peer::drain);
            drains.forEach(Future::await);
            ours.writer().close();
            assertThat(draining.await()).isEqualTo(MORE_THAN_THE_SYSTEM_TAKES);
        });
    }

    @OverEpollAndNio
    void drain_waitingWhenTheConnectionBreaks_throwsWhatBrokeIt(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            ours.writer().write(new byte[MORE_THAN_THE_SYSTEM_TAKES]);
            var drain = Asyncio.createTask(() -> ours.writer().drain());
            Net.turn();
            peer.reset();
            assertThatExceptionOfType(ConnectionResetException.class).isThrownBy(drain::await);
            assertThatExceptionOfType(ConnectionResetException.class)
                    .isThrownBy(() -> ours.writer().drain());
            assertThatExceptionOfType(ConnectionResetException.class)
                    .isThrownBy(() -> ours.writer().waitClosed());
        });
    }

    @OverEpollAndNio
    void drain_waitingWhenAborted_returns(NettyTransport transport) throws Exception {
        play(transport, (ours, _) -> {
            ours.writer().write(new byte[MORE_THAN_THE_SYSTEM_TAKES]);
            var drain = Asyncio.createTask(() -> ours.writer().drain());
            Net.turn();
            ours.writer().abort();
            assertThatNoException().isThrownBy(drain::await);
            assertThat(ours.writer().getWriteBufferSize()).isZero();
        });
    }

    @OverEpollAndNio
    void drain_onceTheConnectionIsClosed_throwsConnectionReset(NettyTransport transport) throws Exception {
        play(transport, (ours, _) -> {
            ours.writer().close();
            ours.writer().waitClosed();
            assertThatExceptionOfType(ConnectionResetException.class)
                    .isThrownBy(() -> ours.writer().drain())
                    .withMessageContaining("lost");
        });
    }

    @OverEpollAndNio
    void close_flushesInTheBackground(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            ours.writer().write(new byte[MORE_THAN_THE_SYSTEM_TAKES]);
            ours.writer().close();
            assertThat(ours.writer().isClosing()).isTrue();
            var closed = Asyncio.createTask(() -> ours.writer().waitClosed());
            assertThat(peer.drain()).isEqualTo(MORE_THAN_THE_SYSTEM_TAKES);
            assertThatNoException().isThrownBy(closed::await);
        });
    }

    @OverEpollAndNio
    void writeEof_endsOneDirectionOnly(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            assertThat(ours.writer().canWriteEof()).isTrue();
            ours.writer().write(bytes("question"));
            ours.writer().writeEof();
            assertThat(peer.receiveAll()).isEqualTo("question");
            peer.send("answer");
            assertThat(text(ours.reader().readExactly(6))).isEqualTo("answer");
            assertThatIllegalStateException().isThrownBy(() -> ours.writer().write(bytes("more")));
        });
    }

    @OverEpollAndNio
    void peerEnds_writingGoesOn(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            peer.send("question");
            peer.endOutput();
            assertThat(text(ours.reader().read())).isEqualTo("question");
            assertThat(ours.reader().atEof()).isTrue();
            ours.write(bytes("answer"));
            assertThat(peer.receive(6)).isEqualTo("answer");
        });
    }

    @OverEpollAndNio
    void peerResets_readersFailThoughBytesWait(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            peer.send("unread");
            Net.turnUntil(() -> ours.reader().buffered() == 6);
            peer.reset();
            Net.turnUntil(() -> ours.reader().exception() != null);
            assertThatExceptionOfType(ConnectionResetException.class)
                    .isThrownBy(() -> ours.reader().read(1));
        });
    }

    @OverEpollAndNio
    void getExtraInfo_knowsBothAddresses(NettyTransport transport) throws Exception {
        play(transport, (ours, _) -> {
            assertThat(ours.writer().getExtraInfo("peername")).contains(ours.remoteAddress());
            assertThat(ours.writer().getExtraInfo("sockname")).contains(ours.localAddress());
            assertThat(ours.writer().getExtraInfo("shoe size")).isEmpty();
            assertThat(((InetSocketAddress) Objects.requireNonNull(ours.localAddress())).getPort())
                    .isPositive();
        });
    }

    @OverEpollAndNio
    void connectionClose_cancelledWhileFlushing_abortsAndKeepsTheCancelForTheNextWait(NettyTransport transport)
            throws Exception {
        play(transport, (ours, _) -> {
            var trail = new ArrayList<String>();
            ours.writer().write(new byte[MORE_THAN_THE_SYSTEM_TAKES]);
            var closing = Asyncio.createTask(() -> {
                ours.close();
                trail.add("closed");
                Net.turn();
                trail.add("not reached");
            });
            Net.turn();
            closing.cancel("enough");
            assertThatExceptionOfType(CancelledError.class)
                    .isThrownBy(closing::await)
                    .withMessage("enough");
            assertThat(trail).containsExactly("closed");
            assertThat(closing.cancelling()).isEqualTo(1);
            ours.writer().waitClosed();
        });
    }

    @OverEpollAndNio
    void connectionClose_ofABrokenConnection_throwsNothing(NettyTransport transport) throws Exception {
        play(transport, (ours, peer) -> {
            peer.reset();
            assertThatNoException().isThrownBy(ours::close);
        });
    }
}
