package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.LOOPBACK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.sync.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connections cost that do nothing, and peers that do not read what is written to them. */
@Tag("deep") // thousands of sockets
@Timeout(120)
class IdleConnectionsTest {

    /** Ends in this process: it may have 20,000 descriptors where this was written. */
    private static final int IDLE = 15_000;

    private static final int DEAF = 1_000;
    private static final int CHUNK = 64 * 1024;
    private static final int KIB = 1024;

    /** Heap that is in use, with the garbage out of the way. */
    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<SocketChannel> connect(Server server, int count) throws IOException {
        var peers = new ArrayList<SocketChannel>(count);
        for (int i = 0; i < count; i++) {
            peers.add(SocketChannel.open(new InetSocketAddress(LOOPBACK, Net.port(server))));
            if (i % 50 == 0) {
                Net.turn(); // let it accept: the queue is short
            }
        }
        return peers;
    }

    private static void close(List<SocketChannel> peers) throws IOException {
        for (SocketChannel peer : peers) {
            peer.close();
        }
    }

    /** Each has a task that waits for a line. The server is a process of its own: the other ends cost memory too. */
    @Test
    @Tag("native") // what is measured is the memory of our runtime
    void idleConnections_costLittleHeap() throws Exception {
        Process process = start();
        try (var output = process.inputReader()) {
            int port = Integer.parseInt(output.readLine());
            try (var control = new Socket(LOOPBACK, port)) {
                close(connect(port, IDLE)); // the frames of compiled code are smaller
                heap(control, 1);
                close(connect(port, IDLE));
                long before = heap(control, 1);
                List<SocketChannel> idle = connect(port, IDLE);
                long each = (heap(control, IDLE + 1) - before) / IDLE;
                System.out.printf("%,d idle connections: %.1f KiB of heap each%n", IDLE, each / (double) KIB);
                assertThat(each).isLessThanOrEqualTo(4 * KIB);
                close(idle);
                long kept = heap(control, 1) - before;
                System.out.printf("when they are gone: %,d KiB more than before%n", kept / KIB);
                assertThat(kept).isLessThan(IDLE * 100L);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start() throws IOException {
        return ProgramProcess.of(IdleProgram.class, "-Xmx512m")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<SocketChannel> connect(int port, int count) throws IOException {
        var peers = new ArrayList<SocketChannel>(count);
        for (int i = 0; i < count; i++) {
            peers.add(SocketChannel.open(new InetSocketAddress(LOOPBACK, port)));
        }
        return peers;
    }

    /** The heap once the server has that many clients; the least of several looks, since some garbage goes late. */
    private static long heap(Socket control, int clients) throws IOException {
        var answers = new BufferedReader(new InputStreamReader(control.getInputStream(), UTF_8));
        long least = Long.MAX_VALUE;
        for (int looks = 0; looks < 5; ) {
            control.getOutputStream().write("figures\n".getBytes(UTF_8));
            var words = answers.readLine().split(" ", -1);
            if (Integer.parseInt(words[1]) == clients) {
                least = Math.min(least, Long.parseLong(words[2]));
                looks++;
            }
        }
        return least;
    }

    /** Writers to peers that do not read are suspended, and hold no more than the high-water mark and a chunk. */
    @Test
    void peersThatNeverRead_holdTheirWritersBack() throws IOException {
        Asyncio.run(() -> {
            var stuck = new int[1];
            var over = new Event();
            try (var server = Streams.startServer(
                    connection -> {
                        var chunk = new byte[CHUNK];
                        stuck[0]++;
                        try {
                            for (long left = 10_000_000_000L; left > 0 && !over.isSet(); left -= CHUNK) {
                                connection.write(chunk);
                            }
                        } catch (ConnectionResetException e) {
                            stuck[0]--;
                        }
                    },
                    LOOPBACK,
                    0,
                    ServerOptions.DEFAULT.withBacklog(1000))) {
                long before = usedHeap();
                List<SocketChannel> peers = connect(server, DEAF);
                Net.turnUntil(() -> stuck[0] == DEAF);
                for (int i = 0; i < 100; i++) {
                    Net.turn();
                }
                long each = (usedHeap() - before) / DEAF;
                System.out.printf("%,d peers that never read: %.1f KiB of heap each%n", DEAF, each / (double) KIB);
                assertThat(each).isLessThanOrEqualTo((64 + 64 + 64) * KIB);
                over.set();
                close(peers);
                Net.turnUntil(() -> stuck[0] == 0);
            }
        });
    }
}
