package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.timeout;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.Connection;
import dev.asyncio4j.net.Server;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.sync.Event;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SignalTest {
    private Server listening;
    private int answered;

    private void answer(Connection client) throws IOException {
        client.reader().readLine();
        sleep(Duration.ofMillis(50));
        client.write("done\n".getBytes(UTF_8));
        answered++;
    }

    @Test
    void signal_whileARequestIsServed_letsItEnd() throws IOException {
        Asyncio.run(() -> {
            var serving = createTask(this::serve);
            while (listening == null) {
                sleep(Duration.ZERO);
            }
            var port = listening.sockets().getFirst().getPort();
            try (var client = Streams.openConnection("127.0.0.1", port)) {
                client.write("work\n".getBytes(UTF_8));
                sleep(Duration.ofMillis(10));
                new ProcessBuilder(
                                "kill",
                                "-TERM",
                                Long.toString(ProcessHandle.current().pid()))
                        .start();
                assertThat(client.reader().readLine()).asString(UTF_8).isEqualTo("done\n");
            }
            serving.await();
        });
        assertThat(answered).isEqualTo(1);
    }

    // @start region="signal"
    void serve() throws IOException {
        var asked = new Event();
        getRunningLoop().addSignalHandler("TERM", asked::set);
        var server = Streams.startServer(this::answer, "127.0.0.1", 0);
        listening = server;
        try (server) {
            asked.await();
        }
        // takes no more connections, and lets those end that are there
        timeout(Duration.ofSeconds(10), server::waitClosed);
    }
    // @end
}
