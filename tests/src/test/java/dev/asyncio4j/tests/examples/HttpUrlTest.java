package dev.asyncio4j.tests.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import http.HttpUrl;
import java.net.MalformedURLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How FetchPages takes a URL apart. */
class HttpUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # URL                                  | host              | port | Host header             | target
            http://example.org                     | example.org       | 80   | example.org             | /
            http://example.org/                    | example.org       | 80   | example.org             | /
            HTTP://example.org/a/b?c=d&e=f#g       | example.org       | 80   | example.org             | /a/b?c=d&e=f
            http://example.org?q                   | example.org       | 80   | example.org             | /?q
            http://example.org:8080/               | example.org       | 8080 | example.org:8080        | /
            http://example.org:80/                 | example.org       | 80   | example.org             | /
            http://example.org:/                   | example.org       | 80   | example.org             | /
            http://127.0.0.1:1/                    | 127.0.0.1         | 1    | 127.0.0.1:1             | /
            http://[::1]/                          | ::1               | 80   | [::1]                   | /
            http://[2001:db8::1]:8080/x            | 2001:db8::1       | 8080 | [2001:db8::1]:8080      | /x
            http://[fe80::1%25eth0]/               | fe80::1%25eth0    | 80   | [fe80::1]               | /
            http://under_score.example/            | under_score.example | 80 | under_score.example     | /
            http://b\u00fccher.example/\u00e4?\u00f6 | xn--bcher-kva.example | 80 | xn--bcher-kva.example | /%C3%A4?%C3%B6
            http://example.org/a%20b               | example.org       | 80   | example.org             | /a%20b
            """)
    void parse_url_givesItsParts(String url, String host, int port, String authority, String target) throws Exception {
        assertThat(HttpUrl.parse(url)).isEqualTo(new HttpUrl(host, port, authority, target));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                          | only URLs that begin with http://
            example.org                 | only URLs that begin with http://
            https://example.org/        | only URLs that begin with http://
            mailto:ada@example.org      | only URLs that begin with http://
            http:example.org            | expected host or host:port
            http:///path                | expected host or host:port
            http://                     | malformed URL: expected authority at position 8
            http://:80/                 | expected host or host:port
            http://example.org:port/    | expected host or host:port
            http://example.org:99999/   | a port is between 1 and 65535, not 99999
            http://example.org:0/       | a port is between 1 and 65535, not 0
            http://ada:x@example.org/   | expected host or host:port
            http://example.org/a b      | malformed URL: illegal character in path at position 21
            http://[::1                 | malformed URL
            http://[zz]/                | malformed URL
            """)
    void parse_malformedUrl_saysWhatIsWrong(String url, String complaint) {
        assertThatThrownBy(() -> HttpUrl.parse(url))
                .isInstanceOf(MalformedURLException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void request_hasHostAndEndsWithAnEmptyLine() throws Exception {
        assertThat(new String(HttpUrl.parse("http://[::1]:8080/a?b").request(), US_ASCII))
                .startsWith("GET /a?b HTTP/1.1\r\nHost: [::1]:8080\r\n")
                .contains("\r\nConnection: close\r\n")
                .endsWith("\r\n\r\n");
    }
}
