package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;

import dev.asyncio4j.Asyncio;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * A server with many idle clients: run by {@link IdleConnectionsTest} in a process of its own. Prints its port.
 *
 * <p>It answers each line with a line: how many clients it has, and how many bytes of heap are in use.
 */
final class IdleProgram {
    private int clients;

    private IdleProgram() {}

    public static void main(String[] arguments) throws IOException {
        new IdleProgram().run();
    }

    private void run() throws IOException {
        Asyncio.run(() -> {
            try (var server =
                    Streams.startServer(this::serve, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withBacklog(1000))) {
                System.out.println(Net.port(server));
                server.serveForever();
            }
        });
    }

    private void serve(Connection connection) throws IOException {
        clients++;
        try {
            for (var line : connection.reader()) {
                connection.write(bytes(text(line).strip() + " " + clients + " " + usedHeap() + "\n"));
            }
        } finally {
            clients--;
        }
    }

    /** With the garbage out of the way. */
    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
