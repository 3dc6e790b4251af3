package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;

import dev.asyncio4j.Asyncio;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A server that says a byte to whoever connects, and closes: run by {@link ConnectionChurnTest} in a process of its own. With
 * a certificate and its key as arguments it speaks TLS. Prints its port, and answers each line of its standard input with a
 * line of figures.
 */
final class ChurnProgram {
    private static final byte[] GREETING = {1};

    private long served; // loop thread only

    private ChurnProgram() {}

    public static void main(String[] certificate) throws IOException {
        new ChurnProgram()
                .run(
                        certificate.length == 0
                                ? ServerOptions.DEFAULT
                                : ServerOptions.DEFAULT.withTls(
                                        TlsContext.server(Path.of(certificate[0]), Path.of(certificate[1]))
                                                .withProvider(TlsProvider.valueOf(certificate[2]))));
    }

    private void run(ServerOptions options) throws IOException {
        Asyncio.run(() -> {
            try (var server = Streams.startServer(this::serve, Net.LOOPBACK, 0, options.withBacklog(1000));
                    var control = Streams.startServer(this::tell, Net.LOOPBACK, 0)) {
                System.out.println(Net.port(server) + " " + Net.port(control));
                server.serveForever();
            }
        });
    }

    private void serve(Connection connection) throws IOException {
        served++;
        connection.write(GREETING);
    }

    /** Tells how many were served, and what is in use: bytes of heap, of resident memory, descriptors, tasks. */
    private void tell(Connection connection) throws IOException {
        for (var _ : connection.reader()) {
            connection.write(bytes(served + " " + usedHeap() + " " + residentBytes() + " " + descriptors() + " "
                    + Asyncio.allTasks().size() + "\n"));
        }
    }

    /** With the garbage out of the way. */
    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("this system does not tell how much memory is resident");
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
