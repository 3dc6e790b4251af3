package dev.asyncio4j.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.Network;
import dev.asyncio4j.net.Protocol;
import dev.asyncio4j.net.Sockets;
import dev.asyncio4j.net.StreamReader;
import dev.asyncio4j.net.StreamReaderProtocol;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.net.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipesTest {

    @Test
    void stdio() throws IOException {
        var out = new ByteArrayOutputStream();
        Asyncio.run(() -> answerEachLine(new ByteArrayInputStream("anna\nbert\n".getBytes(UTF_8)), out));
        assertThat(out.toString(UTF_8)).isEqualTo("hello anna\nhello bert\n");
    }

    // @start region="stdio"
    // answerEachLine(System.in, System.out)
    static void answerEachLine(InputStream in, OutputStream out) throws IOException {
        try (var console = Streams.openPipes(in, out)) {
            for (var line : console.reader()) {
                console.write("hello ".getBytes(UTF_8));
                console.write(line);
            }
        }
    }
    // @end

    @Test
    void readerProtocol() throws IOException {
        Asyncio.run(() -> {
            var lines = lines(new ByteArrayInputStream("one\ntwo\n".getBytes(UTF_8)));
            assertThat(new String(lines.readLine(), UTF_8)).isEqualTo("one\n");
            assertThat(new String(lines.readLine(), UTF_8)).isEqualTo("two\n");
            assertThat(lines.readLine()).isEmpty();
        });
    }

    // @start region="reader-protocol"
    static StreamReader lines(InputStream in) throws IOException {
        var reader = new StreamReader();
        Network.connectReadPipe(() -> new StreamReaderProtocol(reader), in);
        return reader;
    }
    // @end

    private static final class Upper implements Protocol {
        private @Nullable Transport transport;

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }

        @Override
        public void dataReceived(byte[] bytes) {
            if (transport != null) {
                transport.write(new String(bytes, UTF_8)
                        .toUpperCase(java.util.Locale.ROOT)
                        .getBytes(UTF_8));
            }
        }
    }

    @Test
    void accepted() throws IOException {
        Asyncio.run(() -> {
            try (var listening = ServerSocketChannel.open()) {
                listening.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
                var serving = Asyncio.createTask(() -> serveOne(listening));
                var socket = SocketChannel.open();
                socket.configureBlocking(false);
                Sockets.sockConnect(socket, listening.getLocalAddress());
                try (var connection = Streams.openConnection(socket)) {
                    connection.write("hello\n".getBytes(UTF_8));
                    assertThat(new String(connection.reader().readLine(), UTF_8))
                            .isEqualTo("HELLO\n");
                }
                serving.await();
            }
        });
    }

    // @start region="accepted"
    static void serveOne(ServerSocketChannel listening) throws IOException {
        var socket = Sockets.sockAccept(listening);
        Network.connectAcceptedSocket(Upper::new, socket);
    }
    // @end
}
