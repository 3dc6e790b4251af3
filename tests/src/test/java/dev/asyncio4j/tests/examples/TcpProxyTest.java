package dev.asyncio4j.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example TcpProxy, between plain sockets. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpProxyTest {

    @Test
    void noArguments_fromItsSource_showsItselfAndEnds(@TempDir Path cache) throws Exception {
        try (var program = ExampleProcess.launch("TcpProxy", cache)) {
            var outcome = program.join();
            assertThat(outcome.out()).as(outcome.err()).matches(Expected.outputOf("TcpProxy"));
            assertThat(outcome.exitCode()).isZero();
        }
    }

    @Test
    void halfClose_isPassedOn_andTheAnswerStillComes() throws Exception {
        try (var target = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
                var proxy = ExampleProcess.start("TcpProxy", "0", "127.0.0.1:" + target.getLocalPort())) {
            var request = CompletableFuture.supplyAsync(() -> answerAtTheEnd(target, "thank you\n"));
            try (var client = new LineClient(port(proxy, "127.0.0.1:" + target.getLocalPort()))) {
                client.send("one");
                client.send("two");
                client.sendEnd();
                assertThat(client.read()).isEqualTo("thank you");
                assertThat(client.read()).isNull();
            }
            assertThat(request.join()).isEqualTo("one\ntwo\n");
            assertThat(proxy.readLine()).matches("/127\\.0\\.0\\.1:\\d+: 8 bytes there, 10 bytes back, \\d+ms");
        }
    }

    /** Serves one connection: reads until its end, and only then answers. Returns what was read. */
    private static String answerAtTheEnd(ServerSocket listening, String answer) {
        try (var accepted = listening.accept()) {
            var request = accepted.getInputStream().readAllBytes();
            accepted.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            return new String(request, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void targetThatRefuses_isOneLine_andTheProxyGoesOn() throws Exception {
        try (var target = new RefusingPort();
                var proxy = ExampleProcess.start("TcpProxy", "0", target.address())) {
            var port = port(proxy, target.address());
            for (var i = 0; i < 2; i++) {
                try (var client = new LineClient(port)) {
                    assertThat(proxy.readLine())
                            .matches("/127\\.0\\.0\\.1:\\d+: 0 bytes there, 0 bytes back, \\d+ms: cannot connect to "
                                    + target.address() + ": connection refused");
                    assertThat(client.isAtEnd()).isTrue();
                }
            }
        }
    }

    @Test
    void interrupted_endsWithOpenConnections(@TempDir Path cache) throws Exception {
        try (var target = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
                var proxy = ExampleProcess.launch("TcpProxy", cache, "0", "127.0.0.1:" + target.getLocalPort());
                var client = new LineClient(port(proxy, "127.0.0.1:" + target.getLocalPort()));
                var accepted = target.accept()) {
            proxy.interrupt();
            var outcome = proxy.join();
            assertThat(outcome.exitCode()).isEqualTo(130);
            assertThat(outcome.err()).doesNotContain("\tat ");
            assertThat(client.isAtEnd()).isTrue();
            assertThat(accepted.isConnected()).isTrue();
        }
    }

    @Test
    void portInUse_isSaidInOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var port = Integer.toString(taken.getLocalPort());
            var outcome = ExampleProcess.run("TcpProxy", port, "127.0.0.1:1");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("TcpProxy: cannot listen on 127.0.0.1:" + port + ": address already in use\n")
                    .doesNotContain("\tat ");
        }
    }

    @Tag("native") // no loop is started
    @Test
    void help_printsTheUsage() throws Exception {
        var outcome = ExampleProcess.run("TcpProxy", "--help");
        assertThat(outcome.out()).startsWith("usage: TcpProxy [LISTEN_PORT TARGET_HOST:PORT]\n");
        assertThat(outcome.exitCode()).isZero();
    }

    @Tag("native") // no loop is started
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            80              | a port to listen on and a target are needed
            http x:1        | a port is a number up to 65535, not http
            0 example.org   | a target is a HOST:PORT, not example.org
            0 example.org:x | a target is a HOST:PORT, not example.org:x
            """)
    void wrongArguments_areExplainedInOneLine(String arguments, String complaint) throws Exception {
        var outcome = ExampleProcess.run("TcpProxy", arguments.split(" ", -1));
        assertThat(outcome)
                .isEqualTo(new ExampleProcess.Outcome(2, "", "TcpProxy: " + complaint + " (--help tells more)\n"));
    }

    /** Reads where the proxy listens. */
    private static int port(ExampleProcess proxy, String target) throws IOException {
        var line = proxy.readLine();
        assertThat(line).startsWith("listening on /127.0.0.1:").endsWith(", passing on to " + target);
        return Integer.parseInt(line.replaceAll(".*:(\\d+), .*", "$1"));
    }
}
