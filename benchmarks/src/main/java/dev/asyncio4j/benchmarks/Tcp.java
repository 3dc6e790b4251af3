package dev.asyncio4j.benchmarks;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.Connection;
import dev.asyncio4j.net.Server;
import dev.asyncio4j.net.Streams;
import java.io.IOException;

/** Streams on the loopback interface. */
final class Tcp {

    private static final int MESSAGE = 1024;
    private static final int CHUNK = 10 * 1024 * 1024;
    private static final int CHUNKS = 100;

    private Tcp() {}

    /** pyperformance's asyncio_tcp: a thousand mebibytes in a hundred chunks, both ends on one loop. */
    static void bulk(int count) throws IOException {
        var chunk = new byte[CHUNK];
        for (var i = 0; i < count; i++) {
            try (var server = Streams.startServer(connection -> sendAll(connection, chunk), "127.0.0.1", 0)) {
                receiveAll(portOf(server));
            }
        }
    }

    private static void sendAll(Connection connection, byte[] chunk) throws IOException {
        for (var i = 0; i < CHUNKS; i++) {
            connection.write(chunk);
        }
    }

    private static void receiveAll(int port) throws IOException {
        try (var connection = Streams.openConnection("127.0.0.1", port)) {
            var received = 0L;
            for (var data = connection.reader().read(CHUNK);
                    data.length > 0;
                    data = connection.reader().read(CHUNK)) {
                received += data.length;
            }
            if (received != (long) CHUNKS * CHUNK) {
                throw new AssertionError(received + " bytes came through");
            }
        }
    }

    /** A kibibyte there and back, both ends on one loop. */
    static void echo(int count) throws IOException {
        try (var server = Streams.startServer(Tcp::echoAll, "127.0.0.1", 0);
                var connection = Streams.openConnection("127.0.0.1", portOf(server))) {
            var message = new byte[MESSAGE];
            for (var i = 0; i < count; i++) {
                connection.write(message);
                connection.reader().readExactly(MESSAGE);
            }
        }
    }

    private static void echoAll(Connection connection) throws IOException {
        for (var data = connection.reader().read(65_536);
                data.length > 0;
                data = connection.reader().read(65_536)) {
            connection.write(data);
        }
    }

    /** Says on which port it listens, and echoes until the process ends. */
    static long serve(int count) throws IOException {
        Asyncio.run(() -> {
            try (var server = Streams.startServer(Tcp::echoAll, "127.0.0.1", 0)) {
                System.out.println(portOf(server));
                server.serveForever();
            }
        });
        return 0;
    }

    private static int portOf(Server server) {
        return server.sockets().getFirst().getPort();
    }
}
