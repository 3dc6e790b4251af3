package dev.asyncio4j.net;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How to connect. Immutable; each method returns changed options.
 *
 * @param limit the limit of the connection's {@link StreamReader}, in bytes
 * @param localAddress where to connect from, or null for any address
 * @param allErrors whether a failure of several attempts is an {@link dev.asyncio4j.ExceptionGroup} of all their errors
 */
public record ConnectOptions(int limit, @Nullable InetSocketAddress localAddress, boolean allErrors) {

    /** A limit of 64 KiB, from any address, one error for all attempts. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(StreamReader.DEFAULT_LIMIT, null, false);

    /**
     * Changes the reader's limit.
     *
     * @param bytes the limit
     * @return changed options
     */
    public ConnectOptions withLimit(int bytes) {
        return new ConnectOptions(bytes, localAddress, allErrors);
    }

    /**
     * Changes where to connect from.
     *
     * @param address an address of this machine; port 0 for any port
     * @return changed options
     */
    public ConnectOptions withLocalAddress(InetSocketAddress address) {
        return new ConnectOptions(limit, address, allErrors);
    }

    /**
     * Asks for the errors of all attempts.
     *
     * @return changed options
     */
    public ConnectOptions withAllErrors() {
        return new ConnectOptions(limit, localAddress, true);
    }
}
