package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.text;

import dev.asyncio4j.Asyncio;
import java.io.IOException;

/**
 * A server whose clients bring errors of the JVM about: run by {@link FailingServerTest} in a process with little memory.
 * Prints its port; it answers a line with that line, unless the line names an error.
 */
final class FailingProgram {

    private FailingProgram() {}

    public static void main(String[] arguments) throws IOException {
        Asyncio.run(() -> {
            try (var server = Streams.startServer(FailingProgram::serve, Net.LOOPBACK, 0)) {
                System.out.println(Net.port(server));
                server.serveForever();
            }
        });
    }

    private static void serve(Connection connection) throws IOException {
        for (var line : connection.reader()) {
            failIfAsked(text(line).strip());
            connection.write(line);
        }
    }

    private static void failIfAsked(String wanted) {
        switch (wanted) {
            case "memory" -> fillMemory();
            case "stack" -> System.out.println(recurse(0));
            case "class" -> new Missing().use();
            default -> {
                // nothing asked for
            }
        }
    }

    /** Each array holds the one before. */
    private static void fillMemory() {
        var hoard = new Object[] {"the first"};
        while (hoard.length > 0) {
            var next = new Object[200_000];
            next[0] = hoard;
            hoard = next;
        }
    }

    private static int recurse(int depth) {
        return depth < 0 ? 0 : 1 + recurse(depth + 1);
    }

    private static final class Missing {
        static final int ALWAYS_FAILS = Integer.parseInt("no number");

        void use() {
            System.out.println(ALWAYS_FAILS);
        }
    }
}
