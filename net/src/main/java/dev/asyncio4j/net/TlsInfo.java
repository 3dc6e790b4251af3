package dev.asyncio4j.net;

import dev.asyncio4j.net.spi.ByteTransport;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What two ends of an encrypted connection have agreed on.
 *
 * @param protocol the version, such as {@code TLSv1.3}
 * @param cipherSuite the cipher, by the JDK's name
 * @param applicationProtocol what is spoken inside, or empty if that was not agreed on
 * @param peerCertificates what the peer presented, its own certificate first; none if it presented nothing
 * @param provider whose engine encrypts at this end, {@link TlsProvider#JDK} or {@link TlsProvider#BORINGSSL}
 */
public record TlsInfo(
        String protocol,
        String cipherSuite,
        String applicationProtocol,
        List<X509Certificate> peerCertificates,
        TlsProvider provider) {

    /** Copies the list. */
    public TlsInfo {
        peerCertificates = List.copyOf(peerCertificates);
    }

    /**
     * Returns what the ends of a transport have agreed on.
     *
     * @param transport a connection
     * @return protocol, cipher and certificates; empty for a plain connection
     */
    public static Optional<TlsInfo> of(BaseTransport transport) {
        return of(name -> transport.getExtraInfo(name).orElse(null));
    }

    static Optional<TlsInfo> of(ByteTransport transport) {
        return of(transport::extraInfo);
    }

    private static Optional<TlsInfo> of(Function<String, @Nullable Object> known) {
        if (!(known.apply("tls_version") instanceof String version)) {
            return Optional.empty();
        }
        var certificates = known.apply("peer_certificates") instanceof List<?> chain
                ? chain.stream()
                        .filter(X509Certificate.class::isInstance)
                        .map(X509Certificate.class::cast)
                        .toList()
                : List.<X509Certificate>of();
        return Optional.of(new TlsInfo(
                version,
                String.valueOf(known.apply("cipher")),
                String.valueOf(known.apply("application_protocol")),
                certificates,
                TlsProvider.valueOf(String.valueOf(known.apply("tls_provider")))));
    }
}
