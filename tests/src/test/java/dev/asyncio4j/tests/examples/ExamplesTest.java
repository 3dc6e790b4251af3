package dev.asyncio4j.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each example prints what the file beside it says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExamplesTest {

    private static final List<String> PROGRAMS = List.of(
            "HelloAsyncio",
            "tutorial/Hello",
            "tutorial/SideBySide",
            "tutorial/Limits",
            "tutorial/Together",
            "tutorial/Workers");

    private static final List<String> SERVERS = List.of("EchoServer", "tutorial/ChatServer");

    @ParameterizedTest
    @FieldSource("PROGRAMS")
    void program_run_printsWhatIsExpected(String example) throws Exception {
        var outcome = ExampleProcess.run(Expected.className(example));
        assertThat(outcome.out()).as(outcome.err()).matches(Expected.outputOf(example));
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void everyExample_isRunHere_andHasItsExpectedOutputBesideIt() throws Exception {
        try (var files = Files.walk(ExampleProcess.EXAMPLES, 2)) {
            var examples = files.filter(ExamplesTest::isProgram)
                    .map(file ->
                            ExampleProcess.EXAMPLES.relativize(file).toString().replace(".java", ""))
                    .toList();
            assertThat(examples)
                    .containsAll(PROGRAMS)
                    .containsAll(SERVERS)
                    .allMatch(name -> Files.exists(ExampleProcess.EXAMPLES.resolve(name + ".expected.txt")))
                    .hasSize(PROGRAMS.size() + SERVERS.size() + 1); // FetchPages has a test of its own
        }
    }

    private static boolean isProgram(Path file) {
        return file.toString().endsWith(".java") && !file.startsWith(ExampleProcess.EXAMPLES.resolve("http"));
    }

    @Test
    void echoServer_severalClients_sendsEachItsOwnBackUntilInterrupted(@TempDir Path cache) throws Exception {
        try (var server = ExampleProcess.launch("EchoServer", cache, "127.0.0.1", "0")) {
            var port = port(server, "EchoServer");
            try (var ada = new Client(port);
                    var grace = new Client(port)) {
                ada.send("I am Ada");
                grace.send("I am Grace");
                assertThat(grace.read()).isEqualTo("I am Grace");
                assertThat(ada.read()).isEqualTo("I am Ada");
            }
            server.interrupt();
            assertThat(server.join().exitCode()).isEqualTo(130);
        }
    }

    @Test
    void echoServer_portInUse_saysSoInOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var outcome = ExampleProcess.run("EchoServer", "127.0.0.1", port);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("EchoServer: cannot listen on 127.0.0.1:" + port + ": address already in use\n")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void chatServer_severalClients_sendsEachLineToAll() throws Exception {
        try (var server = ExampleProcess.start("ChatServer", "0")) {
            var port = port(server, "tutorial/ChatServer");
            try (var ada = new Client(port);
                    var grace = new Client(port)) {
                ada.send("Is anybody here?");
                assertThat(ada.read()).isEqualTo("Is anybody here?");
                grace.send("I am.");
                assertThat(ada.read()).isEqualTo("I am.");
                assertThat(grace.readUntil("I am.")).contains("I am.");
            }
        }
    }

    private static int port(ExampleProcess server, String example) throws IOException {
        var line = server.readLine();
        assertThat(line + "\n").matches(Expected.outputOf(example));
        return Integer.parseInt(line.replaceAll(".*\\D", ""));
    }

    /** A connection to a server, used by lines. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader reader;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        String read() throws IOException {
            return reader.readLine();
        }

        /** Reads on until a line comes; returns it. */
        String readUntil(String wanted) throws IOException {
            var line = read();
            while (!line.equals(wanted)) {
                line = read();
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
