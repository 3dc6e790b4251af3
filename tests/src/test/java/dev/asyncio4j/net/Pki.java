package dev.asyncio4j.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.asyncio4j.net.internal.KeysByName;
import dev.asyncio4j.net.internal.TlsEngines;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** An authority made for a test, what it signs, and the PEM files of that. */
final class Pki {
    private static final String SUBJECT_ALTERNATIVE_NAMES = "2.5.29.17";
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int SEQUENCE = 0x30;

    private final Path folder;
    private final TlsProvider provider; // of its contexts
    final X509Bundle authority;

    Pki(Path folder) {
        this(folder, TlsProvider.AUTO);
    }

    Pki(Path folder, TlsProvider provider) {
        this(folder, provider, "a test authority");
    }

    Pki(Path folder, TlsProvider provider, String name) {
        this.folder = folder;
        this.provider = provider;
        this.authority = selfSigned(authority(name));
    }

    /** Those that work on this machine; where one is missing, its name is printed. */
    static Stream<TlsProvider> providers() {
        var whyNot = TlsEngines.whyNotBoringSsl(KeysByName.NONE);
        if (whyNot != null) {
            System.out.println("TLS is not tested with BoringSSL: " + whyNot);
        }
        return Stream.of(TlsProvider.JDK, TlsProvider.BORINGSSL)
                .filter(provider -> whyNot == null || provider == TlsProvider.JDK);
    }

    /** The certificate of somebody who may sign. */
    static CertificateBuilder authority(String name) {
        return base("CN=" + name)
                .setIsCertificateAuthority(true)
                .setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.cRLSign);
    }

    static X509Bundle selfSigned(CertificateBuilder builder) {
        return made(builder::buildSelfSigned);
    }

    private interface Maker<T> {
        T make() throws Exception;
    }

    private static <T> T made(Maker<T> maker) {
        try {
            return maker.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        }
    }

    static CertificateBuilder base(String subject) {
        return new CertificateBuilder()
                .subject(subject)
                .ecp256()
                .notBefore(Instant.now().minus(Duration.ofDays(2)))
                .notAfter(Instant.now().plus(Duration.ofDays(30)));
    }

    /** A server's certificate for these names and addresses, which may have wildcards; without any it has no names. */
    static CertificateBuilder server(String... names) {
        return named(base("CN=a test server").addExtendedKeyUsageServerAuth(), names);
    }

    /** Adds names to a certificate, by hand: the builder knows none with a wildcard. */
    static CertificateBuilder named(CertificateBuilder builder, String... names) {
        if (names.length == 0) {
            return builder;
        }
        var list = new ByteArrayOutputStream();
        for (var name : names) {
            var address = NetUtil.createByteArrayFromIpAddressString(name);
            writeElement(
                    list, address == null ? DNS_NAME : IP_ADDRESS, address == null ? name.getBytes(US_ASCII) : address);
        }
        return withNames(builder, list);
    }

    /** Adds names, even those that are written like addresses. */
    static CertificateBuilder dnsNamed(CertificateBuilder builder, String name) {
        var list = new ByteArrayOutputStream();
        writeElement(list, DNS_NAME, name.getBytes(US_ASCII));
        return withNames(builder, list);
    }

    private static CertificateBuilder withNames(CertificateBuilder builder, ByteArrayOutputStream list) {
        var all = new ByteArrayOutputStream();
        writeElement(all, SEQUENCE, list.toByteArray());
        return builder.addExtensionOctetString(SUBJECT_ALTERNATIVE_NAMES, false, all.toByteArray());
    }

    private static void writeElement(ByteArrayOutputStream out, int tag, byte[] content) {
        assert content.length < 128;
        out.write(tag);
        out.write(content.length);
        out.writeBytes(content);
    }

    static CertificateBuilder client() {
        return base("CN=a test client").addExtendedKeyUsageClientAuth();
    }

    static CertificateBuilder expired(String name) {
        return ended(server(name));
    }

    static CertificateBuilder ended(CertificateBuilder builder) {
        return builder.notAfter(Instant.now().minus(Duration.ofDays(1)));
    }

    static CertificateBuilder notYetValid(String name) {
        return server(name).notBefore(Instant.now().plus(Duration.ofDays(1)));
    }

    X509Bundle sign(CertificateBuilder builder) {
        return sign(builder, authority);
    }

    static X509Bundle sign(CertificateBuilder builder, X509Bundle signer) {
        return made(() -> builder.buildIssuedBy(signer));
    }

    Path chain(X509Bundle bundle) {
        return pem(bundle.getCertificatePathPEM());
    }

    /** A file of certificates. */
    Path pem(String... certificates) {
        return file("chain", String.join("\n", certificates));
    }

    Path key(X509Bundle bundle) {
        return file("key", bundle.getPrivateKeyPEM());
    }

    Path authorityFile() {
        return file("authority", authority.getCertificatePEM());
    }

    private Path file(String kind, String text) {
        return made(() -> Files.writeString(Files.createTempFile(folder, kind, ".pem"), text, US_ASCII));
    }

    TlsContext serverContext(CertificateBuilder builder) {
        var bundle = sign(builder);
        return serverContext(chain(bundle), key(bundle));
    }

    TlsContext serverContext(Path chain, Path key) {
        return TlsContext.server(chain, key).withProvider(provider);
    }

    TlsContext clientContext() {
        return systemContext().withTrust(authorityFile());
    }

    /** Trusts none of these certificates. */
    TlsContext systemContext() {
        return TlsContext.DEFAULT.withProvider(provider);
    }

    /** The trust manager that the JDK makes for the authority. */
    X509TrustManager trustManager() {
        for (var manager : made(() -> authority.toTrustManagerFactory()).getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new AssertionError("no trust manager");
    }

    /** Asks another, by the interface that knows nothing of names. */
    record Plain(X509TrustManager other) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            other.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            other.checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return other.getAcceptedIssuers();
        }
    }

    /** Asks another, in vain informed of names. */
    static final class Extended extends X509ExtendedTrustManager {
        private final X509TrustManager other;

        Extended(X509TrustManager other) {
            this.other = other;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            other.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            other.checkServerTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            other.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            other.checkServerTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            other.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            other.checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return other.getAcceptedIssuers();
        }
    }

    /** Does something on the executor's thread before it trusts everybody. */
    record Deciding(Runnable deed) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            deed.run();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            deed.run();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** What somebody writes to get rid of an error: it trusts everybody. */
    static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
