package dev.asyncio4j.net.spi;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a {@link NetworkEngine} that is to connect.
 *
 * @param remote where to connect to: an internet address that is resolved, or the address of a Unix domain socket
 * @param local where to connect from, or null for anywhere
 */
public record ConnectRequest(SocketAddress remote, @Nullable SocketAddress local) {

    /**
     * Asks for a plain connection from anywhere.
     *
     * @param remote where to connect to
     */
    public ConnectRequest(SocketAddress remote) {
        this(remote, null);
    }
}
