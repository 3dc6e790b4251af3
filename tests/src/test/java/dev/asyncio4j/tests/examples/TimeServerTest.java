package dev.asyncio4j.tests.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example TimeServer, against itself and against plain sockets. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimeServerTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    @Test
    void noArguments_fromItsSource_showsItselfAndEnds(@TempDir Path cache) throws Exception {
        try (var program = ExampleProcess.launch("TimeServer", cache)) {
            var outcome = program.join();
            assertThat(outcome.out()).as(outcome.err()).matches(Expected.outputOf("TimeServer"));
            assertThat(outcome.exitCode()).isZero();
        }
    }

    @Test
    void serve_answersItsClient_andAPlainSocket_untilInterrupted(@TempDir Path cache) throws Exception {
        try (var server = ExampleProcess.launch("TimeServer", cache, "serve", "0");
                var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            var port = Integer.parseInt(server.readLine().replaceAll(".*\\D", ""));
            var outcome = ExampleProcess.run("TimeServer", "ask", "127.0.0.1", Integer.toString(port));
            assertThat(outcome.out()).as(outcome.err()).matches(TIME + "\n");
            assertThat(outcome.exitCode()).isZero();

            var question = "seven".getBytes(UTF_8);
            socket.send(new DatagramPacket(question, question.length, LOOPBACK, port));
            assertThat(receive(socket)).matches("seven " + TIME);

            server.interrupt();
            assertThat(server.join().exitCode()).isEqualTo(130);
        }
    }

    @Test
    void ask_answerToAnEarlierQuestion_isNotTaken() throws Exception {
        try (var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            var answering = CompletableFuture.runAsync(() -> answerTheSecond(socket));
            var outcome = ExampleProcess.run("TimeServer", "ask", "127.0.0.1", Integer.toString(socket.getLocalPort()));
            answering.join();
            assertThat(outcome.out()).isEqualTo("no answer to question 1\nright\n");
        }
    }

    /** Lets the first question pass, and answers both when the second comes. */
    private static void answerTheSecond(DatagramSocket socket) {
        try {
            receive(socket);
            var packet = new DatagramPacket(new byte[100], 100);
            socket.receive(packet);
            for (var answer : new String[] {"1 late", "2 right"}) {
                packet.setData(answer.getBytes(UTF_8));
                socket.send(packet);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    @Test
    void ask_whereNobodyListens_isOneLine() throws Exception {
        int port;
        try (var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            port = socket.getLocalPort();
        }
        var outcome = ExampleProcess.run("TimeServer", "ask", "127.0.0.1", Integer.toString(port));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("TimeServer: nobody listens on /127.0.0.1:" + port + "\n")
                .doesNotContain("\tat ");
    }

    @Test
    void serve_portInUse_isSaidInOneLine() throws Exception {
        try (var taken = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            var port = Integer.toString(taken.getLocalPort());
            var outcome = ExampleProcess.run("TimeServer", "serve", port);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("TimeServer: cannot listen on 127.0.0.1:" + port + ": address already in use\n")
                    .doesNotContain("\tat ");
        }
    }

    @Tag("native") // no loop is started
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            serve           | either "serve PORT" or "ask HOST PORT" is needed
            serve http      | a port is a number up to 65535, not http
            ask x 65536     | a port is a number up to 65535, not 65536
            """)
    void wrongArguments_areExplainedInOneLine(String arguments, String complaint) throws Exception {
        var outcome = ExampleProcess.run("TimeServer", arguments.split(" ", -1));
        assertThat(outcome)
                .isEqualTo(new ExampleProcess.Outcome(2, "", "TimeServer: " + complaint + " (--help tells more)\n"));
    }
}
