package dev.asyncio4j.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example ChatServer, with people on plain sockets. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatServerTest {

    private static final String HELLO = "* Welcome. What is your name?";
    private static final String TOO_FAR_BEHIND = "* You have fallen too far behind. Goodbye.";

    @Test
    void members_hearOneAnother_comeAndGo(@TempDir Path cache) throws Exception {
        try (var server = ExampleProcess.launch("ChatServer", cache, "127.0.0.1", "0")) {
            var port = ExamplesTest.port(server, "ChatServer");
            try (var ada = new LineClient(port);
                    var grace = new LineClient(port)) {
                enter(ada, "Ada");
                assertThat(ada.read()).isEqualTo("* Hello, Ada. Here are: Ada. Leave with /quit.");
                enter(grace, "Grace");
                assertThat(grace.read()).isEqualTo("* Hello, Grace. Here are: Ada, Grace. Leave with /quit.");
                assertThat(ada.read()).isEqualTo("* Grace has come");

                ada.send("Is anybody here?\r");
                assertThat(ada.read()).isEqualTo("Ada: Is anybody here?");
                assertThat(grace.read()).isEqualTo("Ada: Is anybody here?");
                grace.send("/who");
                assertThat(grace.read()).isEqualTo("* Here are: Ada, Grace");
                grace.send("\u001b[2Jyes");
                assertThat(ada.read()).isEqualTo("Grace: [2Jyes");

                grace.send("/quit");
                assertThat(grace.readUntil("* Goodbye.")).isNotNull();
                assertThat(grace.read()).isNull();
                assertThat(ada.read()).isEqualTo("* Grace has left");
            }
        }
    }

    @Test
    void names_emptyTakenOrTooLong_areRefused() throws Exception {
        try (var server = start()) {
            var port = ExamplesTest.port(server, "ChatServer");
            try (var ada = new LineClient(port);
                    var other = new LineClient(port)) {
                enter(ada, "Ada");
                assertThat(ada.read()).startsWith("* Hello, Ada.");
                enter(other, " ");
                assertThat(other.read()).isEqualTo("* A name has between 1 and 20 characters. What is yours?");
                other.send("x".repeat(21));
                assertThat(other.read()).isEqualTo("* A name has between 1 and 20 characters. What is yours?");
                other.send("ADA");
                assertThat(other.read()).isEqualTo("* The name ADA is taken. What is yours?");
                other.send("Grace");
                assertThat(other.read()).startsWith("* Hello, Grace.");
            }
        }
    }

    @Test
    void slowReader_isDismissed_andDoesNotStopTheOthers() throws Exception {
        try (var server = start()) {
            var port = ExamplesTest.port(server, "ChatServer");
            try (var slow = new LineClient(port);
                    var ada = new LineClient(port)) {
                enter(slow, "Slow");
                assertThat(slow.read()).startsWith("* Hello, Slow.");
                enter(ada, "Ada");
                assertThat(ada.read()).startsWith("* Hello, Ada.");

                var text = "x".repeat(4000);
                var heard = "Ada: " + text;
                while (heard.equals("Ada: " + text)) {
                    ada.send(text);
                    heard = ada.read(); // what she says comes back to her, however slow others are
                }
                assertThat(heard).isEqualTo("* Slow has fallen too far behind");
                assertThat(slow.readUntil(TOO_FAR_BEHIND)).isNotNull();
                assertThat(slow.read()).isNull();

                ada.readUntil("Ada: " + text);
                ada.send("/who");
                assertThat(ada.read()).isEqualTo("* Here are: Ada");
            }
        }
    }

    @Test
    void interrupted_saysGoodbyeToEverybody(@TempDir Path cache) throws Exception {
        try (var server = ExampleProcess.launch("ChatServer", cache, "127.0.0.1", "0")) {
            var port = ExamplesTest.port(server, "ChatServer");
            try (var ada = new LineClient(port);
                    var nameless = new LineClient(port)) {
                enter(ada, "Ada");
                assertThat(ada.read()).startsWith("* Hello, Ada.");
                assertThat(nameless.read()).isEqualTo(HELLO);
                server.interrupt();
                for (var guest : new LineClient[] {ada, nameless}) {
                    assertThat(guest.read()).isEqualTo("* The server is going down. Goodbye.");
                    assertThat(guest.read()).isNull();
                }
                var outcome = server.join();
                assertThat(outcome.exitCode()).isEqualTo(130);
                assertThat(outcome.err()).doesNotContain("\tat ");
            }
        }
    }

    @Test
    void portInUse_isSaidInOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var outcome = ExampleProcess.run("ChatServer", "127.0.0.1", port);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("ChatServer: cannot listen on 127.0.0.1:" + port + ": address already in use\n")
                    .doesNotContain("\tat ");
        }
    }

    @Tag("native") // no loop is started
    @Test
    void help_printsTheUsage() throws Exception {
        var outcome = ExampleProcess.run("ChatServer", "--help");
        assertThat(outcome.out()).startsWith("usage: ChatServer [HOST [PORT]]\n");
        assertThat(outcome.exitCode()).isZero();
    }

    @Tag("native") // no loop is started
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1 chat    | a port is a number up to 65535, not chat
            127.0.0.1 1 2     | there are too many arguments
            --fast            | there is no option --fast
            """)
    void wrongArguments_areExplainedInOneLine(String arguments, String complaint) throws Exception {
        var outcome = ExampleProcess.run("ChatServer", arguments.split(" ", -1));
        assertThat(outcome)
                .isEqualTo(new ExampleProcess.Outcome(2, "", "ChatServer: " + complaint + " (--help tells more)\n"));
    }

    private static ExampleProcess start() throws IOException {
        return ExampleProcess.start("ChatServer", "127.0.0.1", "0");
    }

    private static void enter(LineClient guest, String name) throws IOException {
        assertThat(guest.read()).isEqualTo(HELLO);
        guest.send(name);
    }
}
