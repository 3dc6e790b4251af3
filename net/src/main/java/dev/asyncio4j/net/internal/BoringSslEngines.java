package dev.asyncio4j.net.internal;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.Cleaner;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes engines of BoringSSL.
 *
 * <p><b>Threads.</b> Made on threads that may block, used on the raw thread.
 */
final class BoringSslEngines extends TlsEngines {
    /*
     * Nothing that decides is left to Netty: the trust manager is ours and an extended one, so that no wrapping is needed
     * for it to learn the host (which is what failed unseen in CVE-2026-50010), and the handler checks the name again after
     * the handshake. Tasks are asked for here, whatever a system property says: without them trust managers would run
     * on the raw thread.
     *
     * Contexts are native memory. They are given back when nothing refers to the makers of their engines any more; an engine
     * holds its own until it ends.
     */

    /** Those of Mozilla's intermediate list that have both forward secrecy and authenticated encryption. */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final Set<String> KEYS = Set.of("RSA", "EC");
    private static final Cleaner CLEANER = Cleaner.create();

    private final SslContext client;
    private final @Nullable SslContext server; // if there is something to present

    private BoringSslEngines(SslContext client, @Nullable SslContext server) {
        this.client = client;
        this.server = server;
        CLEANER.register(this, () -> {
            ReferenceCountUtil.release(client);
            ReferenceCountUtil.release(server);
        });
    }

    static @Nullable String whyNot(KeysByName keys) {
        Netty.load(); // its logging, first
        @Nullable Throwable cause = OpenSsl.unavailabilityCause();
        if (cause != null) {
            return "its natives, io.netty:netty-tcnative-boringssl-static with the classifier of this system, are not on the"
                    + " path or do not work here: " + cause.getMessage();
        }
        if (!OpenSsl.versionString().contains("BoringSSL")) {
            return "what is on the path is " + OpenSsl.versionString();
        }
        for (var algorithm : keys.algorithms()) {
            if (!KEYS.contains(algorithm)) {
                return "its keys are RSA or EC, and one of these is " + algorithm;
            }
        }
        return null;
    }

    static BoringSslEngines of(KeysByName keys, NameCheckingTrustManager trust, List<String> applicationProtocols)
            throws SSLException {
        var spoken = applicationProtocols.isEmpty()
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        applicationProtocols);
        var none = keys.algorithms().isEmpty();
        var presented = new OpenSslCachingX509KeyManagerFactory(new Presenting(keys));
        var client = SslContextBuilder.forClient();
        if (!none) {
            client.keyManager(presented);
        }
        var clients = built(client, trust, spoken);
        try {
            return new BoringSslEngines(
                    clients, none ? null : built(SslContextBuilder.forServer(presented), trust, spoken));
        } catch (SSLException | RuntimeException e) {
            ReferenceCountUtil.release(clients);
            throw e;
        }
    }

    private static SslContext built(
            SslContextBuilder builder, NameCheckingTrustManager trust, ApplicationProtocolConfig spoken)
            throws SSLException {
        return builder.sslProvider(SslProvider.OPENSSL_REFCNT)
                .trustManager(trust)
                .protocols(TlsSettings.PROTOCOLS)
                .ciphers(CIPHERS)
                .applicationProtocolConfig(spoken)
                .option(OpenSslContextOption.USE_TASKS, true)
                .build();
    }

    @Override
    String provider() {
        return "BORINGSSL";
    }

    @Override
    TlsEngine newEngine(TlsSettings settings, int port, BlockPool blocks) throws SSLException {
        var context = settings.client() ? client : Objects.requireNonNull(server);
        var made = context.newEngine(
                UnpooledByteBufAllocator.DEFAULT, settings.host(), settings.host() == null ? -1 : port);
        var configured = false;
        try {
            var engine = (ReferenceCountedOpenSslEngine) made;
            refuseRenegotiation(engine);
            engine.setSSLParameters(parameters(settings));
            configured = true;
            return new BoringSslEngine(engine, blocks);
        } finally {
            if (!configured) {
                ReferenceCountUtil.release(made);
            }
        }
    }

    /** Netty lets servers ask for it once. */
    private static void refuseRenegotiation(ReferenceCountedOpenSslEngine engine) throws SSLException {
        try {
            SSL.setRenegotiateMode(engine.sslPointer(), SSL.SSL_RENEGOTIATE_NEVER);
        } catch (Exception e) { // as it is declared
            throw new SSLException("BoringSSL cannot be told to refuse another handshake", e);
        }
    }

    private static SSLParameters parameters(TlsSettings settings) {
        var parameters = new SSLParameters(); // without ciphers and protocols: those of the context
        if (settings.client()) {
            JdkEngines.configureClient(settings, parameters);
        } else {
            JdkEngines.configureServer(settings, parameters);
        }
        return parameters;
    }

    /** The keys of a context, as Netty wants to be given them. */
    private static final class Presenting extends SimpleKeyManagerFactory {
        private final KeysByName keys;

        Presenting(KeysByName keys) {
            this.keys = keys;
        }

        @Override
        protected void engineInit(KeyStore keyStore, char[] password) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {keys};
        }
    }
}
