package dev.asyncio4j.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.Sockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class SocketsTest {

    @Test
    void sockets() throws IOException {
        assertThat(Asyncio.run(SocketsTest::ask)).isEqualTo("hello!");
    }

    // @start region="sockets"
    static String ask() throws IOException {
        try (var listening = ServerSocketChannel.open();
                var client = SocketChannel.open()) {
            listening.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
            client.configureBlocking(false);

            var serving = Asyncio.createTask(() -> answer(listening));
            Sockets.sockConnect(client, listening.getLocalAddress());
            Sockets.sockSendAll(client, "hello".getBytes(UTF_8));
            serving.await();
            return new String(Sockets.sockRecv(client, 100), UTF_8);
        }
    }

    static void answer(ServerSocketChannel listening) throws IOException {
        try (var connection = Sockets.sockAccept(listening)) {
            var question = new String(Sockets.sockRecv(connection, 100), UTF_8);
            Sockets.sockSendAll(connection, (question + "!").getBytes(UTF_8));
        }
    }
    // @end
}
