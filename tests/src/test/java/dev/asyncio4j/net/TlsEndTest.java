package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import dev.asyncio4j.LoopOptions;
import dev.asyncio4j.RunOptions;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.internal.NettyIoDriver;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How encrypted connections end, and what is left of them: nothing (TLS-3, TLS-4, TLS-5, SW-9). */
@Timeout(60)
@EachTlsProvider
class TlsEndTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration NEVER = Duration.ofHours(1);

    @Parameter
    TlsProvider provider = TlsProvider.AUTO; // until JUnit has set it

    @TempDir
    Path folder;

    private TlsOptions options;
    private NettyIoDriver driver = new NettyIoDriver(); // of the run under way

    @BeforeEach
    void makeCertificate() {
        options = TlsOptions.of(new Pki(folder, provider).serverContext(Pki.server(Net.LOOPBACK)))
                .withShutdownTimeout(NEVER);
    }

    /** Runs a program, and looks that it leaves no socket open. */
    private <X extends Throwable> void run(NettyTransport transport, Action<X> body) throws X {
        driver = new NettyIoDriver(transport);
        var loop = LoopOptions.DEFAULT.withDriver(driver);
        Action<X> checked = () -> {
            body.run();
            Net.turnUntil(() -> driver.openChannels() == 0);
        };
        Asyncio.run(checked.asCoroutine(), RunOptions.DEFAULT.withLoopFactory(() -> new BaseEventLoop(loop)));
    }

    private static Server serve(ConnectionHandler handler, TlsOptions options) throws IOException {
        return Streams.startServer(handler, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withTls(options));
    }

    private static void echo(Connection connection) throws IOException {
        for (var got = connection.reader().read(65_536);
                got.length > 0;
                got = connection.reader().read(65_536)) {
            connection.write(got);
        }
    }

    /** What a peer does on a thread of its own. */
    private interface Deed {
        void on(TlsPeer peer) throws IOException;
    }

    private static Future<Boolean> peer(Server server, String protocol, Deed deed) {
        var port = Net.port(server);
        return Asyncio.getRunningLoop().runInExecutor(null, () -> {
            try (var peer = TlsPeer.connect(port, protocol)) {
                deed.on(peer);
                return true;
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"EPOLL, TLSv1.3", "NIO, TLSv1.3", "EPOLL, TLSv1.2", "NIO, TLSv1.2"})
    void close_afterAnEcho_bothSayFarewell(NettyTransport transport, String protocol) throws IOException {
        run(transport, () -> {
            var ended = new AtomicInteger();
            try (var server = serve(
                    connection -> {
                        assertThat(connection.tlsInfo().orElseThrow().protocol())
                                .isEqualTo(protocol);
                        echo(connection);
                        connection.writer().waitClosed();
                        ended.incrementAndGet();
                    },
                    options)) {
                peer(server, protocol, peer -> {
                            assertThat(peer.echoed(new byte[100_000])).hasSize(100_000);
                            peer.halfFarewell();
                            assertThat(peer.read()).isEqualTo(-1);
                        })
                        .await();
                Net.turnUntil(() -> ended.get() == 1);
                var greeted = serve(connection -> connection.write(bytes("x")), options); // closes first
                peer(greeted, protocol, peer -> {
                            assertThat(peer.read()).isEqualTo('x');
                            assertThat(peer.read()).isEqualTo(-1);
                            peer.farewell();
                        })
                        .await();
                greeted.close();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"EPOLL, TLSv1.3", "NIO, TLSv1.3", "EPOLL, TLSv1.2", "NIO, TLSv1.2"})
    void read_peerEndsItsStreamWithoutFarewell_isTheEndAfterAllItSent(NettyTransport transport, String protocol)
            throws IOException {
        run(transport, () -> {
            var got = Asyncio.getRunningLoop().<Integer>createFuture();
            try (var server = serve(
                    connection -> {
                        got.setResult(connection.reader().read(-1).length);
                        connection.writer().waitClosed();
                    },
                    options)) {
                peer(server, protocol, peer -> {
                            peer.write(new byte[200_000]);
                            peer.leave();
                            assertThat(peer.read()).isEqualTo(-1);
                        })
                        .await();
                assertThat(got.await()).isEqualTo(200_000);
            }
        });
    }

    @OverEpollAndNio
    void read_peerBreaksOff_failsWithAReset(NettyTransport transport) throws IOException {
        run(transport, () -> {
            var ended = Asyncio.getRunningLoop().<Throwable>createFuture();
            try (var server = serve(
                    connection -> {
                        try {
                            connection.write(connection.reader().readExactly(1));
                            connection.reader().readExactly(1);
                        } catch (IOException e) {
                            ended.setResult(e);
                        }
                    },
                    options)) {
                peer(server, "TLSv1.3", peer -> {
                            assertThat(peer.echoed(bytes("x"))).hasSize(1);
                            peer.reset();
                        })
                        .await();
                assertThat(ended.await()).isInstanceOf(ConnectionResetException.class);
            }
        });
    }

    /** Peers that keep the connection and never answer: close ends by the shutdown timeout, whatever is unsent (aiohttp 11091). */
    @ParameterizedTest
    @CsvSource({"EPOLL, 0", "NIO, 0", "EPOLL, 67108864", "NIO, 67108864"})
    void close_peerThatDoesNothing_endsAfterTheShutdownTimeout(NettyTransport transport, int unsent)
            throws IOException {
        run(transport, () -> {
            var loop = Asyncio.getRunningLoop();
            var ended = loop.<Throwable>createFuture();
            try (var server = serve(
                    connection -> {
                        connection.writer().write(new byte[unsent]);
                        connection.close(); // never throws
                        try {
                            connection.writer().waitClosed();
                        } catch (TimeoutException e) {
                            ended.setResult(e);
                        }
                    },
                    options.withShutdownTimeout(SHORT))) {
                var gate = new CountDownLatch(1);
                var peer = peer(server, "TLSv1.3", _ -> awaitGate(gate));
                try {
                    var begun = loop.time();
                    assertThat(ended.await()).hasMessageContaining("300 ms");
                    assertThat(loop.time().minus(begun)).isLessThan(Duration.ofSeconds(10));
                } finally {
                    gate.countDown();
                }
                peer.await();
            }
        });
    }

    private static void awaitGate(CountDownLatch gate) throws IOException {
        try {
            if (!gate.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @OverEpollAndNio
    void close_peerBreaksOffInsteadOfAFarewell_endsInPeace(NettyTransport transport) throws IOException {
        run(transport, () -> {
            var ended = Asyncio.getRunningLoop().<Boolean>createFuture();
            try (var server = serve(
                    connection -> {
                        connection.write(connection.reader().readExactly(1));
                        connection.close();
                        connection.writer().waitClosed();
                        ended.setResult(true);
                    },
                    options)) {
                peer(server, "TLSv1.3", peer -> {
                            assertThat(peer.echoed(bytes("x"))).hasSize(1);
                            assertThat(peer.read()).isEqualTo(-1);
                            peer.reset();
                        })
                        .await();
                assertThat(ended.await()).isTrue();
            }
        });
    }

    private enum Ending {
        END,
        RESET,
        SILENCE
    }

    @OverEpollAndNio
    void accept_partsOfAHandshake_leaveNothing(NettyTransport transport) throws IOException {
        var hello = TlsPeer.clientHello();
        var handled = new AtomicInteger();
        run(transport, () -> {
            var peers = new ArrayList<Peer>();
            try (var server = serve(_ -> handled.incrementAndGet(), options.withHandshakeTimeout(SHORT))) {
                for (var length : new int[] {0, 1, 5, 6, 60, hello.length - 1, hello.length}) {
                    for (var ending : Ending.values()) {
                        var peer = Peer.connectTo(server);
                        peers.add(peer);
                        peer.send(Arrays.copyOf(hello, length));
                        end(peer, ending);
                    }
                }
                Net.turnUntil(() -> driver.openChannels() == 1); // the listening one
                assertThat(peers).hasSize(21);
                peer(server, "TLSv1.3", TlsPeer::farewell).await(); // it still works
                Net.turnUntil(() -> handled.get() == 1);
            } finally {
                for (var peer : peers) {
                    peer.close();
                }
            }
        });
        System.out.println("R16, " + provider + ", " + transport + ": 21 parts of handshakes, 0 sockets left");
    }

    private static void end(Peer peer, Ending ending) throws IOException {
        switch (ending) {
            case END -> peer.endOutput();
            case RESET -> peer.reset();
            case SILENCE -> {}
        }
    }

    @OverEpollAndNio
    void openConnection_serverThatBreaksOff_failsWithAReset(NettyTransport transport) throws IOException {
        run(transport, () -> {
            try (var server = Streams.startServer(
                    (Connection connection) -> {
                        connection.reader().readExactly(20);
                        connection.writer().abort();
                    },
                    Net.LOOPBACK,
                    0)) {
                assertThatExceptionOfType(ConnectionResetException.class)
                        .isThrownBy(() -> Streams.openConnection(
                                Net.LOOPBACK,
                                Net.port(server),
                                ConnectOptions.DEFAULT.withTls(TlsContext.DEFAULT.withProvider(provider))))
                        .withMessageContaining("TLS handshake with 127.0.0.1:");
            }
        });
    }

    @Test
    void close_ofAServer_breaksOffHandshakesUnderWay() throws IOException {
        run(NettyTransport.EPOLL, () -> {
            var server = serve(_ -> {}, options);
            try (var peer = Peer.connectTo(server)) {
                Net.turnUntil(() -> driver.openChannels() == 2); // it is in the handshake, and says nothing
                server.close();
                assertThat(peer.drain()).isZero();
            }
        });
    }

    @Test
    void openConnection_cancelledDuringTheHandshake_leavesNothing() throws IOException {
        run(NettyTransport.NIO, () -> {
            var heard = Asyncio.getRunningLoop().<Integer>createFuture();
            try (var server = Streams.startServer(
                    (Connection connection) -> {
                        heard.setResult(connection.reader().readExactly(5).length);
                        connection.reader().read(-1);
                    },
                    Net.LOOPBACK,
                    0)) {
                var connecting = Asyncio.createTask(() -> Streams.openConnection(
                        Net.LOOPBACK,
                        Net.port(server),
                        ConnectOptions.DEFAULT.withTls(TlsContext.DEFAULT.withProvider(provider))));
                heard.await();
                connecting.cancel();
                assertThatThrownBy(connecting::await).isInstanceOf(CancelledError.class);
            }
        });
    }

    @Test
    void read_peerWantsNewKeysAgainAndAgain_goesOn() throws IOException {
        run(NettyTransport.EPOLL, () -> {
            try (var server = serve(TlsEndTest::echo, options)) {
                peer(server, "TLSv1.3", peer -> {
                            for (var round = 0; round < 20; round++) {
                                peer.handshakeAgain();
                                var sent = new byte[5000];
                                Arrays.fill(sent, (byte) round);
                                assertThat(peer.echoed(sent)).isEqualTo(sent);
                            }
                            peer.farewell();
                        })
                        .await();
            }
        });
    }

    /**
     * Each of its wishes asks for an answer, none of which it reads: the JDK's engine would make them all, BoringSSL's counts
     * the wishes.
     */
    @Test
    void read_peerWantsNewKeysForEverAndReadsNothing_isRefused() throws IOException {
        run(NettyTransport.EPOLL, () -> {
            var refused = Asyncio.getRunningLoop().<Throwable>createFuture();
            try (var server = serve(
                    connection -> {
                        try {
                            connection.reader().read(-1);
                        } catch (IOException e) {
                            refused.setResult(e);
                        }
                    },
                    options)) {
                var wishes = new AtomicInteger();
                var port = Net.port(server);
                var flooding = Asyncio.getRunningLoop().runInExecutor(null, () -> {
                    try (var peer = TlsPeer.connectNarrow(port)) {
                        while (wishes.incrementAndGet() < 2_000_000) {
                            peer.handshakeAgain();
                        }
                        return "never refused";
                    } catch (IOException e) {
                        return "broken off";
                    }
                });
                assertThat(refused.await())
                        .isInstanceOf(TlsException.class)
                        .hasMessageMatching(".*(asks for answers that it does not read|TOO_MANY_KEY_UPDATES).*");
                assertThat(flooding.await()).isEqualTo("broken off");
                System.out.println("flood of key updates, " + provider + ": refused after at most " + wishes);
            }
        });
    }

    @Test
    void read_peerWantsAnotherHandshake_isRefused() throws IOException {
        run(NettyTransport.EPOLL, () -> {
            var refused = Asyncio.getRunningLoop().<Throwable>createFuture();
            try (var server = serve(
                    connection -> {
                        try {
                            echo(connection);
                        } catch (IOException e) {
                            refused.setResult(e);
                        }
                    },
                    options)) {
                peer(server, "TLSv1.2", peer -> {
                            assertThat(peer.echoed(bytes("x"))).hasSize(1);
                            assertThatThrownBy(() -> {
                                        peer.handshakeAgain();
                                        peer.read();
                                    })
                                    .isInstanceOf(IOException.class);
                        })
                        .await();
                assertThat(refused.await())
                        .isInstanceOf(TlsException.class)
                        .hasMessageMatching(".*(another handshake, which is refused|NO_RENEGOTIATION).*");
            }
        });
    }

    @Test
    void read_recordThatWasTamperedWith_failsWithoutGivingItAway() throws IOException {
        run(NettyTransport.EPOLL, () -> {
            var ended = Asyncio.getRunningLoop().<Throwable>createFuture();
            try (var server = serve(
                    connection -> {
                        connection.write(connection.reader().readExactly(1));
                        try {
                            connection.reader().readExactly(1);
                        } catch (IOException e) {
                            ended.setResult(e);
                        }
                    },
                    options)) {
                peer(server, "TLSv1.3", peer -> {
                            assertThat(peer.echoed(bytes("x"))).hasSize(1);
                            peer.writeRaw(new byte[] {
                                23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
                            });
                            assertThatThrownBy(peer::read).isInstanceOf(IOException.class); // an alert
                        })
                        .await();
                assertThat(ended.await()).isInstanceOf(TlsException.class);
            }
        });
    }
}
