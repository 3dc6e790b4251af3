package http;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Understands one HTTP/1.1 response (RFC 9112), given in pieces of any size: its status, its headers, and where its body
 * ends. Counts the bytes of the body and keeps none.
 *
 * <p>It does no I/O. {@link #feed} takes what has arrived, until {@link #isComplete}.
 */
public final class ResponseParser {

    /*
     * Everything is either a line or a stretch of body. Lines are gathered until their newline and then looked at by the
     * state they arrive in; a stretch of body is passed over, as far as it has come. So a piece may begin and end anywhere.
     *
     *     STATUS_LINE -> HEADERS -> SIZED_BODY ------------------------------> COMPLETE
     *          ^            |-----> BODY_TO_THE_END --(end of stream)--------> COMPLETE
     *          '--(1xx)-----|-----> CHUNK_SIZE -> CHUNK -> END_OF_CHUNK
     *                                   |  ^------------------'
     *                                   '--(0)--> TRAILERS ------------------> COMPLETE
     */

    private enum State {
        STATUS_LINE,
        HEADERS,
        SIZED_BODY,
        BODY_TO_THE_END,
        CHUNK_SIZE,
        CHUNK,
        END_OF_CHUNK,
        TRAILERS,
        COMPLETE
    }

    /** How many bytes of lines a server may send without any body between them. */
    public static final int MAX_LINES = 64 * 1024;

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d ([1-9]\\d\\d)( .*)?");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern CHUNK_LENGTH = Pattern.compile("([0-9A-Fa-f]{1,15})[ \t]*(;.*)?");

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, List<String>> headers = new LinkedHashMap<>();

    private State state = State.STATUS_LINE;
    private int lineBytes; // since the last byte of a body
    private String lastHeader = "";
    private int status;
    private long bodyBytes;
    private long expected; // of the body, or of the chunk that is being read

    /**
     * Takes what has arrived. What comes after the response is ignored.
     *
     * @param bytes the next bytes of the stream; none if it has ended
     * @throws ProtocolException if they are not HTTP, or if the stream ended before the response did
     */
    public void feed(byte[] bytes) throws ProtocolException {
        if (bytes.length == 0) {
            end();
        }
        var at = 0;
        while (at < bytes.length && state != State.COMPLETE) {
            at = switch (state) {
                case SIZED_BODY, BODY_TO_THE_END, CHUNK -> passOver(bytes, at);
                default -> takeLine(bytes, at);
            };
        }
    }

    private void end() throws ProtocolException {
        switch (state) {
            case BODY_TO_THE_END -> state = State.COMPLETE;
            case COMPLETE -> {}
            case STATUS_LINE -> throw new ProtocolException("the server closed the connection without an answer");
            case HEADERS ->
                throw new ProtocolException("the server closed the connection in the middle of the headers");
            case SIZED_BODY ->
                throw new ProtocolException("the server closed the connection after " + bodyBytes + " of "
                        + (bodyBytes + expected) + " bytes");
            default -> throw new ProtocolException("the server closed the connection before the last chunk");
        }
    }

    /** Tells whether the whole response has come. */
    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** Returns the status, 200 to 999, once the status line has come; 0 before. */
    public int status() {
        return status;
    }

    /** Counts the bytes of the body that have come: its content, without what frames chunks. */
    public long bodySize() {
        return bodyBytes;
    }

    /** Returns the values of a header, joined by commas if it came several times. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(values -> String.join(", ", values));
    }

    // ---- bodies

    private int passOver(byte[] bytes, int at) {
        var count = (int) Math.min(bytes.length - at, expected);
        bodyBytes += count;
        expected -= count;
        lineBytes = 0;
        if (expected == 0) {
            state = state == State.CHUNK ? State.END_OF_CHUNK : State.COMPLETE;
        }
        return at + count;
    }

    // ---- lines

    private int takeLine(byte[] bytes, int at) throws ProtocolException {
        for (var i = at; i < bytes.length; i++) {
            if (++lineBytes > MAX_LINES) {
                throw new ProtocolException("the server sent more than " + MAX_LINES + " bytes of headers");
            }
            if (bytes[i] == '\n') {
                understand(takeText());
                return i + 1;
            }
            line.write(bytes[i]);
        }
        return bytes.length;
    }

    /** Takes the line that has been gathered, without the carriage return that ends it. */
    private String takeText() {
        var text = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private void understand(String text) throws ProtocolException {
        switch (state) {
            case STATUS_LINE -> statusLine(text);
            case HEADERS -> headerLine(text);
            case CHUNK_SIZE -> chunkSize(text);
            case END_OF_CHUNK -> endOfChunk(text);
            case TRAILERS -> state = text.isEmpty() ? State.COMPLETE : State.TRAILERS;
            default -> throw new IllegalStateException("no line is expected in " + state);
        }
    }

    private void statusLine(String text) throws ProtocolException {
        var parts = STATUS.matcher(text);
        if (!parts.matches()) {
            throw new ProtocolException("the server did not answer in HTTP/1.1 but with: " + excerpt(text));
        }
        status = Integer.parseInt(parts.group(1));
        state = State.HEADERS;
    }

    private void headerLine(String text) throws ProtocolException {
        if (text.isEmpty()) {
            endOfHeaders();
            return;
        }
        var values = headers.get(lastHeader);
        if (values != null && (text.startsWith(" ") || text.startsWith("\t"))) { // the last one goes on
            values.add(values.removeLast() + " " + text.strip());
            return;
        }
        var parts = HEADER.matcher(text);
        if (!parts.matches()) {
            throw new ProtocolException("the server sent a malformed header: " + excerpt(text));
        }
        lastHeader = parts.group(1).toLowerCase(Locale.ROOT);
        headers.computeIfAbsent(lastHeader, _ -> new ArrayList<>()).add(parts.group(2));
    }

    private void chunkSize(String text) throws ProtocolException {
        var parts = CHUNK_LENGTH.matcher(text);
        if (!parts.matches()) {
            throw new ProtocolException("the server sent a malformed chunk size: " + excerpt(text));
        }
        expected = Long.parseLong(parts.group(1), 16);
        state = expected == 0 ? State.TRAILERS : State.CHUNK;
    }

    private void endOfChunk(String text) throws ProtocolException {
        if (!text.isEmpty()) {
            throw new ProtocolException("the server sent a chunk that is longer than it said");
        }
        state = State.CHUNK_SIZE;
    }

    // ---- where the body ends (RFC 9112, section 6.3)

    private void endOfHeaders() throws ProtocolException {
        var codings = header("transfer-encoding");
        var length = header("content-length");
        if (status < 200) {
            awaitFinalResponse();
        } else if (status == NO_CONTENT || status == NOT_MODIFIED) {
            state = State.COMPLETE;
        } else if (codings.isPresent() && isChunked(codings.get())) {
            state = State.CHUNK_SIZE;
        } else if (codings.isEmpty() && length.isPresent()) {
            expected = length(length.get());
            state = expected == 0 ? State.COMPLETE : State.SIZED_BODY;
        } else {
            expected = Long.MAX_VALUE;
            state = State.BODY_TO_THE_END;
        }
    }

    /** A 1xx response is news on the way to the real one, but for 101, after which no HTTP would follow. */
    private void awaitFinalResponse() throws ProtocolException {
        if (status == 101) {
            throw new ProtocolException("the server switched to another protocol without being asked");
        }
        status = 0;
        headers.clear();
        lastHeader = "";
        state = State.STATUS_LINE;
    }

    private static boolean isChunked(String codings) {
        return codings.substring(codings.lastIndexOf(',') + 1).strip().equalsIgnoreCase("chunked");
    }

    /** A length may be given several times, if it is the same each time. */
    private static long length(String value) throws ProtocolException {
        var lengths =
                Pattern.compile("\\s*,\\s*").splitAsStream(value).distinct().toList();
        if (lengths.size() != 1 || !LENGTH.matcher(lengths.getFirst()).matches()) {
            throw new ProtocolException("the server sent a malformed Content-Length: " + excerpt(value));
        }
        return Long.parseLong(lengths.getFirst());
    }

    /** Shows a line that may be long or binary. */
    private static String excerpt(String text) {
        var shown = text.length() <= 40 ? text : text.substring(0, 40) + "...";
        return '"' + shown.replaceAll("[^\\x20-\\x7e]", "?") + '"';
    }
}
