package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.internal.KeysByName;
import dev.asyncio4j.net.internal.NameCheckingTrustManager;
import dev.asyncio4j.net.internal.PemFiles;
import dev.asyncio4j.net.internal.TlsEngines;
import dev.asyncio4j.net.internal.TlsSettings.ClientCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and what to present on encrypted connections: TLS 1.3 and 1.2. Immutable; each method returns a changed
 * context. asyncio's {@code ssl.SSLContext}.
 *
 * <p>Files are read, once, when the first connection or server uses the context, away from the loop. Use one context for many
 * connections: sessions are resumed within it.
 *
 * <p>That a server's certificate is for the host that was asked for is checked whatever decides on trust; see
 * {@link TlsOptions#serverHostname}.
 *
 * <p><b>Threads.</b> Any.
 */
public final class TlsContext {
    private static final int MOST_NAME = 255; // of a protocol, in bytes: RFC 7301
    private static final Loader<KeysByName> NO_IDENTITY = () -> KeysByName.NONE;

    /** Trusts what the system's own list of authorities vouches for, and presents nothing: for clients. */
    public static final TlsContext DEFAULT = new TlsContext(
            NO_IDENTITY, () -> trustManager(null), List.of(), ClientCertificate.IGNORED, TlsProvider.AUTO);

    private final Loader<KeysByName> identity;
    private final Loader<X509TrustManager> trust;
    private final List<String> applicationProtocols;
    private final ClientCertificate clientCertificate;
    private final TlsProvider provider;
    private volatile @Nullable TlsEngines loaded; // written once or more often with equals, read by any

    private TlsContext(
            Loader<KeysByName> identity,
            Loader<X509TrustManager> trust,
            List<String> applicationProtocols,
            ClientCertificate clientCertificate,
            TlsProvider provider) {
        this.identity = identity;
        this.trust = trust;
        this.applicationProtocols = applicationProtocols;
        this.clientCertificate = clientCertificate;
        this.provider = provider;
    }

    /** Reads what a context is made of; off the loop. */
    private interface Loader<T> {
        T load() throws IOException, GeneralSecurityException;
    }

    /**
     * Makes a context for a server.
     *
     * @param certificateChain a PEM file: the server's certificate, then those of the authorities in between
     * @param privateKey a PEM file with its key, in PKCS #8 and without a password
     * @return a context that presents it
     */
    public static TlsContext server(Path certificateChain, Path privateKey) {
        return DEFAULT.withCertificate(certificateChain, privateKey);
    }

    /**
     * Presents a certificate, as servers do, and clients that are asked for one.
     *
     * @param certificateChain a PEM file: the certificate, then those of the authorities in between
     * @param privateKey a PEM file with its key, in PKCS #8 and without a password
     * @return a changed context
     */
    public TlsContext withCertificate(Path certificateChain, Path privateKey) {
        var nobody = new char[0];
        return withIdentity(() -> KeysByName.of(PemFiles.keyStore(certificateChain, privateKey, nobody), nobody));
    }

    /**
     * Presents the certificates of a key store: of several, a server presents the one for the name that the client asks for
     * (SNI).
     *
     * @param store holds keys with their chains
     * @param password the keys' password; copied
     * @return a changed context
     */
    public TlsContext withCertificate(KeyStore store, char[] password) {
        var copy = password.clone();
        return withIdentity(() -> KeysByName.of(store, copy));
    }

    private TlsContext withIdentity(Loader<KeysByName> presented) {
        return new TlsContext(presented, trust, applicationProtocols, clientCertificate, provider);
    }

    /**
     * Trusts what the authorities in a file vouch for, and nothing else.
     *
     * @param authorities a PEM file with at least one certificate
     * @return a changed context
     */
    public TlsContext withTrust(Path authorities) {
        return withTrustLoader(() -> trustManager(PemFiles.trustStore(authorities)));
    }

    /**
     * Trusts what the authorities in a key store vouch for, and nothing else.
     *
     * @param authorities holds trusted certificates
     * @return a changed context
     */
    public TlsContext withTrust(KeyStore authorities) {
        return withTrustLoader(() -> trustManager(authorities));
    }

    /**
     * Lets others decide what to trust. The names of servers are checked after that all the same.
     *
     * @param decider decides; called on threads of the loop's default executor, where it may block
     * @return a changed context
     */
    public TlsContext withTrust(X509TrustManager decider) {
        return withTrustLoader(() -> decider);
    }

    private TlsContext withTrustLoader(Loader<X509TrustManager> decider) {
        return new TlsContext(identity, decider, applicationProtocols, clientCertificate, provider);
    }

    /**
     * Says what may be spoken inside (ALPN). If both ends name some but none in common, none is agreed on, and the connection
     * is made.
     *
     * @param names such as {@code h2} and {@code http/1.1}, the preferred first; a server's preference decides
     * @return a changed context
     * @throws IllegalArgumentException if a name is empty or longer than 255 bytes
     */
    public TlsContext withApplicationProtocols(String... names) {
        for (var name : names) {
            var length = name.getBytes(StandardCharsets.UTF_8).length;
            if (length == 0 || length > MOST_NAME) {
                throw new IllegalArgumentException("no protocol has a name of " + length + " bytes: '" + name + "'");
            }
        }
        return new TlsContext(identity, trust, List.of(names), clientCertificate, provider);
    }

    /**
     * Makes a server ask its clients for a certificate and refuse those without one.
     *
     * @return a changed context
     */
    public TlsContext withRequiredClientCertificate() {
        return new TlsContext(identity, trust, applicationProtocols, ClientCertificate.REQUIRED, provider);
    }

    /**
     * Makes a server ask its clients for a certificate, and refuse one that it does not trust but not those without one.
     *
     * @return a changed context
     */
    public TlsContext withWantedClientCertificate() {
        return new TlsContext(identity, trust, applicationProtocols, ClientCertificate.WANTED, provider);
    }

    /**
     * Says whose engine encrypts; {@link TlsProvider#AUTO} unless this is called.
     *
     * @param chosen the JDK's, BoringSSL's, or whichever is there
     * @return a changed context
     */
    public TlsContext withProvider(TlsProvider chosen) {
        return new TlsContext(identity, trust, applicationProtocols, clientCertificate, chosen);
    }

    /* ---- for the options ---- */

    List<String> applicationProtocols() {
        return applicationProtocols;
    }

    ClientCertificate clientCertificate() {
        return clientCertificate;
    }

    void requireIdentity() {
        if (identity == NO_IDENTITY) {
            throw new IllegalArgumentException(
                    "a server needs a certificate to present: use TlsContext.server(chain, key) or withCertificate");
        }
    }

    /** Returns what makes engines. Suspends the first time. */
    TlsEngines load(EventLoop loop) throws IOException {
        var known = loaded;
        return known != null ? known : loop.runInExecutor(null, this::load).await(IOException.class);
    }

    private TlsEngines load() throws IOException {
        try {
            var made = engines(identity.load(), new NameCheckingTrustManager(trust.load()));
            loaded = made;
            return made;
        } catch (GeneralSecurityException e) {
            var failure = new TlsException("certificates or keys cannot be used: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    private TlsEngines engines(KeysByName keys, NameCheckingTrustManager decider)
            throws IOException, GeneralSecurityException {
        var asked = provider.asked();
        @Nullable String whyNot = asked == TlsProvider.JDK ? "" : TlsEngines.whyNotBoringSsl(keys);
        if (whyNot == null) {
            return TlsEngines.boringSsl(keys, decider, applicationProtocols);
        }
        if (asked == TlsProvider.BORINGSSL) {
            throw new TlsException("BoringSSL cannot be used: " + whyNot + "; or use TlsProvider.JDK");
        }
        return TlsEngines.jdk(keys, decider);
    }

    private static X509TrustManager trustManager(@Nullable KeyStore authorities) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this Java knows no X.509 trust manager");
    }
}
