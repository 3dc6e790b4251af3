package dev.asyncio4j.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example FetchPages, against servers that have nothing to do with asyncio4j. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FetchPagesTest {

    private static final String OK = "HTTP/1.1 200 OK~Content-Length: 5~~hello";

    @Test
    void noUrl_fromItsSource_fetchesItsOwnPages(@TempDir Path cache) throws Exception {
        try (var program = ExampleProcess.launch("FetchPages", cache)) {
            var outcome = program.join();
            assertThat(outcome.out()).as(outcome.err()).matches(Expected.outputOf("FetchPages"));
            assertThat(outcome.exitCode()).isZero();
            assertThat(took(outcome)).isLessThan(oneAfterAnother(outcome));
            assertThat(outcome.err())
                    .contains("no URL was given: fetching 200 pages that take 50 ms each from http://127.0.0.1:")
                    .contains("\n20 of 200 pages\n", "\n200 of 200 pages\n")
                    .doesNotContain("\r");
        }
    }

    private static int took(ExampleProcess.Outcome outcome) {
        return Integer.parseInt(outcome.lastLine().replaceAll(".* (\\d+)ms \\(.*", "$1"));
    }

    private static int oneAfterAnother(ExampleProcess.Outcome outcome) {
        return Integer.parseInt(outcome.lastLine().replaceAll(".* (\\d+)ms\\)", "$1"));
    }

    @Test
    void pages_ofEveryKind_areTold_inTheOrderGiven() throws Exception {
        try (var server = new RawServer()
                .with("/sized", OK)
                .with("/chunked?a=b", "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~6~ world~0~~")
                .with("/to-the-end", "HTTP/1.0 200 OK~~" + "x".repeat(300_000))
                .with("/moved", "HTTP/1.1 301 Moved Permanently~Location: /sized~Content-Length: 0~~")
                .with("/missing", "HTTP/1.1 404 Not Found~Content-Length: 4~~gone")
                .with("/empty", "HTTP/1.1 204 No Content~~")) {
            var outcome = ExampleProcess.run(
                    "FetchPages",
                    server.url("/to-the-end"),
                    server.url("/sized#part"),
                    server.url("/chunked?a=b"),
                    server.url("/moved"),
                    server.url("/missing"),
                    server.url("/empty"));
            assertMatches(
                    outcome,
                    "200 300000 <ms>ms " + server.url("/to-the-end"),
                    "200 5 <ms>ms " + server.url("/sized#part"),
                    "200 11 <ms>ms " + server.url("/chunked?a=b"),
                    "301 0 <ms>ms " + server.url("/moved"),
                    "404 4 <ms>ms " + server.url("/missing"),
                    "204 0 <ms>ms " + server.url("/empty"),
                    "6 pages, 0 failed, <ms>ms (one after another: <ms>ms)");
            assertThat(outcome.exitCode()).isZero();
        }
    }

    @Test
    void failures_ofEveryKind_areOneLineEach_andLeaveTheOthersAlone() throws Exception {
        try (var server = new RawServer()
                        .with("/a", OK)
                        .with("/b", OK)
                        .with("/garbage", "220 smtp.example ready~")
                        .with("/short", "HTTP/1.1 200 OK~Content-Length: 50~~hello");
                var refusing = new RefusingPort()) {
            var outcome = ExampleProcess.run(
                    "FetchPages",
                    "--timeout",
                    "1.5",
                    server.url("/a"),
                    url(refusing),
                    "http://no-such-host.invalid/",
                    "http://bad host/",
                    "https://127.0.0.1/",
                    server.url("/garbage"),
                    server.url("/short"),
                    server.url("/silence"),
                    server.url("/b"));
            assertMatches(
                    outcome,
                    "200 5 <ms>ms " + server.url("/a"),
                    "FAILED cannot connect to 127.0.0.1:" + refusing.port() + ": connection refused " + url(refusing),
                    "FAILED unknown host no-such-host.invalid* http://no-such-host.invalid/",
                    "FAILED malformed URL: illegal character in authority at position 11 http://bad host/",
                    "FAILED only URLs that begin with http:// can be fetched https://127.0.0.1/",
                    "FAILED the server did not answer in HTTP/1.1 but with: \"220 smtp.example ready\" "
                            + server.url("/garbage"),
                    "FAILED the server closed the connection after 5 of 50 bytes " + server.url("/short"),
                    "FAILED timed out after 1500ms " + server.url("/silence"),
                    "200 5 <ms>ms " + server.url("/b"),
                    "9 pages, 7 failed, <ms>ms (one after another: <ms>ms)");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains("9 of 9 pages, 7 failed\n").doesNotContain("\tat ");
        }
    }

    @Test
    void aThousandUrls_oneOfThemRefused_fetchesTheOthers() throws Exception {
        try (var server = new RawServer().with("/page", OK);
                var refusing = new RefusingPort()) {
            var arguments = new ArrayList<String>();
            for (var i = 0; i < 1000; i++) {
                arguments.add(i == 500 ? url(refusing) : server.url("/page"));
            }
            arguments.addAll(List.of("--limit", "100", "--timeout", "60"));

            var outcome = ExampleProcess.run("FetchPages", arguments.toArray(String[]::new));
            assertThat(outcome.lines()).hasSize(1001);
            assertThat(outcome.lines().get(500)).startsWith("FAILED ").endsWith(url(refusing));
            assertThat(outcome.lines())
                    .filteredOn(line -> line.startsWith("200 5 "))
                    .hasSize(999);
            assertThat(outcome.lastLine()).startsWith("1000 pages, 1 failed, ");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(server.mostBusy()).isBetween(2, 100 + 10); // the server hears of an end a little later
        }
    }

    @Test
    void ipv6Literal_isFetched() throws Exception {
        assumeTrue(hasIpv6(), "this machine has no IPv6");
        try (var server = new RawServer(InetAddress.ofLiteral("::1")).with("/", OK)) {
            var url = "http://[::1]:" + server.port() + "/";
            var outcome = ExampleProcess.run("FetchPages", url);
            assertThat(outcome.lines().getFirst()).startsWith("200 5 ").endsWith(url);
        }
    }

    private static boolean hasIpv6() {
        try (var probe = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Tag("native") // no loop is started
    @Test
    void help_printsTheUsage() throws Exception {
        var outcome = ExampleProcess.run("FetchPages", "--help");
        assertThat(outcome.out()).startsWith("usage: FetchPages [URL...] [--limit N] [--timeout S]\n");
        assertThat(outcome.exitCode()).isZero();
    }

    @Tag("native") // no loop is started
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --limit             | --limit needs a whole number above 0, not nothing
            --limit 0           | --limit needs a whole number above 0, not 0
            --limit 2.5         | --limit needs a whole number above 0, not 2.5
            --timeout soon      | --timeout needs a number of seconds above 0, not soon
            --timeout -1        | --timeout needs a number of seconds above 0, not -1
            --fast              | there is no option --fast
            """)
    void wrongOption_isExplainedInOneLine(String options, String complaint) throws Exception {
        var outcome = ExampleProcess.run("FetchPages", options.split(" ", -1));
        assertThat(outcome)
                .isEqualTo(new ExampleProcess.Outcome(2, "", "FetchPages: " + complaint + " (--help tells more)\n"));
    }

    private static String url(RefusingPort refusing) {
        return "http://127.0.0.1:" + refusing.port() + "/";
    }

    /** Compares line by line; {@code <ms>} stands for a number and {@code *} for anything. */
    private static void assertMatches(ExampleProcess.Outcome outcome, String... expected) {
        var lines = outcome.lines();
        assertThat(lines).as(outcome.err()).hasSameSizeAs(expected);
        for (var i = 0; i < expected.length; i++) {
            var pattern = Expected.pattern(expected[i]).pattern().replace("*", "\\E.*\\Q");
            assertThat(lines.get(i)).matches(Pattern.compile(pattern));
        }
    }
}
