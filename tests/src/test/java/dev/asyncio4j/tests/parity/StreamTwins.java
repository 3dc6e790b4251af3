package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.tests.parity.Loops.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;

import dev.asyncio4j.Future;
import dev.asyncio4j.net.IncompleteReadException;
import dev.asyncio4j.net.LimitOverrunException;
import dev.asyncio4j.net.StreamHandler;
import dev.asyncio4j.net.StreamReader;
import dev.asyncio4j.net.StreamWriter;
import dev.asyncio4j.net.Streams;
import java.io.IOException;

/** Twins of the {@code stream-…} scenarios. */
final class StreamTwins {
    private static final String HOST = "127.0.0.1";

    private StreamTwins() {}

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] data) {
        return new String(data, UTF_8).replace("\n", "|");
    }

    @Twin("stream-handler-fails-or-returns")
    static void handlerFailsOrReturns(Trace out) throws IOException {
        run(() -> {
            var loop = getRunningLoop();
            loop.setExceptionHandler(
                    (_, context) -> out.print("reported", context.exception().orElseThrow()));
            Future<StreamWriter> left = loop.createFuture();
            StreamHandler handler = (reader, writer) -> {
                var word = text(reader.readLine()).replace("|", "");
                out.print("asked to", word);
                if (word.equals("fail")) {
                    throw new IllegalArgumentException("on purpose");
                }
                left.setResult(writer);
            };
            var server = Streams.startServer(handler, HOST, 0);
            var port = server.sockets().getFirst().getPort();

            var failing = Streams.openConnection(HOST, port);
            failing.writer().write(bytes("fail\n"));
            out.print("then", text(failing.reader().read()), failing.reader().atEof());
            failing.writer().close();
            failing.writer().waitClosed();

            var returning = Streams.openConnection(HOST, port);
            returning.writer().write(bytes("return\n"));
            var other = left.await();
            sleep(ZERO);
            sleep(ZERO);
            out.print("closing", other.isClosing());
            other.write(bytes("still open"));
            other.close();
            out.print("then", text(returning.reader().read()));
            returning.writer().close();
            returning.writer().waitClosed();
            server.close();
            server.waitClosed();
            out.print("closed");
        });
    }

    private static StreamReader fed(String data, boolean end) {
        var reader = new StreamReader(8);
        reader.feedData(bytes(data));
        if (end) {
            reader.feedEof();
        }
        return reader;
    }

    @Twin("stream-reader-limits-and-separators")
    static void limitsAndSeparators(Trace out) throws IOException {
        run(() -> {
            var lines = fed("one\ntwo", true);
            out.print("lines", text(lines.readLine()), text(lines.readLine()), text(lines.readLine()));
            out.print("at the end", lines.atEof(), text(lines.read()), text(lines.read(5)));

            var tooLong = fed("0123456789\nab\n", true);
            try {
                tooLong.readUntil(bytes("\n"));
            } catch (LimitOverrunException e) {
                out.print("too long", e.consumed());
            }
            out.print("kept", text(tooLong.readExactly(11)));

            var incomplete = fed("abc", true);
            try {
                incomplete.readUntil(bytes(";"));
            } catch (IncompleteReadException e) {
                out.print("incomplete", text(e.partial()), e.expected().isPresent() ? (Object) e.expected() : null);
            }
            out.print("nothing left", incomplete.atEof());

            try {
                fed("abc", true).readExactly(5);
            } catch (IncompleteReadException e) {
                out.print("incomplete", text(e.partial()), e.expected().getAsInt());
            }

            var several = fed("a--b-c", false);
            out.print("earliest end", text(several.readUntil(bytes("--b"), bytes("-"))));
            out.print("then", text(several.readUntil(bytes("--b"), bytes("-b"))));
            out.print("zero", text(several.read(0)), text(several.read(1)));
            for (var bad : new byte[][][] {{}, {{}}}) {
                try {
                    several.readUntil(bad);
                } catch (IllegalArgumentException e) {
                    out.print("no separator");
                }
            }
            try {
                several.readExactly(-1);
            } catch (IllegalArgumentException e) {
                out.print("negative");
            }
        });
    }
}
