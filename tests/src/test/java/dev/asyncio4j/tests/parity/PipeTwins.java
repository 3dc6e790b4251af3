package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.tests.parity.Loops.run;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asyncio4j.Future;
import dev.asyncio4j.net.Network;
import dev.asyncio4j.net.Protocol;
import dev.asyncio4j.net.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.List;

/** Twins of the {@code pipe-…} scenarios. */
final class PipeTwins {

    private PipeTwins() {}

    @Twin("pipe-read-ends-whatever-eof-received-says")
    static void readEnds(Trace out) throws IOException {
        final class Reader implements Protocol {
            private final Future<Void> came = getRunningLoop().createFuture();
            private final Future<Void> lost = getRunningLoop().createFuture();
            private Transport transport;

            @Override
            public void connectionMade(Transport made) {
                out.print("made", made.isClosing());
                transport = made;
            }

            @Override
            public void dataReceived(byte[] data) {
                out.print("received", new String(data, UTF_8));
                came.setResult(null);
            }

            @Override
            public boolean eofReceived() {
                out.print("end");
                return true;
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("lost", error, transport.isClosing());
                lost.setResult(null);
            }
        }
        run(() -> {
            var pipe = Pipe.open();
            var made = Network.connectReadPipe(Reader::new, pipe.source());
            var transport = made.transport();
            out.print("connected", transport.getProtocol() == made.protocol(), transport.isReading());
            pipe.sink().write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
            made.protocol().came.await();
            transport.pauseReading();
            out.print(transport.isReading());
            transport.resumeReading();
            pipe.sink().close();
            made.protocol().lost.await();
        });
    }

    @Twin("pipe-write-eof-is-close")
    static void writeEofIsClose(Trace out) throws IOException {
        final class Writer implements Protocol {
            private final Future<Void> lost = getRunningLoop().createFuture();

            @Override
            public void connectionMade(Transport made) {
                out.print("made", made.canWriteEof());
            }

            @Override
            public boolean eofReceived() {
                out.print("never");
                return false;
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("lost", error);
                lost.setResult(null);
            }
        }
        run(() -> {
            for (var end : List.of("write_eof", "close", "abort")) {
                var pipe = Pipe.open();
                var made = Network.connectWritePipe(Writer::new, pipe.sink());
                var transport = made.transport();
                out.print(end, transport.isClosing(), transport.getWriteBufferSize());
                switch (end) {
                    case "write_eof" -> {
                        transport.write("hello".getBytes(UTF_8));
                        transport.writeEof();
                    }
                    case "close" -> {
                        transport.write("hello".getBytes(UTF_8));
                        transport.close();
                    }
                    default -> transport.abort();
                }
                out.print(transport.isClosing());
                transport.write("dropped".getBytes(UTF_8));
                made.protocol().lost.await();
                out.print(content(pipe.source()));
                pipe.source().close();
            }
        });
    }

    private static String content(Pipe.SourceChannel source) throws IOException {
        var into = ByteBuffer.allocate(100);
        int count = source.read(into);
        return count > 0 ? new String(into.array(), 0, count, UTF_8) : "nothing";
    }
}
