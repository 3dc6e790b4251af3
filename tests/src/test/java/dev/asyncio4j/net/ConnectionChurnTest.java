package dev.asyncio4j.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Connections that come and go, a million of them with {@code -Dchurn.connections=1000000}: what the process holds afterwards
 * is what it held before.
 */
@Tag("deep") // minutes
@Timeout(1200)
class ConnectionChurnTest {
    private static final int CONNECTIONS = Integer.getInteger("churn.connections", 100_000);
    private static final int TLS_COSTS = 50; // times a plain connection
    private static final int WARM_UP = 80_000;
    private static final int CLIENTS = 2;
    private static final double KIB = 1024;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"epoll, ", "nio, ", "epoll, JDK", "epoll, BORINGSSL"})
    void connections_comingAndGoing_leaveNoMemory(String transport, @Nullable TlsProvider tls) throws Exception {
        assumeThat(System.getProperty("os.name").toLowerCase(Locale.ROOT)).contains("linux");
        assumeThat(tls == null || Pki.providers().anyMatch(tls::equals)).isTrue();
        var process = start(transport, tls);
        try (var output = process.inputReader()) {
            var ports = output.readLine().split(" ", -1);
            var port = Integer.parseInt(ports[0]);
            var many = tls == null ? CONNECTIONS : CONNECTIONS / TLS_COSTS;
            try (var control = new Control(Integer.parseInt(ports[1]))) {
                comeAndGo(port, tls, tls == null ? WARM_UP : WARM_UP / TLS_COSTS);
                var before = control.settled(0);
                var begun = System.nanoTime();
                comeAndGo(port, tls, many);
                var seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / 1000.0;
                var after = control.settled(before.served + many);
                System.out.printf(
                        Locale.ROOT,
                        "R9, %s, %s: %,d connections in %.0f s: resident %,.0f KiB, then %,.0f KiB (%+.2f %%);"
                                + " heap %+.1f KiB; descriptors %+d; tasks %+d%n",
                        transport,
                        tls == null ? "plain" : tls,
                        many,
                        seconds,
                        before.resident / KIB,
                        after.resident / KIB,
                        100.0 * (after.resident - before.resident) / before.resident,
                        (after.heap - before.heap) / KIB,
                        after.descriptors - before.descriptors,
                        after.tasks - before.tasks);
                assertThat(after.descriptors).isEqualTo(before.descriptors);
                assertThat(after.tasks).isEqualTo(before.tasks);
                assertThat(after.heap).as("bytes of heap").isLessThan(before.heap + 256 * 1024);
                assertThat(after.resident).as("resident bytes").isLessThan(before.resident + before.resident / 50);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The heap is resident from the start, and code is compiled once: only what must not grow can. */
    private Process start(String transport, @Nullable TlsProvider tls) throws IOException {
        var builder = ProgramProcess.of(
                        ChurnProgram.class,
                        "-Xms96m",
                        "-Xmx96m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dasyncio4j.transport=" + transport)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        if (tls != null) {
            var pki = new Pki(folder);
            var bundle = pki.sign(Pki.server(Net.LOOPBACK));
            builder.command()
                    .addAll(List.of(
                            pki.chain(bundle).toString(), pki.key(bundle).toString(), tls.name()));
        }
        return builder.start();
    }

    private static void comeAndGo(int port, @Nullable TlsProvider tls, int many) throws Exception {
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var all = new ArrayList<Future<?>>();
            for (var client = 0; client < CLIENTS; client++) {
                all.add(threads.submit(() -> {
                    for (var i = 0; i < many / CLIENTS; i++) {
                        if (tls == null) {
                            comeAndGo(port);
                        } else {
                            comeAndGoEncrypted(port);
                        }
                    }
                    return null;
                }));
            }
            for (var each : all) {
                each.get();
            }
        }
    }

    private static void comeAndGo(int port) throws IOException {
        try (var socket = new Socket(Net.LOOPBACK, port)) {
            if (socket.getInputStream().read() != 1 || socket.getInputStream().read() != -1) {
                throw new IOException("it was not served");
            }
        }
    }

    private static void comeAndGoEncrypted(int port) throws IOException {
        try (var peer = TlsPeer.connect(port, "TLSv1.3")) {
            if (peer.read() != 1 || peer.read() != -1) {
                throw new IOException("it was not served");
            }
            peer.farewell();
        }
    }

    private record Figures(long served, long heap, long resident, long descriptors, long tasks) {}

    private static final class Control implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader answers;

        Control(int port) throws IOException {
            socket = new Socket(Net.LOOPBACK, port);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        private Figures ask() throws IOException {
            socket.getOutputStream().write('\n');
            var words = Arrays.stream(answers.readLine().split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Figures(words[0], words[1], words[2], words[3], words[4]);
        }

        /** The least of several looks, once that many were served: what went last is closed a little later. */
        Figures settled(long served) throws IOException {
            var least = ask();
            for (var look = 0; look < 10 || least.served < served; look++) {
                var next = ask();
                least = new Figures(
                        next.served,
                        Math.min(least.heap, next.heap),
                        next.resident,
                        Math.min(least.descriptors, next.descriptors),
                        Math.min(least.tasks, next.tasks));
            }
            return least;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
