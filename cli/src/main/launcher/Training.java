import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.Connection;
import dev.asyncio4j.net.Streams;
import java.time.Duration;

// ./asyncio runs this program once after each build, and has the JDK keep the classes that were loaded for it. So it
// touches what most programs touch, and nothing else: what is kept is mapped at every start.

void main() throws Exception {
    haltWhenStuck();
    run(() -> {
        createTask(() -> IO.println("task")).await();
        gather(() -> sleep(Duration.ofMillis(1), 1), () -> toThread(() -> 2));
        TaskGroup.run(group -> {
            group.createTask(() -> sleep(Duration.ZERO));
            group.createTask(() -> sleep(Duration.ZERO));
        });
        try {
            timeout(Duration.ofMillis(1), () -> sleep(Duration.ofDays(1)));
        } catch (TimeoutException expected) {
            IO.println("timeout");
        }
        echo();
    });
}

void echo() throws Exception {
    try (var server = Streams.startServer(this::answer, "127.0.0.1", 0)) {
        var port = server.sockets().getFirst().getPort();
        try (var connection = Streams.openConnection("127.0.0.1", port)) {
            connection.write("hello\n".getBytes());
            IO.println(new String(connection.reader().readLine()));
        }
    }
}

void answer(Connection client) throws Exception {
    client.write(client.reader().readLine());
}

// A training that hangs would hang ./asyncio; one that fails only leaves later starts slower.
void haltWhenStuck() {
    Thread.ofPlatform().daemon().start(() -> {
        try {
            Thread.sleep(20_000);
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    });
}
