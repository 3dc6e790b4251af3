package dev.asyncio4j.net.internal;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks another trust manager, of whatever kind, once it has checked the server's name itself: whether names are checked must
 * not depend on which interface somebody's trust manager implements.
 *
 * <p><b>Threads.</b> Any.
 */
public final class NameCheckingTrustManager extends X509ExtendedTrustManager {
    private final X509TrustManager trust;

    /**
     * Wraps a trust manager.
     *
     * @param trust decides whether a chain is trusted
     */
    public NameCheckingTrustManager(X509TrustManager trust) {
        this.trust = trust;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkName(chain[0], engine); // first, so that whoever connects reads the same words whoever is trusted
        if (trust instanceof X509ExtendedTrustManager extended) {
            extended.checkServerTrusted(chain, authType, engine);
        } else {
            trust.checkServerTrusted(chain, authType);
        }
    }

    private static void checkName(X509Certificate own, SSLEngine engine) throws CertificateException {
        @Nullable String algorithm = engine.getSSLParameters().getEndpointIdentificationAlgorithm();
        if (algorithm == null || algorithm.isEmpty()) {
            return; // asked for: the server name was set to ""
        }
        @Nullable String host = engine.getPeerHost();
        if (host == null) {
            throw new CertificateException("there is no host name to check the certificate against");
        }
        HostNames.check(host, own);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (trust instanceof X509ExtendedTrustManager extended) {
            extended.checkClientTrusted(chain, authType, engine);
        } else {
            trust.checkClientTrusted(chain, authType);
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw engineOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw engineOnly();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw engineOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw engineOnly();
    }

    private static CertificateException engineOnly() {
        return new CertificateException("certificates are checked for an engine only");
    }
}
