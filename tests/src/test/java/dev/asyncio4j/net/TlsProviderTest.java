package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.internal.KeysByName;
import dev.asyncio4j.net.internal.NettyTransport;
import dev.asyncio4j.net.internal.TlsEngines;
import dev.asyncio4j.tests.architecture.TlsProgram;
import io.netty.pkitesting.CertificateBuilder;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose engine encrypts (TLS-1): which one is taken, that both speak with each other, and what cannot be had. */
@Timeout(60)
class TlsProviderTest {
    private static final String PROPERTY = "asyncio4j.tls";
    private static final String NATIVES = "tcnative";

    @TempDir
    Path folder;

    private Pki pki;

    @BeforeEach
    void boringSslIsThere() {
        assumeThat(TlsEngines.whyNotBoringSsl(KeysByName.NONE)).isNull();
        pki = new Pki(folder);
    }

    @AfterEach
    void clearProperty() {
        System.clearProperty(PROPERTY);
    }

    private static void echo(Connection connection) throws IOException {
        for (var got = connection.reader().read(65_536);
                got.length > 0;
                got = connection.reader().read(65_536)) {
            connection.write(got);
        }
    }

    private static Server serve(ConnectionHandler handler, TlsContext ours) throws IOException {
        return Streams.startServer(handler, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withTls(ours));
    }

    private static Connection connect(Server server, TlsContext theirs) throws IOException {
        return Streams.openConnection(Net.LOOPBACK, Net.port(server), ConnectOptions.DEFAULT.withTls(theirs));
    }

    private TlsProvider taken(TlsContext ours) throws IOException {
        var seen = new ArrayList<TlsProvider>();
        Net.run(() -> {
            try (var server = serve(c -> seen.add(c.tlsInfo().orElseThrow().provider()), ours);
                    var connection = connect(server, pki.clientContext().withProvider(TlsProvider.JDK))) {
                assertThat(connection.reader().read(-1)).isEmpty();
            }
        });
        return seen.getFirst();
    }

    /* ---- the choice ---- */

    @Test
    void provider_nothingSaid_isBoringSslWhereItsNativesAreOnThePath() throws IOException {
        assertThat(taken(pki.serverContext(Pki.server(Net.LOOPBACK)))).isEqualTo(TlsProvider.BORINGSSL);
    }

    @ParameterizedTest
    @CsvSource({"jdk, JDK", "JDK, JDK", "boringssl, BORINGSSL", "auto, BORINGSSL", "' ', BORINGSSL"})
    void provider_propertySet_isWhatItNames(String property, TlsProvider provider) throws IOException {
        System.setProperty(PROPERTY, property);
        assertThat(taken(pki.serverContext(Pki.server(Net.LOOPBACK)))).isEqualTo(provider);
    }

    @ParameterizedTest
    @CsvSource({"JDK, boringssl", "BORINGSSL, jdk"})
    void provider_ofTheContext_outranksTheProperty(TlsProvider provider, String property) throws IOException {
        System.setProperty(PROPERTY, property);
        assertThat(taken(pki.serverContext(Pki.server(Net.LOOPBACK)).withProvider(provider)))
                .isEqualTo(provider);
    }

    @Test
    void provider_propertyNamesNone_isRefusedWithTheNamesThereAre() {
        System.setProperty(PROPERTY, "openssl");
        Net.run(() -> assertThatExceptionOfType(TlsException.class)
                .isThrownBy(() -> serve(TlsProviderTest::echo, pki.serverContext(Pki.server(Net.LOOPBACK))))
                .withMessage("-Dasyncio4j.tls=openssl names no provider of TLS; use jdk, boringssl or auto"));
    }

    @Test
    void provider_keyThatBoringSslDoesNotKnow_isTheJdkOrSaysSo() throws IOException {
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK).algorithm(CertificateBuilder.Algorithm.ed25519));
        assertThat(taken(ours)).isEqualTo(TlsProvider.JDK);
        Net.run(() -> assertThatExceptionOfType(TlsException.class)
                .isThrownBy(() -> serve(TlsProviderTest::echo, ours.withProvider(TlsProvider.BORINGSSL)))
                .withMessage("BoringSSL cannot be used: its keys are RSA or EC, and one of these is EdDSA;"
                        + " or use TlsProvider.JDK"));
    }

    @Test
    void provider_withoutNatives_isTheJdkOrSaysSo() throws Exception {
        var output = program(path -> !path.contains(NATIVES), "-cp");
        assertThat(output).first().isEqualTo("AUTO: JDK");
        assertThat(output.get(1))
                .startsWith(
                        "BORINGSSL: BoringSSL cannot be used: its natives, io.netty:netty-tcnative-boringssl-static")
                .endsWith("or use TlsProvider.JDK");
    }

    /** What a program on the class path gets, a program on the module path gets as well; it names the optional modules. */
    @Test
    void provider_onTheModulePath_isBoringSsl() throws Exception {
        var modules =
                "dev.asyncio4j.net,io.netty.tcnative.classes.openssl,io.netty.internal.tcnative.openssl.linux.x86_64";
        assumeThat(System.getProperty("os.name") + System.getProperty("os.arch"))
                .isEqualTo("Linuxamd64");
        Predicate<String> program = path -> path.contains("test-classes");
        var classes = entries(program);
        var output = program(
                program.negate().and(TlsProviderTest::isOurs),
                "-cp",
                classes,
                "--add-modules",
                modules,
                "--enable-native-access=io.netty.common,io.netty.transport.unix.common,io.netty.tcnative.classes.openssl",
                "--add-opens=java.base/java.lang=dev.asyncio4j",
                "-p");
        assertThat(output).containsExactly("AUTO: BORINGSSL", "BORINGSSL: BORINGSSL");
    }

    private static boolean isOurs(String path) {
        var name = Path.of(path).getFileName().toString();
        return (name.startsWith("netty-") && !name.contains("pkitesting"))
                || path.contains("/core/")
                || path.contains("/net/");
    }

    private static String entries(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private List<String> program(Predicate<String> path, String... options) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .toList());
        command.addAll(Arrays.asList(options));
        command.add(entries(path));
        var bundle = pki.sign(Pki.server(Net.LOOPBACK));
        command.addAll(List.of(
                TlsProgram.class.getName(),
                pki.chain(bundle).toString(),
                pki.key(bundle).toString(),
                pki.authorityFile().toString()));
        var output = folder.resolve("output");
        var process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try {
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    /* ---- with each other ---- */

    @ParameterizedTest
    @CsvSource({"JDK, BORINGSSL", "BORINGSSL, JDK"})
    void connections_betweenTheTwo_agreeAndCarryMuch(TlsProvider ours, TlsProvider theirs) throws IOException {
        var sent = new byte[3_000_000];
        new Random(2).nextBytes(sent);
        var client = pki.sign(Pki.client());
        var serving = pki.serverContext(Pki.server("localhost", Net.LOOPBACK))
                .withProvider(ours)
                .withTrust(pki.authorityFile())
                .withRequiredClientCertificate()
                .withApplicationProtocols("echo/2", "echo/1");
        var connecting = pki.clientContext()
                .withProvider(theirs)
                .withCertificate(pki.chain(client), pki.key(client))
                .withApplicationProtocols("echo/1", "echo/2");
        Net.run(NettyTransport.NIO, () -> {
            try (var server = serve(TlsProviderTest::echo, serving);
                    var connection = connect(server, connecting)) {
                var info = connection.tlsInfo().orElseThrow();
                assertThat(info.provider()).isEqualTo(theirs);
                assertThat(info.protocol()).isEqualTo("TLSv1.3");
                assertThat(info.applicationProtocol()).isEqualTo("echo/2"); // the server's preference
                var writing = Asyncio.createTask(() -> connection.write(sent));
                assertThat(Arrays.equals(connection.reader().readExactly(sent.length), sent))
                        .isTrue();
                writing.await();
            }
        });
    }

    /** A session that is resumed asks no trust manager; the name is checked all the same, by the certificate it began with. */
    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Pki#providers")
    void openConnection_again_resumesTheSession(TlsProvider provider) throws IOException {
        var asked = new AtomicInteger();
        var ours = pki.serverContext(Pki.server(Net.LOOPBACK)).withProvider(provider);
        var theirs = TlsContext.DEFAULT.withProvider(provider).withTrust(new Pki.Deciding(asked::incrementAndGet));
        Net.run(() -> {
            try (var server = serve(connection -> connection.write(bytes("welcome")), ours)) {
                for (var round = 0; round < 5; round++) {
                    try (var connection = connect(server, theirs)) {
                        assertThat(connection.reader().read(-1)).hasSize(7);
                        assertThat(connection.tlsInfo().orElseThrow().peerCertificates())
                                .isNotEmpty();
                    }
                }
            }
        });
        assertThat(asked).hasValue(1);
    }

    /** TLS 1.2 lets servers ask for another handshake, and Netty's engine would let them once. */
    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Pki#providers")
    void read_serverWantsAnotherHandshake_isRefused(TlsProvider provider) throws Exception {
        var store = pki.sign(Pki.server(Net.LOOPBACK));
        var theirs = pki.clientContext().withProvider(provider);
        try (var server = TlsPeer.Listening.open(store)) {
            Net.run(() -> {
                var serving =
                        Asyncio.getRunningLoop().runInExecutor(null, () -> server.askForAnotherHandshake("TLSv1.2"));
                try (var connection =
                        Streams.openConnection(Net.LOOPBACK, server.port(), ConnectOptions.DEFAULT.withTls(theirs))) {
                    assertThat(connection.tlsInfo().orElseThrow().protocol()).isEqualTo("TLSv1.2");
                    assertThat(connection.reader().readExactly(1)).hasSize(1);
                    assertThatExceptionOfType(IOException.class)
                            .isThrownBy(() -> connection.reader().readExactly(1));
                }
                assertThat(serving.await()).isFalse();
            });
        }
    }
}
