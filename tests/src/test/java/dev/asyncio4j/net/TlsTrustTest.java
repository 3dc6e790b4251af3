package dev.asyncio4j.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.internal.NettyTransport;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which certificates are accepted, whoever decides on trust (TLS-2, TLS-6). That a plain trust manager switched the check of
 * names off was CVE-2026-50010 of Netty.
 */
@Timeout(60)
@EachTlsProvider
class TlsTrustTest {
    private static final String HOST = "www.example.test";

    @Parameter
    TlsProvider provider = TlsProvider.AUTO; // until JUnit has set it

    @TempDir
    Path folder;

    /** Who decides whom to trust. */
    enum Decider {
        AUTHORITY_FILE(true) {
            @Override
            TlsContext context(Pki pki) {
                return pki.clientContext();
            }
        },
        PLAIN(true) {
            @Override
            TlsContext context(Pki pki) {
                return pki.systemContext().withTrust(new Pki.Plain(pki.trustManager()));
            }
        },
        EXTENDED(true) {
            @Override
            TlsContext context(Pki pki) {
                return pki.systemContext().withTrust(new Pki.Extended(pki.trustManager()));
            }
        },
        TRUSTS_ALL(false) {
            @Override
            TlsContext context(Pki pki) {
                return pki.systemContext().withTrust(new Pki.TrustsAll());
            }
        },
        EXTENDED_TRUSTS_ALL(false) {
            @Override
            TlsContext context(Pki pki) {
                return pki.systemContext().withTrust(new Pki.Extended(new Pki.TrustsAll()));
            }
        };

        private final boolean looksAtPaths;

        Decider(boolean looksAtPaths) {
            this.looksAtPaths = looksAtPaths;
        }

        abstract TlsContext context(Pki pki);

        boolean refuses(Fault fault) {
            return fault == Fault.NAME || (fault == Fault.PATH && looksAtPaths);
        }
    }

    enum Fault {
        NONE,
        NAME,
        PATH
    }

    private record Case(String label, Fault fault, String host, TlsContext server) {}

    private List<Case> cases(Pki pki) {
        var cases = new ArrayList<Case>();
        names(pki, cases);
        paths(pki, cases);
        return cases;
    }

    private static void names(Pki pki, List<Case> cases) {
        name(cases, pki, Fault.NONE, HOST, HOST);
        name(cases, pki, Fault.NONE, HOST, "other.test", "WWW.Example.Test");
        name(cases, pki, Fault.NONE, HOST, "*.example.test");
        name(cases, pki, Fault.NONE, "127.0.0.1", "127.0.0.1");
        name(cases, pki, Fault.NONE, "::1", "::1");
        name(cases, pki, Fault.NONE, "b\u00fccher.example", "xn--bcher-kva.example");
        name(cases, pki, Fault.NAME, HOST); // no name at all
        name(cases, pki, Fault.NAME, HOST, "other.test");
        name(cases, pki, Fault.NAME, HOST, "example.test");
        name(cases, pki, Fault.NAME, HOST, "www.example.test.evil.test");
        name(cases, pki, Fault.NAME, HOST, "*.test");
        name(cases, pki, Fault.NAME, HOST, "*");
        name(cases, pki, Fault.NAME, HOST, "*.*.test");
        name(cases, pki, Fault.NAME, HOST, "www.*.test");
        name(cases, pki, Fault.NAME, HOST, "w*.example.test");
        name(cases, pki, Fault.NAME, HOST, "*w.example.test");
        name(cases, pki, Fault.NAME, "example.test", "*.example.test");
        name(cases, pki, Fault.NAME, "a.b.example.test", "*.example.test");
        name(cases, pki, Fault.NAME, "www.test", "*.test");
        name(cases, pki, Fault.NAME, "127.0.0.1", "*.0.0.1");
        name(cases, pki, Fault.NAME, "127.0.0.1", "127.0.0.2", "localhost");
        name(cases, pki, Fault.NAME, "::1", "::2", "127.0.0.1");
        name(cases, pki, Fault.NAME, HOST, "127.0.0.1");
        var addressAsName = Pki.dnsNamed(Pki.base("CN=127.0.0.1").addExtendedKeyUsageServerAuth(), "127.0.0.1");
        cases.add(new Case("an address as a name", Fault.NAME, "127.0.0.1", pki.serverContext(addressAsName)));
        var onlyCommonName = Pki.base("CN=" + HOST).addExtendedKeyUsageServerAuth();
        cases.add(new Case("a common name alone", Fault.NAME, HOST, pki.serverContext(onlyCommonName)));
        var otherNames = Pki.named(Pki.base("CN=" + HOST).addExtendedKeyUsageServerAuth(), "other.test");
        cases.add(new Case("a common name beside names", Fault.NAME, HOST, pki.serverContext(otherNames)));
    }

    private static void name(List<Case> cases, Pki pki, Fault fault, String host, String... names) {
        cases.add(
                new Case(String.join(",", names) + " for " + host, fault, host, pki.serverContext(Pki.server(names))));
    }

    private void paths(Pki pki, List<Case> cases) {
        path(cases, Fault.PATH, "expired", pki.serverContext(Pki.expired(HOST)));
        path(cases, Fault.PATH, "not yet valid", pki.serverContext(Pki.notYetValid(HOST)));
        path(cases, Fault.PATH, "for clients only", pki.serverContext(Pki.named(Pki.client(), HOST)));
        path(
                cases,
                Fault.PATH,
                "a stranger's",
                new Pki(folder, provider, "a stranger").serverContext(Pki.server(HOST)));
        path(cases, Fault.PATH, "of the same name", new Pki(folder, provider).serverContext(Pki.server(HOST)));
        path(
                cases,
                Fault.PATH,
                "its own",
                presented(pki, Pki.selfSigned(Pki.server(HOST).setIsCertificateAuthority(true))));
        var middle = pki.sign(Pki.authority("in between"));
        var below = Pki.sign(Pki.server(HOST), middle);
        path(cases, Fault.NONE, "with the one in between", presented(pki, below));
        path(cases, Fault.PATH, "without", pki.serverContext(pki.pem(below.getCertificatePEM()), pki.key(below)));
        path(cases, Fault.PATH, "signed by no authority", signedByNoAuthority(pki));
        var last = pki.sign(Pki.authority("the last").setPathLengthConstraint(OptionalInt.of(0)));
        var tooLow = Pki.sign(Pki.authority("too low"), last);
        path(cases, Fault.PATH, "a path too long", presented(pki, Pki.sign(Pki.server(HOST), tooLow)));
        var expired = pki.sign(Pki.ended(Pki.authority("expired")));
        path(cases, Fault.PATH, "expired in between", presented(pki, Pki.sign(Pki.server(HOST), expired)));
    }

    private static void path(List<Case> cases, Fault fault, String label, TlsContext server) {
        cases.add(new Case(label, fault, HOST, server));
    }

    private static TlsContext presented(Pki pki, X509Bundle bundle) {
        return pki.serverContext(pki.chain(bundle), pki.key(bundle));
    }

    /** The one in between has the same key in another certificate, which says it may not sign: that one is presented. */
    private static TlsContext signedByNoAuthority(Pki pki) {
        var may = pki.sign(Pki.authority("in between"));
        var mayNot = pki.sign(Pki.base("CN=in between").keyPair(may.getKeyPair()));
        var below = Pki.sign(Pki.server(HOST), may);
        return pki.serverContext(pki.pem(below.getCertificatePEM(), mayNot.getCertificatePEM()), pki.key(below));
    }

    @ParameterizedTest
    @EnumSource
    void openConnection_goodAndBadCertificates_acceptsTheGoodAndNoneOfTheBad(Decider decider) throws IOException {
        var pki = new Pki(folder, provider);
        var theirs = decider.context(pki);
        var wrong = new ArrayList<String>();
        var handled = new AtomicInteger();
        var accepted = new AtomicInteger();
        var cases = cases(pki);
        Net.run(() -> {
            for (var each : cases) {
                var refused = refused(each, theirs, handled);
                accepted.addAndGet(refused ? 0 : 1);
                if (refused != decider.refuses(each.fault())) {
                    wrong.add(each.label() + (refused ? ": falsely refused" : ": FALSELY ACCEPTED"));
                }
            }
        });
        System.out.println("R15, " + provider + ", " + decider + ": " + cases.size() + " certificates, " + accepted
                + " accepted, " + wrong.size() + " wrongly judged");
        assertThat(wrong).isEmpty();
        assertThat(handled.get()).isEqualTo(accepted.get());
    }

    private static boolean refused(Case tried, TlsContext theirs, AtomicInteger handled) throws IOException {
        ConnectionHandler greeting = connection -> {
            handled.incrementAndGet();
            connection.write(new byte[] {1});
        };
        try (var server =
                Streams.startServer(greeting, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withTls(tried.server()))) {
            var options = TlsOptions.of(theirs).withServerHostname(tried.host());
            try (var connection =
                    Streams.openConnection(Net.LOOPBACK, Net.port(server), ConnectOptions.DEFAULT.withTls(options))) {
                assertThat(connection.reader().read(-1)).hasSize(1);
                return false;
            } catch (TlsException e) {
                assertThat(e).hasMessageContaining("TLS handshake with ");
                return true;
            }
        }
    }

    @Test
    void openConnection_systemAuthorities_trustNoneOfOurs() throws IOException {
        var pki = new Pki(folder, provider);
        for (var transport : new NettyTransport[] {NettyTransport.EPOLL, NettyTransport.NIO}) {
            Net.run(transport, () -> {
                try (var server = Streams.startServer(
                        (Connection _) -> {},
                        Net.LOOPBACK,
                        0,
                        ServerOptions.DEFAULT.withTls(pki.serverContext(Pki.server(Net.LOOPBACK))))) {
                    assertThatExceptionOfType(TlsException.class)
                            .isThrownBy(() -> Streams.openConnection(
                                    Net.LOOPBACK,
                                    Net.port(server),
                                    ConnectOptions.DEFAULT.withTls(pki.systemContext())))
                            .withMessageContaining("valid certification path");
                }
            });
        }
    }

    @Test
    void startServer_severalCertificates_presentsTheOneForTheNameAskedFor() throws Exception {
        var pki = new Pki(folder, provider);
        var password = "secret".toCharArray();
        var store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var name : new String[] {"a.test", "b.test"}) {
            var bundle = pki.sign(Pki.server(name));
            store.setKeyEntry(name, bundle.getKeyPair().getPrivate(), password, bundle.getCertificatePath());
        }
        var ours = pki.systemContext().withCertificate(store, password);
        Net.run(() -> {
            try (var server =
                    Streams.startServer((Connection _) -> {}, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withTls(ours))) {
                for (var name : new String[] {"b.test", "a.test", "b.test"}) { // each checked by name: 2.20, SNI
                    var options = TlsOptions.of(pki.clientContext()).withServerHostname(name);
                    Streams.openConnection(Net.LOOPBACK, Net.port(server), ConnectOptions.DEFAULT.withTls(options))
                            .close();
                }
            }
        });
    }

    /* ---- trust managers are user code ---- */

    private static Server greeter(Pki pki) throws IOException {
        return Streams.startServer(
                (Connection connection) -> connection.write(new byte[] {1}),
                Net.LOOPBACK,
                0,
                ServerOptions.DEFAULT.withTls(pki.serverContext(Pki.server(Net.LOOPBACK))));
    }

    private Connection connect(Server server, X509TrustManager decider, Duration limit) throws IOException {
        var options = TlsOptions.of(TlsContext.DEFAULT.withProvider(provider).withTrust(decider))
                .withHandshakeTimeout(limit);
        return Streams.openConnection(Net.LOOPBACK, Net.port(server), ConnectOptions.DEFAULT.withTls(options));
    }

    private static void pass(CountDownLatch gate) {
        try {
            if (!gate.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @OverEpollAndNio
    void trustManager_thatBlocks_doesNotHoldTheLoop(NettyTransport transport) throws IOException {
        var pki = new Pki(folder, provider);
        var reached = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var decider = new Pki.Deciding(() -> {
            reached.countDown();
            pass(gate);
        });
        Net.run(transport, () -> {
            try (var server = greeter(pki)) {
                var connecting = Asyncio.createTask(() -> connect(server, decider, Duration.ofHours(1)));
                Net.turnUntil(() -> reached.getCount() == 0);
                for (var other = 0; other < 3; other++) { // while it decides, others are served
                    try (var quick = connect(server, new Pki.TrustsAll(), Duration.ofHours(1))) {
                        assertThat(quick.reader().read(-1)).hasSize(1);
                    }
                }
                assertThat(connecting.done()).isFalse();
                gate.countDown();
                try (var connection = connecting.await()) {
                    assertThat(connection.reader().read(-1)).hasSize(1);
                }
            }
        });
    }

    @OverEpollAndNio
    void trustManager_thatBlocksForTooLong_doesNotHoldTheHandshakesLimit(NettyTransport transport) throws IOException {
        var pki = new Pki(folder, provider);
        var gate = new CountDownLatch(1);
        Net.run(transport, () -> {
            try (var server = greeter(pki)) {
                assertThatExceptionOfType(ConnectionAbortedException.class)
                        .isThrownBy(() -> connect(server, new Pki.Deciding(() -> pass(gate)), Duration.ofMillis(300)));
                assertThat(gate.getCount()).isOne(); // it decides still
                gate.countDown();
                try (var other = connect(server, new Pki.TrustsAll(), Duration.ofHours(1))) {
                    assertThat(other.reader().read(-1)).hasSize(1);
                }
            }
        });
    }

    @Test
    void trustManager_thatThrowsWhatItMayNot_refuses() throws IOException {
        var pki = new Pki(folder, provider);
        Net.run(() -> {
            try (var server = greeter(pki)) {
                for (var thrown :
                        new Throwable[] {new IllegalStateException("undecided"), new AssertionError("undecided")}) {
                    var decider = new Pki.Deciding(() -> sneak(thrown));
                    assertThatExceptionOfType(TlsException.class)
                            .isThrownBy(() -> connect(server, decider, Duration.ofHours(1)))
                            .withMessageContaining("undecided");
                }
            }
        });
    }

    private static void sneak(Throwable thrown) {
        switch (thrown) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new AssertionError(thrown);
        }
    }
}
