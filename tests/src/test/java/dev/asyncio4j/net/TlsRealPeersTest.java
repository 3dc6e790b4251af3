package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encryption with those whom others wrote: OpenSSL, curl, and CPython's asyncio. */
@Timeout(90)
@EachTlsProvider
class TlsRealPeersTest {

    @Parameter
    TlsProvider provider = TlsProvider.AUTO; // until JUnit has set it

    @TempDir
    Path folder;

    private Pki pki;
    private String authority;
    private X509Bundle certificate;

    @BeforeEach
    void makeCertificates() {
        pki = new Pki(folder, provider);
        authority = pki.authorityFile().toString();
        certificate = pki.sign(Pki.server(Net.LOOPBACK));
    }

    private TlsContext ours() {
        return pki.serverContext(pki.chain(certificate), pki.key(certificate)).withApplicationProtocols("echo/1");
    }

    private TlsContext theirs() {
        return pki.clientContext().withApplicationProtocols("echo/1");
    }

    /** A farewell that does not come makes a test fail by its time limit. */
    private static TlsOptions patient(TlsContext context) {
        return TlsOptions.of(context).withShutdownTimeout(Duration.ofHours(1));
    }

    private Server serve(ConnectionHandler handler, TlsContext context) throws IOException {
        return Streams.startServer(handler, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withTls(patient(context)));
    }

    private static void echo(Connection connection) throws IOException {
        for (var got = connection.reader().read(65_536);
                got.length > 0;
                got = connection.reader().read(65_536)) {
            connection.write(got);
        }
    }

    private static void echoLine(Connection connection) throws IOException {
        connection.write(connection.reader().readLine());
        connection.close();
        connection.writer().waitClosed();
    }

    /* ---- OpenSSL ---- */

    @ParameterizedTest
    @CsvSource({"-tls1_3, TLSv1.3", "-tls1_2, TLSv1.2"})
    void server_opensslClient_verifiesAndGetsItsLineBack(String flag, String version) throws IOException {
        RealProgram.require("openssl");
        Net.run(() -> {
            var seen = Asyncio.getRunningLoop().<TlsInfo>createFuture();
            try (var server = serve(
                    connection -> {
                        seen.setResult(connection.tlsInfo().orElseThrow());
                        echoLine(connection);
                    },
                    ours())) {
                var outcome = openssl(server, "hello, openssl\n", flag, "-alpn", "other,echo/1")
                        .await();
                assertThat(outcome.output()).contains("hello, openssl");
                assertThat(outcome.exitCode()).isZero();
                assertThat(seen.await().protocol()).isEqualTo(version);
                assertThat(seen.await().applicationProtocol()).isEqualTo("echo/1");
            }
        });
    }

    private Future<RealProgram.Outcome> openssl(Server server, String input, String... more) {
        var command = new ArrayList<>(Arrays.asList(
                "openssl",
                "s_client",
                "-connect",
                Net.LOOPBACK + ":" + Net.port(server),
                "-CAfile",
                authority,
                "-verify_return_error",
                "-verify_ip",
                Net.LOOPBACK,
                "-quiet"));
        command.addAll(Arrays.asList(more));
        return RealProgram.run(input, command.toArray(String[]::new));
    }

    @Test
    void server_opensslClientWithItsCertificate_isKnownByIt() throws IOException {
        RealProgram.require("openssl");
        var client = pki.sign(Pki.client());
        Net.run(() -> {
            var context = ours().withTrust(pki.authorityFile()).withRequiredClientCertificate();
            var seen = Asyncio.getRunningLoop().<TlsInfo>createFuture();
            try (var server = serve(
                    connection -> {
                        seen.setResult(connection.tlsInfo().orElseThrow());
                        echoLine(connection);
                    },
                    context)) {
                var without = openssl(server, "no one\n", "-tls1_2").await();
                assertThat(without.exitCode()).isNotZero();
                assertThat(seen.done()).isFalse();
                var outcome = openssl(
                                server,
                                "it is me\n",
                                "-cert",
                                pki.chain(client).toString(),
                                "-key",
                                pki.key(client).toString())
                        .await();
                assertThat(outcome.output()).contains("it is me");
                assertThat(seen.await().peerCertificates().getFirst()).isEqualTo(client.getCertificate());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"-tls1_3, TLSv1.3", "-tls1_2, TLSv1.2"})
    void client_opensslServer_isVerifiedAndAnswers(String flag, String version) throws IOException {
        RealProgram.require("openssl");
        Net.run(() -> {
            try (var openssl = RealProgram.start(
                    "openssl",
                    "s_server",
                    "-accept",
                    Net.LOOPBACK + ":0",
                    "-cert",
                    pki.chain(certificate).toString(),
                    "-key",
                    pki.key(certificate).toString(),
                    "-alpn",
                    "echo/1",
                    "-rev",
                    flag)) {
                var where = openssl.lineAfter("ACCEPT ").await();
                var port = Integer.parseInt(where.replaceFirst(".*:(\\d+).*", "$1"));
                for (var round = 0; round < 2; round++) {
                    try (var connection = Streams.openConnection(
                            Net.LOOPBACK, port, ConnectOptions.DEFAULT.withTls(patient(theirs())))) {
                        connection.write(bytes("hello\n"));
                        assertThat(text(connection.reader().readLine())).isEqualTo("olleh\n");
                        var info = connection.tlsInfo().orElseThrow();
                        assertThat(info.protocol()).isEqualTo(version);
                        assertThat(info.applicationProtocol()).isEqualTo("echo/1");
                    }
                }
                var options = TlsOptions.of(theirs()).withServerHostname("other.test");
                assertThatExceptionOfType(TlsException.class)
                        .isThrownBy(() ->
                                Streams.openConnection(Net.LOOPBACK, port, ConnectOptions.DEFAULT.withTls(options)))
                        .withMessageContaining("not for other.test");
            }
        });
    }

    /* ---- curl ---- */

    @Test
    void server_curl_fetchesAPageAndRefusesStrangers() throws IOException {
        RealProgram.require("curl");
        Net.run(() -> {
            try (var server = serve(TlsRealPeersTest::page, ours())) {
                var url = "https://" + Net.LOOPBACK + ":" + Net.port(server) + "/";
                var outcome = RealProgram.run(
                                "", "curl", "-sS", "-m", "30", "--noproxy", "*", "--cacert", authority, url)
                        .await();
                assertThat(outcome).isEqualTo(new RealProgram.Outcome(0, "a page of 500000 bytes\n"));
                var stranger =
                        new Pki(folder, provider, "a stranger").authorityFile().toString();
                var refused = RealProgram.run(
                                "", "curl", "-sS", "-m", "30", "--noproxy", "*", "--cacert", stranger, url)
                        .await();
                assertThat(refused.exitCode()).isEqualTo(60); // what it says of peers it cannot authenticate
            }
        });
    }

    private static void page(Connection connection) throws IOException {
        while (connection.reader().readLine().length > 2) {
            // the lines of the request
        }
        var body = "a page of 500000 bytes\n";
        connection.write(
                bytes("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body));
    }

    /* ---- CPython ---- */

    private static final String PYTHON_CLIENT = """
            import asyncio, ssl, sys

            async def main():
                context = ssl.create_default_context(cafile=sys.argv[2])
                context.set_alpn_protocols(["echo/1"])
                reader, writer = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]), ssl=context)
                sent = bytes(range(256)) * 8000
                writer.write(sent)
                got = await reader.readexactly(len(sent))
                tls = writer.get_extra_info("ssl_object")
                print(got == sent, tls.version(), tls.selected_alpn_protocol())
                writer.close()
                await writer.wait_closed()

            asyncio.run(main())
            """;

    @Test
    void server_cpythonsAsyncio_sendsTwoMebibytesAndGetsThemBack() throws IOException {
        RealProgram.require("python3");
        Net.run(() -> {
            try (var server = serve(TlsRealPeersTest::echo, ours())) {
                var outcome = python(PYTHON_CLIENT, Net.port(server), authority).await();
                assertThat(outcome).isEqualTo(new RealProgram.Outcome(0, "True TLSv1.3 echo/1\n"));
            }
        });
    }

    private static Future<RealProgram.Outcome> python(String script, int port, String argument) {
        return RealProgram.run("", "python3", "-c", script, String.valueOf(port), argument);
    }

    private static final String PYTHON_START_TLS = """
            import asyncio, ssl, sys

            async def main():
                context = ssl.create_default_context(cafile=sys.argv[2])
                reader, writer = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]))
                writer.write(b"STARTTLS\\n")
                print(await reader.readline())
                if not hasattr(writer, "start_tls"):
                    print("this Python is older than 3.11")
                    return
                await writer.start_tls(context, server_hostname="127.0.0.1")
                writer.write(b"secret\\n")
                print(await reader.readline())
                writer.close()
                await writer.wait_closed()

            asyncio.run(main())
            """;

    @Test
    void startTls_cpythonsAsyncio_goesOnEncrypted() throws IOException {
        RealProgram.require("python3");
        Net.run(() -> {
            ConnectionHandler upgrading = connection -> {
                assertThat(text(connection.reader().readLine())).isEqualTo("STARTTLS\n");
                connection.write(bytes("OK\n"));
                connection.startTls(patient(ours()));
                echo(connection);
            };
            try (var server = Streams.startServer(upgrading, Net.LOOPBACK, 0)) {
                var outcome =
                        python(PYTHON_START_TLS, Net.port(server), authority).await();
                Assumptions.assumeFalse(outcome.output().contains("older"), "this Python is older than 3.11");
                assertThat(outcome).isEqualTo(new RealProgram.Outcome(0, "b'OK\\n'\nb'secret\\n'\n"));
            }
        });
    }

    private static final String PYTHON_SERVER = """
            import asyncio, ssl, sys

            async def echo(reader, writer):
                while data := await reader.read(65536):
                    writer.write(data)
                    await writer.drain()
                writer.close()

            async def main():
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(sys.argv[1], sys.argv[2])
                context.set_alpn_protocols(["echo/1"])
                server = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=context)
                print("port", server.sockets[0].getsockname()[1], flush=True)
                await asyncio.sleep(80)

            asyncio.run(main())
            """;

    @Test
    void client_cpythonsAsyncio_echoesTwoMebibytes() throws IOException {
        RealProgram.require("python3");
        Net.run(() -> {
            try (var python = RealProgram.start(
                    "python3",
                    "-c",
                    PYTHON_SERVER,
                    pki.chain(certificate).toString(),
                    pki.key(certificate).toString())) {
                var port = Integer.parseInt(python.lineAfter("port ").await());
                try (var connection =
                        Streams.openConnection(Net.LOOPBACK, port, ConnectOptions.DEFAULT.withTls(patient(theirs())))) {
                    var sent = new byte[2 * 1024 * 1024];
                    Arrays.fill(sent, (byte) 7);
                    var writing = Asyncio.createTask(() -> connection.write(sent));
                    assertThat(connection.reader().readExactly(sent.length)).isEqualTo(sent);
                    writing.await();
                    assertThat(connection.tlsInfo().orElseThrow().applicationProtocol())
                            .isEqualTo("echo/1");
                }
            }
        });
    }
}
