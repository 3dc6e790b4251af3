package dev.asyncio4j.net.internal;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TlsLayer} needs to know.
 *
 * @param engines makes the engines
 * @param client whether this end begins the handshake
 * @param host the name the peer's certificate must be for; null if none is checked
 * @param applicationProtocols what may be spoken, the preferred first
 * @param clientCertificate what a server asks of its clients
 * @param handshakeTimeout how long the handshake may take
 * @param shutdownTimeout how long the peer's farewell is waited for
 */
public record TlsSettings(
        TlsEngines engines,
        boolean client,
        @Nullable String host,
        List<String> applicationProtocols,
        ClientCertificate clientCertificate,
        Duration handshakeTimeout,
        Duration shutdownTimeout) {

    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** What a server asks of its clients. */
    public enum ClientCertificate {
        /** Nothing. */
        IGNORED,
        /** A certificate, if they have one. */
        WANTED,
        /** A certificate. */
        REQUIRED
    }
}
