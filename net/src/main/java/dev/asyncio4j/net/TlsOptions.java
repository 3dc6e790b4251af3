package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.internal.HostNames;
import dev.asyncio4j.net.internal.TlsLayer;
import dev.asyncio4j.net.internal.TlsSettings;
import dev.asyncio4j.net.spi.Layer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to encrypt a connection. Immutable; each method returns changed options.
 *
 * @param context whom to trust and what to present
 * @param serverHostname the name that a server's certificate must be for; null for the host that is connected to; empty not
 *     to check it, which lets anybody with a trusted certificate pose as the server (TLS-6)
 * @param handshakeTimeout how long the handshake may take (TLS-3)
 * @param shutdownTimeout how long closing waits for the peer's farewell (TLS-3)
 */
public record TlsOptions(
        TlsContext context, @Nullable String serverHostname, Duration handshakeTimeout, Duration shutdownTimeout) {
    private static final Duration HANDSHAKE = Duration.ofSeconds(60);
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);

    /**
     * Checks the timeouts.
     *
     * @throws IllegalArgumentException if one is not above zero
     */
    public TlsOptions {
        requirePositive("handshakeTimeout", handshakeTimeout);
        requirePositive("shutdownTimeout", shutdownTimeout);
    }

    private static void requirePositive(String name, Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(name + " must be above zero, not " + timeout);
        }
    }

    /**
     * Encrypts in the usual way: the host's own name, 60 s for the handshake, 30 s for the farewell.
     *
     * @param context whom to trust and what to present
     * @return options
     */
    public static TlsOptions of(TlsContext context) {
        return new TlsOptions(context, null, HANDSHAKE, SHUTDOWN);
    }

    /**
     * Changes the name that a server's certificate must be for.
     *
     * @param name the name; empty not to check it
     * @return changed options
     */
    public TlsOptions withServerHostname(String name) {
        return new TlsOptions(context, name, handshakeTimeout, shutdownTimeout);
    }

    /**
     * Changes how long the handshake may take.
     *
     * @param timeout above zero
     * @return changed options
     */
    public TlsOptions withHandshakeTimeout(Duration timeout) {
        return new TlsOptions(context, serverHostname, timeout, shutdownTimeout);
    }

    /**
     * Changes how long closing waits for the peer's farewell.
     *
     * @param timeout above zero
     * @return changed options
     */
    public TlsOptions withShutdownTimeout(Duration timeout) {
        return new TlsOptions(context, serverHostname, handshakeTimeout, timeout);
    }

    /** Expects the certificate of a host, unless another name was given. */
    TlsOptions orHost(String host) {
        return serverHostname == null ? withServerHostname(host) : this;
    }

    /** Makes the layer of a client's end. Suspends. */
    Layer clientLayer(EventLoop loop) throws IOException {
        var expected = serverHostname;
        if (expected == null) {
            throw new IllegalArgumentException(
                    "whose certificate is to be expected? TlsOptions.withServerHostname says so");
        }
        var host = expected.isEmpty() ? null : HostNames.normalized(expected);
        return new TlsLayer(
                loop,
                new TlsSettings(
                        context.load(loop),
                        true,
                        host,
                        context.applicationProtocols(),
                        TlsSettings.ClientCertificate.IGNORED,
                        handshakeTimeout,
                        shutdownTimeout));
    }

    /** Makes the layer of connections that are accepted. Suspends. */
    Layer serverLayer(EventLoop loop) throws IOException {
        context.requireIdentity();
        return new TlsLayer(
                loop,
                new TlsSettings(
                        context.load(loop),
                        false,
                        null,
                        context.applicationProtocols(),
                        context.clientCertificate(),
                        handshakeTimeout,
                        shutdownTimeout));
    }
}
