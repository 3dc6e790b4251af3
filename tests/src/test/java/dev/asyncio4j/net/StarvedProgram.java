package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.ExceptionContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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

    /** With a certificate, its key and a provider as arguments it speaks TLS. */
    public static void main(String[] certificate) throws IOException {
        if (certificate.length == 0) {
            new StarvedProgram().run(ServerOptions.DEFAULT, ConnectOptions.DEFAULT);
            return;
        }
        var ours = TlsContext.server(Path.of(certificate[0]), Path.of(certificate[1]))
                .withProvider(TlsProvider.valueOf(certificate[2]));
        new StarvedProgram()
                .run(
                        ServerOptions.DEFAULT.withTls(ours),
                        ConnectOptions.DEFAULT.withTls(ours.withTrust(new Pki.TrustsAll())));
    }

    private void run(ServerOptions options, ConnectOptions rehearsing) throws IOException {
        Asyncio.run(() -> {
            Asyncio.getRunningLoop().setExceptionHandler((_, context) -> count(context));
            count(ExceptionContext.of("so that it is loaded").with(ExceptionContext.EXCEPTION, new IOException("")));
            try (var server = Streams.startServer(this::answer, Net.LOOPBACK, 0, options.withBacklog(1000))) {
                rehearse(server, rehearsing);
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
    private static void rehearse(Server server, ConnectOptions options) throws IOException {
        try (var connection = Streams.openConnection(Net.LOOPBACK, Net.port(server), options)) {
            connection.write(bytes("rehearsal\n"));
            connection.reader().readLine();
        }
    }
}
