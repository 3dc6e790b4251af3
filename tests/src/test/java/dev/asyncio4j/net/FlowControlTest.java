package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/** Memory stays bounded when one side is slower than the other, in both directions. */
@Timeout(60)
class FlowControlTest {
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS = 512; // 32 MiB: far more than the system keeps for a connection

    @OverEpollAndNio
    void writers_toPeersThatDoNotRead_areSuspended_andOthersAreServed(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var writers = new ArrayList<FloodingWriter>();
            try (var flood = Streams.startServer(
                            connection -> {
                                var writer = new FloodingWriter(connection);
                                writers.add(writer);
                                writer.run();
                            },
                            Net.LOOPBACK,
                            0);
                    var echo = Streams.startServer(c -> c.write(c.reader().readLine()), Net.LOOPBACK, 0)) {
                var deaf = new ArrayList<Peer>();
                for (var i = 0; i < 20; i++) {
                    deaf.add(Peer.connectTo(flood));
                }
                for (var i = 0; i < 20; i++) {
                    try (var connection = Net.connect(echo)) {
                        connection.write(bytes("hello\n"));
                        assertThat(text(connection.reader().read())).isEqualTo("hello\n");
                    }
                }
                var draining = new ArrayList<Task<Long>>();
                for (var peer : deaf) {
                    draining.add(Asyncio.createTask(peer::drain));
                }
                for (var drained : draining) {
                    assertThat(drained.await()).isEqualTo((long) CHUNK * CHUNKS);
                }
            }
            assertThat(writers)
                    .hasSize(20)
                    .allSatisfy(writer -> assertThat(writer.mostUnsent).isLessThanOrEqualTo(2L * CHUNK));
        });
    }

    /** Writes as much as flow control lets it, and notes how much was unsent at most. */
    private static final class FloodingWriter {
        private final Connection connection;
        private long mostUnsent;

        FloodingWriter(Connection connection) {
            this.connection = connection;
        }

        void run() throws IOException {
            var chunk = new byte[CHUNK];
            for (var i = 0; i < CHUNKS; i++) {
                connection.writer().write(chunk);
                mostUnsent = Math.max(mostUnsent, connection.writer().getWriteBufferSize());
                connection.writer().drain();
            }
        }
    }

    @OverEpollAndNio
    void reader_thatIsNotRead_stopsTheTransport(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            Future<Connection> accepted = Asyncio.getRunningLoop().createFuture();
            var options = ServerOptions.DEFAULT.withLimit(10_000);
            try (var server = Streams.startServer(
                            connection -> {
                                accepted.setResult(connection);
                                Net.awaitEnd(connection);
                            },
                            Net.LOOPBACK,
                            0,
                            options);
                    var flooding = Net.connect(server)) {
                var reader = accepted.await().reader();
                flooding.writer().write(new byte[CHUNK * CHUNKS]);
                Net.turnUntil(() -> reader.buffered() > 20_000);
                var most = new ArrayList<>(List.of(0));
                for (var i = 0; i < 100; i++) {
                    Net.turn();
                    most.set(0, Math.max(most.getFirst(), reader.buffered()));
                }
                assertThat(most.getFirst()).isLessThanOrEqualTo(20_000 + 128 * 1024);
                var count = Asyncio.createTask(() -> readAll(reader));
                flooding.writer().writeEof();
                assertThat(count.await()).isEqualTo((long) CHUNK * CHUNKS);
                server.closeClients();
            }
        });
    }

    private static long readAll(StreamReader reader) throws IOException {
        var total = 0L;
        for (var got = reader.read(7777); got.length > 0; got = reader.read(7777)) {
            total += got.length;
        }
        return total;
    }

    @OverEpollAndNio
    @SuppressWarnings("try") // closing early is the subject
    void pausedReader_peerClosesMeanwhile_everythingIsStillRead(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            Future<Connection> accepted = Asyncio.getRunningLoop().createFuture();
            try (var server = Streams.startServer(
                            connection -> {
                                accepted.setResult(connection);
                                Net.awaitEnd(connection);
                            },
                            Net.LOOPBACK,
                            0,
                            ServerOptions.DEFAULT.withLimit(1000));
                    var peer = Peer.connectTo(server)) {
                var reader = accepted.await().reader();
                peer.send("x".repeat(100_000));
                peer.close();
                Net.turnUntil(() -> reader.buffered() > 2000);
                assertThat(readAll(reader)).isEqualTo(100_000);
                server.closeClients();
            }
        });
    }
}
