package dev.asyncio4j.net.internal;

import dev.asyncio4j.EventLoop;
import io.netty.util.NetUtil;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS between a socket and its owner.
 *
 * <p><b>Threads.</b> Made by a coroutine, used on the raw thread.
 */
public final class TlsLayer implements NettyLayer {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final EventLoop loop;
    private final TlsSettings settings;

    /**
     * Makes a layer.
     *
     * @param loop the running loop
     * @param settings what it does
     */
    public TlsLayer(EventLoop loop, TlsSettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    @Override
    public Attached attach(NettyIoDriver driver) {
        return new TlsHandler(loop, driver, settings, newEngine(settings));
    }

    /** Makes the engine of one connection. */
    static SSLEngine newEngine(TlsSettings settings) {
        var host = settings.host();
        var engine = host == null
                ? settings.context().createSSLEngine()
                : settings.context().createSSLEngine(host, -1);
        engine.setUseClientMode(settings.client());
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        if (settings.client()) {
            configureClient(settings, parameters);
        } else {
            configureServer(settings, parameters, engine);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static void configureClient(TlsSettings settings, SSLParameters parameters) {
        var host = settings.host();
        if (host != null) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (!isAddress(host)) {
                parameters.setServerNames(List.of(new SNIHostName(host)));
            }
        }
        parameters.setApplicationProtocols(settings.applicationProtocols().toArray(String[]::new));
    }

    private static void configureServer(TlsSettings settings, SSLParameters parameters, SSLEngine engine) {
        parameters.setUseCipherSuitesOrder(true);
        switch (settings.clientCertificate()) {
            case IGNORED -> parameters.setNeedClientAuth(false);
            case WANTED -> parameters.setWantClientAuth(true);
            case REQUIRED -> parameters.setNeedClientAuth(true);
        }
        var spoken = settings.applicationProtocols();
        if (!spoken.isEmpty()) { // without a common protocol the handshake goes on, as in Python
            engine.setHandshakeApplicationProtocolSelector((_, offered) ->
                    spoken.stream().filter(offered::contains).findFirst().orElse(""));
        }
    }

    static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }
}
