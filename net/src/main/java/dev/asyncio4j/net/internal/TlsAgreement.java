package dev.asyncio4j.net.internal;

import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What the two ends agreed on in a handshake, copied, so that the session may go. */
record TlsAgreement(String version, String cipher, String applicationProtocol, List<Certificate> peerCertificates) {
    static final TlsAgreement NONE = new TlsAgreement("", "", "", List.of());

    static TlsAgreement of(SSLEngine engine) {
        var session = engine.getSession();
        @Nullable String chosen = engine.getApplicationProtocol();
        return new TlsAgreement(
                session.getProtocol(),
                session.getCipherSuite(),
                chosen == null ? "" : chosen,
                peerCertificates(session));
    }

    private static List<Certificate> peerCertificates(SSLSession session) {
        try {
            return List.of(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) { // it presented none
            return List.of();
        }
    }

    /** Checks the name again: a session that was resumed brings no certificate to the trust manager. */
    void checkName(@Nullable String host) throws SSLException {
        if (host == null) {
            return;
        }
        try {
            if (peerCertificates.isEmpty() || !(peerCertificates.getFirst() instanceof X509Certificate own)) {
                throw new CertificateException("the peer has shown no certificate");
            }
            HostNames.check(host, own);
        } catch (CertificateException e) {
            throw new SSLException(e.getMessage(), e);
        }
    }

    @Nullable
    Object extraInfo(String name) {
        return switch (name) {
            case "tls_version" -> version;
            case "cipher" -> cipher;
            case "application_protocol" -> applicationProtocol;
            case "peer_certificates" -> peerCertificates;
            case "peercert" -> peerCertificates.isEmpty() ? null : peerCertificates.getFirst();
            default -> null;
        };
    }
}
