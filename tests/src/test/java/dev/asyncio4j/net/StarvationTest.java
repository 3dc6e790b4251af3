package dev.asyncio4j.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process runs out of descriptors (CN-8). Seen with Netty 4.2.18: an accept error that was swallowed came back a million times a
 * second, and one that was passed on killed the loop's thread when its log line could not open the time-zone database.
 */
@Tag("deep") // takes real time, and a process
@Timeout(60)
class StarvationTest {
    private static final int DESCRIPTORS = 120;
    private static final int CLIENTS = 1000;
    private static final int STARVED_MILLIS = 2500;

    @ParameterizedTest
    @CsvSource({"epoll, 2, 1200", "nio, 2, 1200", "io_uring, 5, 15000"}) // rings hear late that a descriptor is free
    void accept_withoutDescriptors_pausesAndRecovers(String transport, int percent, int millis) throws Exception {
        assumeThat(System.getProperty("os.name").toLowerCase(Locale.ROOT)).contains("linux");
        var process = start(transport);
        try (var output = process.inputReader()) {
            var port = Integer.parseInt(output.readLine());
            try (var early = new Client(port)) {
                early.ask();
                var others = connect(port, CLIENTS);
                early.ask();
                var before = early.ask();
                Thread.sleep(STARVED_MILLIS);
                var after = early.ask();
                var used = after.cpuMillis - before.cpuMillis;
                assertThat(after.reports).as("reported once").isEqualTo(1);
                System.out.println(
                        "starved on " + transport + ": " + used + " ms of processor in " + STARVED_MILLIS + " ms");
                assertThat(used)
                        .as("milliseconds of processor while starved for " + STARVED_MILLIS)
                        .isLessThanOrEqualTo(percent * STARVED_MILLIS / 100 + 1);
                for (var other : others) {
                    other.close();
                }
                var begun = System.nanoTime();
                try (var late = new Client(port)) {
                    late.ask();
                }
                var again = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                System.out.println("accepts again after " + again + " ms");
                assertThat(again).isLessThan(millis);
            }
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start(String transport) throws IOException {
        var builder = ProgramProcess.of(StarvedProgram.class, "-Xmx64m", "-Dasyncio4j.transport=" + transport)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.command().addAll(0, List.of("bash", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$@\"", "bash"));
        return builder.start();
    }

    private static List<Client> connect(int port, int count) throws IOException {
        var clients = new ArrayList<Client>();
        for (var i = 0; i < count; i++) {
            clients.add(new Client(port));
        }
        return clients;
    }

    private record Figures(int reports, long cpuMillis) {}

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader answers;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        Figures ask() throws IOException {
            socket.getOutputStream().write("figures\n".getBytes(StandardCharsets.UTF_8));
            var words = answers.readLine().split(" ", -1);
            return new Figures(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
