package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/** What went wrong elsewhere, with sockets, and has no better place; {@code docs/reference/bugs.md} lists all of it. */
@Timeout(60)
class OldBugsTest {

    /** Records what it hears of flow control. */
    private static final class Recorder implements Protocol {
        final List<String> trail = new ArrayList<>();
        private @Nullable Transport transport;

        Transport transport() {
            return Objects.requireNonNull(transport);
        }

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }

        @Override
        public void pauseWriting() {
            trail.add("pause");
        }

        @Override
        public void resumeWriting() {
            trail.add("resume");
        }
    }

    /** What a test does with a connection that was accepted, the peer being in its hands. */
    private interface Scene {
        void play(Recorder ours, Peer peer) throws IOException;
    }

    private static void play(NettyTransport transport, Scene scene) throws IOException {
        Net.run(transport, () -> {
            var accepted = new ArrayList<Recorder>();
            try (var server = Network.createServer(
                            () -> {
                                accepted.add(new Recorder());
                                return accepted.getLast();
                            },
                            Net.LOOPBACK,
                            0);
                    var peer = Peer.connectTo(server)) {
                Net.turnUntil(() -> !accepted.isEmpty() && accepted.getFirst().transport != null);
                scene.play(accepted.getFirst(), peer);
                server.abortClients();
            }
        });
    }

    /** CVE-2024-12254: {@code writelines} never paused the writer, whose memory ran out (TR-7). */
    @OverEpollAndNio
    void writeLines_toAPeerThatDoesNotRead_pausesTheWriter(NettyTransport transport) throws IOException {
        play(transport, (ours, peer) -> {
            ours.transport().writeLines(Collections.nCopies(1000, new byte[16 * 1024]));
            assertThat(ours.trail).containsExactly("pause");
            ours.transport().close();
            assertThat(peer.drain()).isEqualTo(1000 * 16 * 1024);
            assertThat(ours.trail).containsExactly("pause", "resume");
        });
    }

    /** gh-155888: a last piece without bytes was never "sent", so that the connection never closed. */
    @OverEpollAndNio
    void writeLines_whoseLastPieceIsEmpty_leavesNothingToSend(NettyTransport transport) throws IOException {
        play(transport, (ours, peer) -> {
            ours.transport().writeLines(List.of(bytes("one"), bytes("")));
            ours.transport().writeLines(List.of(bytes("")));
            ours.transport().close();
            assertThat(peer.drain()).isEqualTo(3);
        });
    }

    /**
     * The size of what is unsent was added up anew at each write, piece by piece: quadratic. These would be 20,000,000,000
     * additions, which the limit of this test does not leave time for (TR-7).
     */
    @OverEpollAndNio
    void getWriteBufferSize_ofManyPieces_isKnownWithoutCounting(NettyTransport transport) throws IOException {
        play(transport, (ours, peer) -> {
            var filling = new byte[16 * 1024 * 1024]; // more than the system takes
            ours.transport().write(filling);
            var before = ours.transport().getWriteBufferSize();
            var piece = new byte[1];
            for (var i = 1; i <= 200_000; i++) {
                ours.transport().write(piece);
                assertThat(ours.transport().getWriteBufferSize() - before == i).isTrue();
            }
            ours.transport().close();
            assertThat(peer.drain()).isEqualTo(filling.length + 200_000);
        });
    }

    /** gh-83939: {@code wait_closed} of a writer hung where the connection had been lost before (SW-4). */
    @OverEpollAndNio
    void waitClosed_connectionLostBefore_tellsAtOnceAndEveryTime(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var accepted = Asyncio.getRunningLoop().<Connection>createFuture();
            try (var server = Streams.startServer(
                            connection -> {
                                accepted.setResult(connection);
                                Net.awaitEnd(connection);
                            },
                            Net.LOOPBACK,
                            0);
                    var peer = Peer.connectTo(server)) {
                var ours = accepted.await();
                peer.reset();
                assertThatExceptionOfType(ConnectionResetException.class)
                        .isThrownBy(() -> ours.reader().read(1));
                ours.close();
                for (var times = 0; times < 3; times++) {
                    assertThatExceptionOfType(ConnectionResetException.class)
                            .isThrownBy(() -> ours.writer().waitClosed());
                }
            }
        });
    }
}
