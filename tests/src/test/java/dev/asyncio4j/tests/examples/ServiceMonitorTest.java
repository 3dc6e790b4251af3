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

/** The example ServiceMonitor, watching plain sockets. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceMonitorTest {

    private static final String DOWN = "DOWN %s cannot connect to %s: connection refused\n";

    private static final String ALL_UP = """
            round     %d
              up      %d
              down    0
              median  <ms>ms
              slowest <ms>ms
              took    <ms>ms
            """;

    @Test
    void noAddress_fromItsSource_watchesItsOwnServices(@TempDir Path cache) throws Exception {
        try (var program = ExampleProcess.launch("ServiceMonitor", cache)) {
            var outcome = program.join();
            assertThat(outcome.out()).as(outcome.err()).matches(Expected.outputOf("ServiceMonitor"));
            assertThat(outcome.exitCode()).isZero();
        }
    }

    @Test
    void servicesThatAreUp_areCountedEachRound() throws Exception {
        try (var one = listen(0);
                var other = listen(0)) {
            var outcome = ExampleProcess.run(
                    "ServiceMonitor", address(one), address(other), "--rounds", "2", "--every", "0.05", "--limit", "1");
            assertThat(outcome.out())
                    .as(outcome.err())
                    .matches(Expected.pattern(ALL_UP.formatted(1, 2) + ALL_UP.formatted(2, 2)));
            assertThat(outcome.exitCode()).isZero();
        }
    }

    @Test
    void servicesThatAreDown_areToldOnce_withTheReason() throws Exception {
        try (var refusing = new RefusingPort()) {
            var outcome = ExampleProcess.run(
                    "ServiceMonitor",
                    refusing.address(),
                    "no-such-host.invalid:80",
                    "--rounds",
                    "2",
                    "--every",
                    "0.05",
                    "--limit",
                    "1");
            assertThat(outcome.out())
                    .as(outcome.err())
                    .matches(Expected.pattern(DOWN.formatted(refusing.address(), refusing.address())
                            + "DOWN no-such-host.invalid:80 unknown host\n"
                            + "round     1\n  up      0\n  down    2\n  took    <ms>ms\n"
                            + "round     2\n  up      0\n  down    2\n  took    <ms>ms\n"));
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void serviceThatComesBack_isTold_untilInterrupted(@TempDir Path cache) throws Exception {
        try (var refusing = new RefusingPort()) {
            var address = refusing.address();
            try (var program = ExampleProcess.launch("ServiceMonitor", cache, address, "--every", "0.05")) {
                assertThat(program.readLine() + "\n").isEqualTo(DOWN.formatted(address, address));
                refusing.release();
                try (var _ = listen(refusing.port())) {
                    var line = program.readLine();
                    while (!line.startsWith("UP ")) {
                        line = program.readLine();
                    }
                    assertThat(line).matches("UP   " + address + " answers within \\d+ms, after \\d+ms");
                    program.interrupt();
                    assertThat(program.join().exitCode()).isEqualTo(130);
                }
            }
        }
    }

    @Tag("native") // no loop is started
    @Test
    void help_printsTheUsage() throws Exception {
        var outcome = ExampleProcess.run("ServiceMonitor", "--help");
        assertThat(outcome.out()).startsWith("usage: ServiceMonitor [HOST:PORT...] [--every S]");
        assertThat(outcome.exitCode()).isZero();
    }

    @Tag("native") // no loop is started
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            example.org         | an address is a HOST:PORT, not example.org
            example.org:0       | an address is a HOST:PORT, not example.org:0
            :80                 | an address is a HOST:PORT, not :80
            --rounds 0          | --rounds needs a whole number above 0, not 0
            --every             | --every needs a number of seconds above 0, not nothing
            --fast              | there is no option --fast
            """)
    void wrongArgument_isExplainedInOneLine(String arguments, String complaint) throws Exception {
        var outcome = ExampleProcess.run("ServiceMonitor", arguments.split(" ", -1));
        assertThat(outcome)
                .isEqualTo(
                        new ExampleProcess.Outcome(2, "", "ServiceMonitor: " + complaint + " (--help tells more)\n"));
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 100, InetAddress.ofLiteral("127.0.0.1"));
    }

    private static String address(ServerSocket listening) {
        return "127.0.0.1:" + listening.getLocalPort();
    }
}
