package dev.asyncio4j.benchmarks;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.Connection;
import dev.asyncio4j.net.Network;
import dev.asyncio4j.net.Protocol;
import dev.asyncio4j.net.Server;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.net.Transport;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Streams and protocols on the loopback interface. */
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

    /** The same as {@link #echo}, by protocols. */
    static void echoByProtocol(int count) throws IOException {
        try (var server = Network.createServer(EchoingProtocol::new, "127.0.0.1", 0)) {
            var connection = Network.createConnection(() -> new AskingProtocol(count), "127.0.0.1", portOf(server));
            connection.protocol().answered.await();
            connection.transport().close();
        }
    }

    /** The same as {@link #serve}, by protocols. */
    static long serveByProtocol(int count) throws IOException {
        Asyncio.run(() -> {
            try (var server = Network.createServer(EchoingProtocol::new, "127.0.0.1", 0)) {
                System.out.println(portOf(server));
                server.serveForever();
            }
        });
        return 0;
    }

    private abstract static class Connected implements Protocol {
        @Nullable
        Transport transport;

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }

        final void write(byte[] bytes) {
            Objects.requireNonNull(transport).write(bytes);
        }
    }

    private static final class EchoingProtocol extends Connected {
        @Override
        public void dataReceived(byte[] bytes) {
            write(bytes);
        }
    }

    /** Sends a message when the last one has come back. */
    private static final class AskingProtocol extends Connected {
        private final Future<Boolean> answered = Asyncio.getRunningLoop().createFuture();
        private final byte[] message = new byte[MESSAGE];
        private int toSend;
        private int toReceive = MESSAGE;

        AskingProtocol(int count) {
            toSend = count - 1;
        }

        @Override
        public void connectionMade(Transport made) {
            super.connectionMade(made);
            write(message);
        }

        @Override
        public void dataReceived(byte[] bytes) {
            toReceive -= bytes.length;
            if (toReceive > 0) {
                return;
            }
            if (toSend == 0) {
                answered.setResult(true);
                return;
            }
            toSend--;
            toReceive = MESSAGE;
            write(message);
        }
    }

    private static int portOf(Server server) {
        return server.sockets().getFirst().getPort();
    }
}
