package dev.asyncio4j.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to connect. Immutable; each method returns changed options.
 *
 * @param limit the limit of the connection's {@link StreamReader}, in bytes
 * @param localAddress where to connect from, or null for any address
 * @param allErrors whether a failure of several attempts is an {@link dev.asyncio4j.ExceptionGroup} of all their errors
 * @param happyEyeballsDelay how long one address is tried before the next is tried beside it, or null to try it until it
 *     fails
 * @param interleave how many addresses of the first kind (IPv6 or IPv4) come before the kinds alternate, or 0 to leave them
 *     as they were found
 * @param tls how to encrypt, or null not to
 */
public record ConnectOptions(
        int limit,
        @Nullable InetSocketAddress localAddress,
        boolean allErrors,
        @Nullable Duration happyEyeballsDelay,
        int interleave,
        @Nullable TlsOptions tls) {

    /** The delay that RFC 8305 recommends for happy eyeballs: a quarter of a second. */
    public static final Duration RECOMMENDED_DELAY = Duration.ofMillis(250);

    /** A limit of 64 KiB, from any address, one error for all attempts, one address after the other, not encrypted. */
    public static final ConnectOptions DEFAULT =
            new ConnectOptions(StreamReader.DEFAULT_LIMIT, null, false, null, 0, null);

    /**
     * Keeps what is handed in.
     *
     * @throws IllegalArgumentException if the limit is not positive, or the delay or the count negative
     */
    public ConnectOptions {
        if (limit <= 0) {
            throw new IllegalArgumentException("the limit must be positive, not " + limit);
        }
        if (interleave < 0 || (happyEyeballsDelay != null && happyEyeballsDelay.isNegative())) {
            throw new IllegalArgumentException(
                    "neither the delay nor the count may be negative: " + happyEyeballsDelay + ", " + interleave);
        }
    }

    /**
     * Changes the reader's limit.
     *
     * @param bytes the limit
     * @return changed options
     */
    public ConnectOptions withLimit(int bytes) {
        return new ConnectOptions(bytes, localAddress, allErrors, happyEyeballsDelay, interleave, tls);
    }

    /**
     * Changes where to connect from. Only addresses of the same kind (IPv6 or IPv4) are tried then (CN-3).
     *
     * @param address an address of this machine; port 0 for any port; if it is unresolved, its name is looked up, and each
     *     of its addresses tried until one can be bound
     * @return changed options
     */
    public ConnectOptions withLocalAddress(InetSocketAddress address) {
        return new ConnectOptions(limit, address, allErrors, happyEyeballsDelay, interleave, tls);
    }

    /**
     * Asks for the errors of all attempts.
     *
     * @return changed options
     */
    public ConnectOptions withAllErrors() {
        return new ConnectOptions(limit, localAddress, true, happyEyeballsDelay, interleave, tls);
    }

    /**
     * Asks for happy eyeballs (RFC 8305): where a host has several addresses, one that does not answer holds the others up
     * for the delay only; who answers first wins. IPv6 and IPv4 alternate, unless {@link #withInterleave} says otherwise
     * afterwards (CN-4).
     *
     * @param delay how long one address is tried before the next is tried beside it, such as {@link #RECOMMENDED_DELAY}
     * @return changed options
     */
    public ConnectOptions withHappyEyeballs(Duration delay) {
        return new ConnectOptions(limit, localAddress, allErrors, delay, interleave == 0 ? 1 : interleave, tls);
    }

    /**
     * Decides in which order the addresses are tried.
     *
     * @param firstOfAKind how many of the first kind (IPv6 or IPv4) come before the kinds alternate; 0 for the order in
     *     which they were found
     * @return changed options
     */
    public ConnectOptions withInterleave(int firstOfAKind) {
        return new ConnectOptions(limit, localAddress, allErrors, happyEyeballsDelay, firstOfAKind, tls);
    }

    /**
     * Encrypts the connection, and checks that the peer's certificate is for the host that is connected to.
     *
     * @param context whom to trust and what to present
     * @return changed options
     */
    public ConnectOptions withTls(TlsContext context) {
        return withTls(TlsOptions.of(context));
    }

    /**
     * Encrypts the connection.
     *
     * @param options how; {@link TlsOptions#serverHostname} decides which name the peer's certificate must be for, and must
     *     be given where there is no host, for a Unix domain socket
     * @return changed options
     */
    public ConnectOptions withTls(TlsOptions options) {
        return new ConnectOptions(limit, localAddress, allErrors, happyEyeballsDelay, interleave, options);
    }
}
