import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.net.*;
import dev.asyncio4j.process.*;

// An encrypted echo: a server with a certificate, a client that trusts it, and one that does not. The JDK's keytool makes
// the certificate, for a day; a real server has one from an authority, in two PEM files: TlsContext.server(chain, key).
//
//     ./asyncio run examples/TlsEcho.java

static final char[] PASSWORD = "changeit".toCharArray();

void main() throws Exception {
    run(() -> timeout(Duration.ofSeconds(60), () -> echoInSecret()));
}

// @start region="tls"
void echoInSecret() throws Exception {
    var certificate = newCertificate();
    var ours = TlsContext.DEFAULT.withCertificate(certificate, PASSWORD).withApplicationProtocols("echo/1");
    try (var server = Streams.startServer(this::echo, "127.0.0.1", 0, ServerOptions.DEFAULT.withTls(ours))) {
        var port = server.sockets().getFirst().getPort();
        var trusting = TlsContext.DEFAULT.withTrust(certificate).withApplicationProtocols("echo/1");
        IO.println(whisper(port, trusting));
        try {
            IO.println(whisper(port, TlsContext.DEFAULT));
        } catch (TlsException refused) {
            IO.println("refused, since no authority that the system knows has signed it");
        }
    }
}

String whisper(int port, TlsContext context) throws IOException {
    try (var connection = Streams.openConnection("127.0.0.1", port, ConnectOptions.DEFAULT.withTls(context))) {
        var agreed = connection.tlsInfo().orElseThrow();
        connection.write("psst\n".getBytes());
        var answer = new String(connection.reader().readLine()).strip();
        return answer + ", by " + agreed.protocol() + " and " + agreed.applicationProtocol();
    }
}

void echo(Connection client) throws IOException {
    for (byte[] line : client.reader()) {
        client.write(line);
    }
}
// @end

KeyStore newCertificate() throws Exception {
    var folder = toThread(() -> Files.createTempDirectory("tls-echo"));
    var file = folder.resolve("store.p12");
    try {
        var command = "-genkeypair -keyalg EC -dname CN=echo -ext san=ip:127.0.0.1 -validity 1 -storepass changeit";
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool") + ""));
        words.addAll(List.of(command.split(" ")));
        words.addAll(List.of("-keystore", file + ""));
        var options = SubprocessOptions.DEFAULT.withStdout(Stdio.DEVNULL).withStderr(Stdio.DEVNULL);
        try (var keytool = Subprocesses.createSubprocessExec(words, options)) {
            if (keytool.await() != 0) {
                throw new IOException("keytool could not make a certificate");
            }
        }
        return toThread(() -> KeyStore.getInstance(file.toFile(), PASSWORD));
    } finally {
        toThread(() -> {
            Files.deleteIfExists(file);
            Files.delete(folder);
        });
    }
}
