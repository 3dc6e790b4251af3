package dev.asyncio4j.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.Network;
import dev.asyncio4j.net.Protocol;
import dev.asyncio4j.net.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProtocolTest {

    @Test
    void echoProtocol() throws IOException {
        Asyncio.run(ProtocolTest::exchange);
    }

    // @start region="echo-protocol"
    static final class Echo implements Protocol {
        private Transport transport;

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }

        @Override
        public void dataReceived(byte[] bytes) {
            transport.write(bytes);
        }
    }

    static final class Greeter implements Protocol {
        final Future<byte[]> answer = Asyncio.getRunningLoop().createFuture("the answer");

        @Override
        public void connectionMade(Transport transport) {
            transport.write("hello".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void dataReceived(byte[] bytes) {
            answer.setResult(bytes);
        }
    }

    static void exchange() throws IOException {
        try (var server = Network.createServer(Echo::new, "127.0.0.1", 0)) {
            var port = server.sockets().getFirst().getPort();
            var connection = Network.createConnection(Greeter::new, "127.0.0.1", port);
            var answer = connection.protocol().answer.await();
            connection.transport().close();
            assertThat(answer).asString().isEqualTo("hello");
        }
    }
    // @end
}
