package dev.asyncio4j.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            "SubprocessPipeline",
            "TlsEcho",
            "tutorial/Hello",
            "tutorial/SideBySide",
            "tutorial/Limits",
            "tutorial/Together",
            "tutorial/Workers");

    private static final List<String> SERVERS = List.of("EchoServer", "tutorial/Chat");

    /** Examples with a test class of their own. */
    private static final List<String> OTHERS =
            List.of("ChatServer", "FetchPages", "ServiceMonitor", "TcpProxy", "TimeServer");

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
                    .containsAll(OTHERS)
                    .allMatch(name -> Files.exists(ExampleProcess.EXAMPLES.resolve(name + ".expected.txt")))
                    .hasSize(PROGRAMS.size() + SERVERS.size() + OTHERS.size());
        }
    }

    private static boolean isProgram(Path file) {
        return file.toString().endsWith(".java") && !file.startsWith(ExampleProcess.EXAMPLES.resolve("http"));
    }

    @Test
    void echoServer_severalClients_sendsEachItsOwnBackUntilInterrupted(@TempDir Path cache) throws Exception {
        try (var server = ExampleProcess.launch("EchoServer", cache, "127.0.0.1", "0")) {
            var port = port(server, "EchoServer");
            try (var ada = new LineClient(port);
                    var grace = new LineClient(port)) {
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
    void chat_severalClients_sendsEachLineToAll() throws Exception {
        try (var server = ExampleProcess.start("Chat", "0")) {
            var port = port(server, "tutorial/Chat");
            try (var ada = new LineClient(port);
                    var grace = new LineClient(port)) {
                ada.send("Is anybody here?");
                assertThat(ada.read()).isEqualTo("Is anybody here?");
                grace.send("I am.");
                assertThat(ada.read()).isEqualTo("I am.");
                assertThat(grace.readUntil("I am.")).contains("I am.");
            }
        }
    }

    /** Reads where a server listens. */
    static int port(ExampleProcess server, String example) throws IOException {
        var line = server.readLine();
        assertThat(line + "\n").matches(Expected.outputOf(example));
        return Integer.parseInt(line.replaceAll(".*\\D", ""));
    }
}
