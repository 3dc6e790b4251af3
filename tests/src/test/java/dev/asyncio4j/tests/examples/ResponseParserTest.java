package dev.asyncio4j.tests.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import http.ResponseParser;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parser of FetchPages, fed whole and in pieces of one byte. */
class ResponseParserTest {

    private static final byte[] END = {};

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what comes, ~ for a line's end, $ for the end of the stream     | status | size
            HTTP/1.1 200 OK~Content-Length: 5~~hello                           | 200 | 5
            HTTP/1.1 200 OK~content-length:5  ~~helloAND MORE                  | 200 | 5
            HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 5~~hello         | 200 | 5
            HTTP/1.1 200 OK~Content-Length: 5, 5~~hello                        | 200 | 5
            HTTP/1.1 200 OK~Content-Length: 0~~                                | 200 | 0
            HTTP/1.1 200~Content-Length: 1~~x                                  | 200 | 1
            HTTP/1.0 200 OK~~hello, world$                                     | 200 | 12
            HTTP/1.1 200 OK~Connection: close~~$                               | 200 | 0
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~6~ world~0~~   | 200 | 11
            HTTP/1.1 200 OK~Transfer-Encoding: gzip, Chunked~~A;x=y~0123456789~0~Trailer: x~~ | 200 | 10
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~Content-Length: 3~~1~x~0~~ | 200 | 1
            HTTP/1.1 200 OK~Transfer-Encoding: gzip~Content-Length: 3~~12345$  | 200 | 5
            HTTP/1.1 200 OK~Folded: a~  b~Content-Length: 2~~xy                | 200 | 2
            HTTP/1.1 100 Continue~~HTTP/1.1 103 Early Hints~Content-Length: 9~~HTTP/1.1 200 OK~Content-Length: 1~~x | 200 | 1
            HTTP/1.1 204 No Content~~                                          | 204 | 0
            HTTP/1.1 304 Not Modified~Content-Length: 99~~                     | 304 | 0
            HTTP/1.1 301 Moved~Location: /b~Content-Length: 2~~ok              | 301 | 2
            HTTP/1.1 404 Not Found~Content-Length: 3~~gone                     | 404 | 3
            HTTP/1.1 500 ~Content-Length: 1~~x                                 | 500 | 1
            """)
    void feed_completeResponse_tellsStatusAndSize(String text, int status, long size) throws ProtocolException {
        for (var ending : List.of("\r\n", "\n")) {
            for (var pieces : List.of(whole(bytes(text, ending)), single(bytes(text, ending)))) {
                var parser = fed(pieces);
                if (text.endsWith("$")) {
                    assertThat(parser.isComplete()).isFalse();
                    parser.feed(END);
                }
                assertThat(parser.isComplete()).as(text).isTrue();
                assertThat(parser.status()).isEqualTo(status);
                assertThat(parser.bodySize()).isEqualTo(size);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $                                                     | closed the connection without an answer
            HTTP/1.1 200 OK~Content-Le$                           | in the middle of the headers
            HTTP/1.1 200 OK~Content-Length: 5~~he$                | after 2 of 5 bytes
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~$ | before the last chunk
            SSH-2.0-OpenSSH~                                      | did not answer in HTTP/1.1 but with: "SSH-2.0-OpenSSH"
            HTTP/2 200 OK~                                        | did not answer in HTTP/1.1
            HTTP/1.1 20 OK~                                       | did not answer in HTTP/1.1
            HTTP/1.1 101 Switching Protocols~~                    | switched to another protocol
            HTTP/1.1 200 OK~no colon~                             | malformed header: "no colon"
            HTTP/1.1 200 OK~Name : value~                         | malformed header
            HTTP/1.1 200 OK~Content-Length: five~~                | malformed Content-Length: "five"
            HTTP/1.1 200 OK~Content-Length: -5~~                  | malformed Content-Length
            HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 6~~ | malformed Content-Length: "5, 6"
            HTTP/1.1 200 OK~Content-Length: 9999999999999999999~~ | malformed Content-Length
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~xyz~      | malformed chunk size: "xyz"
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-1~       | malformed chunk size
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~hello~  | longer than it said
            """)
    void feed_brokenResponse_saysWhatIsWrong(String text, String complaint) {
        var bytes = bytes(text, "\r\n");
        for (var pieces : List.of(whole(bytes), single(bytes))) {
            assertThatThrownBy(() -> fed(pieces).feed(END))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining(complaint);
        }
    }

    @Test
    void feed_endlessHeaders_areRefused() {
        var parser = new ResponseParser();
        var header = bytes("Name: " + "x".repeat(1000) + "~", "\r\n");
        assertThatThrownBy(() -> {
                    parser.feed(bytes("HTTP/1.1 200 OK~", "\r\n"));
                    for (var i = 0; i < 100; i++) {
                        parser.feed(header);
                    }
                })
                .hasMessage("the server sent more than 65536 bytes of headers");
    }

    @Test
    void feed_endlessLine_isRefused() {
        assertThatThrownBy(() -> new ResponseParser().feed(new byte[ResponseParser.MAX_LINES + 1]))
                .hasMessageContaining("more than 65536 bytes");
    }

    @Test
    void feed_manyChunks_areNoHeaders() throws ProtocolException {
        var parser = fed(whole(bytes("HTTP/1.1 200 OK~Transfer-Encoding: chunked~~", "\r\n")));
        var chunk = bytes("1~x~", "\r\n");
        for (var i = 0; i < 50_000; i++) {
            parser.feed(chunk);
        }
        parser.feed(bytes("0~~", "\r\n"));
        assertThat(parser.isComplete()).isTrue();
        assertThat(parser.bodySize()).isEqualTo(50_000);
    }

    @Test
    void header_severalTimesAndFolded_isJoined() throws ProtocolException {
        var parser = fed(whole(bytes("HTTP/1.1 204 OK~Via: a~Other: x~VIA: b~\tc~~", "\r\n")));
        assertThat(parser.header("via")).contains("a, b c");
        assertThat(parser.header("none")).isEmpty();
    }

    private static ResponseParser fed(List<byte[]> pieces) throws ProtocolException {
        var parser = new ResponseParser();
        for (var piece : pieces) {
            parser.feed(piece);
        }
        return parser;
    }

    private static byte[] bytes(String text, String lineEnding) {
        return text.replace("$", "").replace("~", lineEnding).getBytes(ISO_8859_1);
    }

    private static List<byte[]> whole(byte[] bytes) {
        return bytes.length == 0 ? List.of() : List.of(bytes);
    }

    private static List<byte[]> single(byte[] bytes) {
        return java.util.stream.IntStream.range(0, bytes.length)
                .mapToObj(i -> Arrays.copyOfRange(bytes, i, i + 1))
                .toList();
    }
}
