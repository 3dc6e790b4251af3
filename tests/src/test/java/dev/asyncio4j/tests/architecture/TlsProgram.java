package dev.asyncio4j.tests.architecture;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.ConnectOptions;
import dev.asyncio4j.net.Connection;
import dev.asyncio4j.net.ServerOptions;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.net.TlsContext;
import dev.asyncio4j.net.TlsException;
import dev.asyncio4j.net.TlsProvider;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Prints whose engine encrypts what: a user's program, run in a process of its own, with the natives of BoringSSL or without
 * them, on the class path or beside the module path.
 */
public final class TlsProgram {

    private TlsProgram() {}

    public static void main(String[] files) throws IOException {
        var context = TlsContext.server(Path.of(files[0]), Path.of(files[1])).withTrust(Path.of(files[2]));
        Asyncio.run(() -> {
            for (var asked : new TlsProvider[] {TlsProvider.AUTO, TlsProvider.BORINGSSL}) {
                System.out.println(asked + ": " + taken(context.withProvider(asked)));
            }
        });
    }

    private static String taken(TlsContext context) throws IOException {
        try (var server = Streams.startServer(
                        (Connection _) -> {}, "127.0.0.1", 0, ServerOptions.DEFAULT.withTls(context));
                var connection = Streams.openConnection(
                        "127.0.0.1", server.sockets().getFirst().getPort(), ConnectOptions.DEFAULT.withTls(context))) {
            return connection.tlsInfo().orElseThrow().provider().name();
        } catch (TlsException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
