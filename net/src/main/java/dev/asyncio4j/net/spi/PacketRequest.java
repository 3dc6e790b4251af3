package dev.asyncio4j.net.spi;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a {@link NetworkEngine} that is to open a socket for datagrams.
 *
 * @param local where to receive: an internet address that is resolved, port 0 for any; or the address of a Unix domain
 *     socket, the empty one for none
 * @param remote whom alone to talk to, of the same family, or null for anybody
 * @param reusePort whether several sockets may receive there at the same time
 * @param broadcast whether it may send to all of a network at once
 */
public record PacketRequest(
        SocketAddress local, @Nullable SocketAddress remote, boolean reusePort, boolean broadcast) {}
