package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Future;
import dev.asyncio4j.net.BufferedProtocol;
import dev.asyncio4j.net.Network;
import dev.asyncio4j.net.Protocol;
import dev.asyncio4j.net.Server;
import dev.asyncio4j.net.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Twins of the {@code protocol-…} and {@code transport-…} scenarios. */
final class ProtocolTwins {
    private static final String HOST = "127.0.0.1";

    private ProtocolTwins() {}

    private static int port(Server server) {
        return server.sockets().getFirst().getPort();
    }

    /** What most protocols here do: keep the transport. */
    private abstract static class Keeping implements Protocol {
        Transport transport;

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }
    }

    private static final class Silent implements Protocol {}

    private static final class Echo extends Keeping {
        @Override
        public void dataReceived(byte[] data) {
            transport.write(data);
        }
    }

    @Twin("protocol-callbacks-in-order")
    static void callbacksInOrder(Trace out) throws IOException {
        final class EchoOnce extends Keeping {
            @Override
            public void dataReceived(byte[] data) {
                transport.write(data);
                transport.close();
            }
        }
        final class Client extends Keeping {
            private final Future<Void> lost;

            Client(Future<Void> lost) {
                out.print("factory");
                this.lost = lost;
            }

            @Override
            public void connectionMade(Transport made) {
                out.print("made", made.isClosing());
                transport = made;
            }

            @Override
            public void dataReceived(byte[] data) {
                out.print("received", new String(data, UTF_8));
            }

            @Override
            public boolean eofReceived() {
                out.print("end of stream", transport.isClosing());
                return false;
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("lost", error, transport.isClosing());
                lost.setResult(null);
            }
        }
        run(() -> {
            var server = Network.createServer(EchoOnce::new, HOST, 0);
            Future<Void> lost = getRunningLoop().createFuture();
            var connection = Network.createConnection(() -> new Client(lost), HOST, port(server));
            out.print("connected", connection.transport().getProtocol() == connection.protocol());
            connection.transport().write("hello".getBytes(UTF_8));
            lost.await();
            server.close();
            server.waitClosed();
        });
    }

    @Twin("transport-close-is-announced-in-the-next-iteration")
    static void closeIsAnnounced(Trace out) throws IOException {
        final class Client implements Protocol {
            @Override
            public void connectionLost(Throwable error) {
                out.print("lost", error);
            }
        }
        run(() -> {
            var loop = getRunningLoop();
            var server = Network.createServer(Silent::new, HOST, 0);
            for (var end : List.of("close", "abort", "write and close")) {
                var transport = Network.createConnection(Client::new, HOST, port(server))
                        .transport();
                out.print(end);
                loop.callSoon(() -> out.print("before"));
                if (end.equals("abort")) {
                    transport.abort();
                } else {
                    if (end.equals("write and close")) {
                        transport.write("bye".getBytes(UTF_8));
                    }
                    transport.close();
                }
                transport.close();
                if (!end.equals("write and close")) { // what was written leaves when the batch ends
                    transport.abort();
                }
                out.print("closing", transport.isClosing());
                loop.callSoon(() -> out.print("after"));
                sleep(ZERO);
                out.print("an iteration later");
            }
            server.close();
        });
    }

    @Twin("protocol-error-in-data-received-is-fatal")
    static void errorInDataReceived(Trace out) throws IOException {
        final class Sender implements Protocol {
            @Override
            public void connectionMade(Transport transport) {
                transport.write("x".getBytes(UTF_8));
            }
        }
        final class Failing implements Protocol {
            private final Future<Void> lost;

            Failing(Future<Void> lost) {
                this.lost = lost;
            }

            @Override
            public void dataReceived(byte[] data) {
                out.print("received", new String(data, UTF_8));
                throw new Boom("bang");
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("lost", type(error), error);
                lost.setResult(null);
            }
        }
        run(() -> {
            var loop = getRunningLoop();
            loop.setExceptionHandler(
                    (_, context) -> out.print("reported", context.exception().orElseThrow()));
            var server = Network.createServer(Sender::new, HOST, 0);
            Future<Void> lost = loop.createFuture();
            Network.createConnection(() -> new Failing(lost), HOST, port(server));
            lost.await();
            server.close();
        });
    }

    @Twin("protocol-error-in-connection-made-is-only-reported")
    static void errorInConnectionMade(Trace out) throws IOException {
        final class Client extends Keeping {
            private final Future<Void> lost;

            Client(Future<Void> lost) {
                this.lost = lost;
            }

            @Override
            public void connectionMade(Transport made) {
                transport = made;
                throw new Boom("made");
            }

            @Override
            public void dataReceived(byte[] data) {
                out.print("received", new String(data, UTF_8));
                transport.close();
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("lost", error);
                lost.setResult(null);
                throw new Boom("lost");
            }
        }
        run(() -> {
            var loop = getRunningLoop();
            loop.setExceptionHandler(
                    (_, context) -> out.print("reported", context.exception().orElseThrow()));
            var server = Network.createServer(Echo::new, HOST, 0);
            Future<Void> lost = loop.createFuture();
            var transport = Network.createConnection(() -> new Client(lost), HOST, port(server))
                    .transport();
            out.print("connected");
            transport.write("hello".getBytes(UTF_8));
            lost.await();
            sleep(ZERO);
            server.close();
        });
    }

    @Twin("protocol-keeps-writing-after-the-end-of-stream")
    static void keepsWriting(Trace out) throws IOException {
        final class Answering extends Keeping {
            private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

            @Override
            public void dataReceived(byte[] data) {
                parts.writeBytes(data);
            }

            @Override
            public boolean eofReceived() {
                out.print("server: end of stream");
                getRunningLoop().callSoon(this::answer);
                return true;
            }

            private void answer() {
                out.print("server: open", !transport.isClosing());
                transport.writeLines(List.of("got ".getBytes(UTF_8), parts.toByteArray()));
                transport.close();
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("server: lost", error);
            }
        }
        final class Asking implements Protocol {
            private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
            private final Future<Throwable> lost;

            Asking(Future<Throwable> lost) {
                this.lost = lost;
            }

            @Override
            public void dataReceived(byte[] data) {
                parts.writeBytes(data);
            }

            @Override
            public void connectionLost(Throwable error) {
                lost.setResult(error);
            }
        }
        run(() -> {
            var server = Network.createServer(Answering::new, HOST, 0);
            Future<Throwable> lost = getRunningLoop().createFuture();
            var connection = Network.createConnection(() -> new Asking(lost), HOST, port(server));
            var transport = connection.transport();
            out.print("can write eof", transport.canWriteEof());
            transport.write("question".getBytes(UTF_8));
            transport.writeEof();
            transport.writeEof();
            try {
                transport.write("more".getBytes(UTF_8));
            } catch (IllegalStateException e) {
                out.print("refused");
            }
            lost.await();
            out.print("client:", connection.protocol().parts.toString(UTF_8));
            server.close();
        });
    }

    @Twin("transport-write-buffer-limits")
    static void writeBufferLimits(Trace out) throws IOException {
        run(() -> {
            var server = Network.createServer(Silent::new, HOST, 0);
            var transport =
                    Network.createConnection(Silent::new, HOST, port(server)).transport();
            printLimits(out, transport);
            transport.setWriteBufferLimits(1000);
            printLimits(out, transport);
            transport.setWriteBufferLimits(10, 0);
            printLimits(out, transport);
            for (var marks : new int[][] {{1, 2}, {5, -1}}) {
                try {
                    transport.setWriteBufferLimits(marks[0], marks[1]);
                } catch (IllegalArgumentException e) {
                    out.print("refused");
                }
            }
            var limits = transport.getWriteBufferLimits();
            out.print(limits.low(), limits.high(), transport.getWriteBufferSize());
            transport.close();
            server.close();
        });
    }

    private static void printLimits(Trace out, Transport transport) {
        out.print(
                transport.getWriteBufferLimits().low(),
                transport.getWriteBufferLimits().high());
    }

    @Twin("transport-reading-paused-keeps-data-back")
    static void readingPaused(Trace out) throws IOException {
        final class Sender implements Protocol {
            @Override
            public void connectionMade(Transport transport) {
                transport.write("hello".getBytes(UTF_8));
                transport.close();
            }
        }
        final class Client implements Protocol {
            private final Future<Void> lost;

            Client(Future<Void> lost) {
                this.lost = lost;
            }

            @Override
            public void connectionMade(Transport transport) {
                transport.pauseReading();
                transport.pauseReading();
                out.print("reading", transport.isReading());
            }

            @Override
            public void dataReceived(byte[] data) {
                out.print("received", new String(data, UTF_8));
            }

            @Override
            public boolean eofReceived() {
                out.print("end of stream");
                return false;
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("lost", error);
                lost.setResult(null);
            }
        }
        run(() -> {
            var server = Network.createServer(Sender::new, HOST, 0);
            Future<Void> lost = getRunningLoop().createFuture();
            var transport = Network.createConnection(() -> new Client(lost), HOST, port(server))
                    .transport();
            sleep(ofMillis(10));
            out.print("resume");
            transport.resumeReading();
            transport.resumeReading();
            out.print("reading", transport.isReading());
            lost.await();
            out.print("reading", transport.isReading());
            server.close();
        });
    }

    @Twin("transport-protocol-is-switched-live")
    static void switchedLive(Trace out) throws IOException {
        abstract class First extends Keeping {
            final Future<Void> lost;

            First(Future<Void> lost) {
                this.lost = lost;
            }
        }
        final class Second implements BufferedProtocol {
            private final First first;
            private final byte[] buffer = new byte[4];

            Second(First first) {
                this.first = first;
            }

            @Override
            public ByteBuffer getBuffer(int sizeHint) {
                out.print("buffer", sizeHint);
                return ByteBuffer.wrap(buffer);
            }

            @Override
            public void bufferUpdated(int count) {
                out.print("updated", new String(buffer, 0, count, UTF_8));
                if (count < 4) {
                    first.transport.close();
                }
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("second: lost", error);
                first.lost.setResult(null);
            }
        }
        run(() -> {
            var server = Network.createServer(Echo::new, HOST, 0);
            Future<Void> lost = getRunningLoop().createFuture();
            var transport = Network.createConnection(
                            () -> new First(lost) {
                                @Override
                                public void dataReceived(byte[] data) {
                                    out.print("first:", new String(data, UTF_8));
                                    transport.setProtocol(new Second(this));
                                    transport.write("second".getBytes(UTF_8));
                                }
                            },
                            HOST,
                            port(server))
                    .transport();
            transport.write("one".getBytes(UTF_8));
            lost.await();
            server.close();
        });
    }
}
