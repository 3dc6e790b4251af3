package dev.asyncio4j.net.internal;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Makes engines of the JDK.
 *
 * <p><b>Threads.</b> Made on threads that may block, used on the raw thread.
 */
final class JdkEngines extends TlsEngines {
    private final SSLContext context;

    private JdkEngines(SSLContext context) {
        this.context = context;
    }

    static JdkEngines of(KeysByName keys, NameCheckingTrustManager trust) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
        return new JdkEngines(context);
    }

    @Override
    String provider() {
        return "JDK";
    }

    @Override
    TlsEngine newEngine(TlsSettings settings, int port, BlockPool blocks) {
        var host = settings.host();
        var engine = host == null ? context.createSSLEngine() : context.createSSLEngine(host, port);
        engine.setUseClientMode(settings.client());
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(TlsSettings.PROTOCOLS.toArray(String[]::new));
        if (settings.client()) {
            configureClient(settings, parameters);
            parameters.setApplicationProtocols(settings.applicationProtocols().toArray(String[]::new));
        } else {
            configureServer(settings, parameters);
            setSelector(settings.applicationProtocols(), engine);
        }
        engine.setSSLParameters(parameters);
        return new TlsEngine(engine);
    }

    /** Says whose certificate is expected, and asks for it (SNI). */
    static void configureClient(TlsSettings settings, SSLParameters parameters) {
        var host = settings.host();
        if (host != null) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (!TlsLayer.isAddress(host)) {
                parameters.setServerNames(List.of(new SNIHostName(host)));
            }
        }
    }

    static void configureServer(TlsSettings settings, SSLParameters parameters) {
        parameters.setUseCipherSuitesOrder(true);
        switch (settings.clientCertificate()) {
            case IGNORED -> parameters.setNeedClientAuth(false);
            case WANTED -> parameters.setWantClientAuth(true);
            case REQUIRED -> parameters.setNeedClientAuth(true);
        }
    }

    /** Without a common protocol the handshake goes on, as in Python. */
    private static void setSelector(List<String> spoken, SSLEngine engine) {
        if (!spoken.isEmpty()) {
            engine.setHandshakeApplicationProtocolSelector((_, offered) ->
                    spoken.stream().filter(offered::contains).findFirst().orElse(""));
        }
    }
}
