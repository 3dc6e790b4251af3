package dev.asyncio4j.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.DatagramOptions;
import dev.asyncio4j.net.DatagramProtocol;
import dev.asyncio4j.net.DatagramTransport;
import dev.asyncio4j.net.Datagrams;
import dev.asyncio4j.net.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class DatagramTest {

    @Test
    void datagrams() throws IOException {
        assertThat(Asyncio.run(DatagramTest::ask)).isEqualTo("hello!");
    }

    // @start region="datagrams"
    static String ask() throws IOException {
        try (var server = Datagrams.bind("127.0.0.1", 0);
                var client = Datagrams.connect("127.0.0.1", port(server.localAddress()))) {
            client.send("hello".getBytes(UTF_8));

            var question = server.receive();
            var answer = new String(question.data(), UTF_8) + "!";
            server.send(answer.getBytes(UTF_8), question.sender());

            return new String(client.receive().data(), UTF_8);
        }
    }
    // @end

    private static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    @Test
    void protocol() throws IOException {
        Asyncio.run(() -> {
            var endpoint =
                    Network.createDatagramEndpoint(Echo::new, DatagramOptions.DEFAULT.withLocalAddress("127.0.0.1", 0));
            var address = (InetSocketAddress)
                    endpoint.transport().getExtraInfo("sockname").orElseThrow();
            try (var client = Datagrams.connect("127.0.0.1", address.getPort())) {
                client.send("hello".getBytes(UTF_8));
                assertThat(client.receive().data()).asString(UTF_8).isEqualTo("hello");
            }
            endpoint.transport().close();
        });
    }

    // @start region="datagram-protocol"
    static final class Echo implements DatagramProtocol {
        private DatagramTransport transport;

        @Override
        public void connectionMade(DatagramTransport made) {
            transport = made;
        }

        @Override
        public void datagramReceived(byte[] data, SocketAddress sender) {
            transport.sendTo(data, sender);
        }
    }
    // @end
}
