package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.tests.parity.Loops.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;

import dev.asyncio4j.CancelledError;
import dev.asyncio4j.net.Connection;
import dev.asyncio4j.net.Network;
import dev.asyncio4j.net.Protocol;
import dev.asyncio4j.net.Server;
import dev.asyncio4j.net.ServerOptions;
import dev.asyncio4j.net.StreamHandler;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.net.Transport;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Twins of the {@code server-…} and {@code unix-…} scenarios. */
final class ServerTwins {
    private static final String HOST = "127.0.0.1";

    private ServerTwins() {}

    private static final class Echo implements Protocol {
        private Transport transport;

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }

        @Override
        public void dataReceived(byte[] data) {
            transport.write(data);
        }
    }

    private static int port(Server server) {
        return server.sockets().getFirst().getPort();
    }

    private static void echoed(Connection connection, String text, Trace out) throws IOException {
        connection.writer().write(text.getBytes(UTF_8));
        out.print(new String(connection.reader().readExactly(3), UTF_8));
    }

    @Twin("server-close-leaves-connections-alone")
    static void closeLeavesConnectionsAlone(Trace out) throws IOException {
        run(() -> {
            var server = Network.createServer(Echo::new, HOST, 0);
            var port = port(server);
            out.print("serving", server.isServing(), server.sockets().size());
            var early = createTask(() -> {
                server.waitClosed();
                out.print("early", "knows that it is closed");
            });
            var connection = Streams.openConnection(HOST, port);
            echoed(connection, "one", out);
            server.close();
            server.close();
            out.print("serving", server.isServing(), server.sockets().size());
            var late = createTask(() -> {
                server.waitClosed();
                out.print("late", "knows that it is closed");
            });
            echoed(connection, "two", out);
            try {
                Streams.openConnection(HOST, port);
            } catch (ConnectException e) {
                out.print("no new connections");
            }
            out.print("done", early.done(), late.done());
            connection.writer().close();
            early.await();
            late.await();
            server.waitClosed();
            out.print("closed");
        });
    }

    private static void serve(Server server, Trace out) {
        try {
            server.serveForever();
        } catch (CancelledError e) {
            out.print("cancelled, serving", server.isServing());
            throw e;
        }
    }

    private static void refused(Server server, Trace out) {
        try {
            server.serveForever();
        } catch (IllegalStateException e) {
            out.print("refused");
        }
    }

    @Twin("server-serve-forever-ends-with-its-server")
    static void serveForeverEnds(Trace out) throws IOException {
        run(() -> {
            var server = Network.createServer(Echo::new, HOST, 0, ServerOptions.DEFAULT.withStartServing(false));
            out.print("serving", server.isServing());
            var serving = createTask(() -> serve(server, out));
            sleep(ZERO);
            out.print("serving", server.isServing());
            server.startServing();
            refused(server, out);
            var connection = Streams.openConnection(HOST, port(server));
            echoed(connection, "one", out);
            serving.cancel();
            sleep(ZERO);
            sleep(ZERO);
            out.print("serving", server.isServing(), serving.done());
            echoed(connection, "two", out);
            connection.writer().close();
            try {
                serving.await();
            } catch (CancelledError e) {
                out.print("ended");
            }
            refused(server, out);

            var other = Network.createServer(Echo::new, HOST, 0);
            var servingOther = createTask(() -> serve(other, out));
            sleep(ZERO);
            other.close();
            try {
                servingOther.await();
            } catch (CancelledError e) {
                out.print("ended by close");
            }
        });
    }

    private static void ask(Path path, Trace out) throws IOException {
        var connection = Streams.openUnixConnection(path);
        out.print(
                "peer is the path",
                connection.writer().getExtraInfo("peername").equals(Optional.of(UnixDomainSocketAddress.of(path))));
        connection.writer().write("hello\n".getBytes(UTF_8));
        out.print(new String(connection.reader().read(), UTF_8).strip());
        connection.writer().close();
        connection.writer().waitClosed();
    }

    @Twin("unix-server-and-its-file")
    static void unixServerAndItsFile(Trace out) throws IOException {
        StreamHandler echo = (reader, writer) -> {
            writer.write(reader.readLine());
            writer.close();
        };
        run(() -> {
            var folder = Files.createTempDirectory("twin");
            var path = folder.resolve("s");
            try {
                Streams.openUnixConnection(path);
            } catch (FileNotFoundException e) {
                out.print("no file");
            }

            var first = Streams.startUnixServer(echo, path);
            ask(path, out);
            var second = Streams.startUnixServer(echo, path);
            first.close();
            out.print("after the first is closed", Files.exists(path));
            ask(path, out);
            second.close();
            out.print("after the second is closed", Files.exists(path));

            var left = Streams.startUnixServer(echo, path, ServerOptions.DEFAULT.withCleanupSocket(false));
            left.close();
            out.print("without clean-up", Files.exists(path));
            try {
                Streams.openUnixConnection(path);
            } catch (ConnectException e) {
                out.print("nobody listens");
            }
            Files.delete(path);

            Files.writeString(path, "precious");
            try {
                Streams.startUnixServer(echo, path);
            } catch (IOException e) {
                out.print("in use");
            }
            out.print(Files.readString(path));
            Files.delete(path);
            Files.delete(folder);
        });
    }
}
