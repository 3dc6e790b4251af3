package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.ExceptionContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * A server for a process with too few descriptors: run by {@link StarvationTest} in a process of its own. Prints its port.
 *
 * <p>It answers each line with a line: how many failures it has reported, and how many milliseconds of processor time the
 * process has used.
 */
final class StarvedProgram {
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private int reports;

    private StarvedProgram() {}

    public static void main(String[] arguments) throws IOException {
        new StarvedProgram().run();
    }

    private void run() throws IOException {
        Asyncio.run(() -> {
            Asyncio.getRunningLoop().setExceptionHandler((_, context) -> count(context));
            count(ExceptionContext.of("so that it is loaded").with(ExceptionContext.EXCEPTION, new IOException("")));
            try (var server =
                    Streams.startServer(this::answer, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withBacklog(1000))) {
                rehearse(server);
                System.out.println(Net.port(server));
                server.serveForever();
            }
        });
    }

    private void count(ExceptionContext context) {
        reports += context.exception().isPresent() ? 1 : 0;
    }

    private void answer(Connection connection) throws IOException {
        for (var line : connection.reader()) {
            connection.write(bytes(text(line).strip() + " " + (reports - 1) + " " + cpuMillis() + "\n"));
        }
    }

    private static long cpuMillis() {
        return TimeUnit.NANOSECONDS.toMillis(SYSTEM.getProcessCpuTime());
    }

    /** Loads what a connection needs: classes in folders cannot be loaded without a descriptor. */
    private static void rehearse(Server server) throws IOException {
        try (var connection = Net.connect(server)) {
            connection.write(bytes("rehearsal\n"));
            connection.reader().readLine();
        }
    }
}
