package dev.asyncio4j.net.internal;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A channel of Netty's for datagrams, and what such channels cannot do.
 *
 * <p><b>Threads.</b> The raw thread only.
 */
interface PacketSocket {
    /*
     * Netty's channels drop empty datagrams, those to be sent and, when connected and native, those received; a connected
     * one also refuses to say who sent. So empty ones are sent past the channel, and a connection is made past it: the
     * system then filters what comes and reports what did not arrive, and the channel reads as if it were unconnected.
     */

    /** Returns what is registered, bound, read from and written to. */
    Channel channel();

    /** Has the system take datagrams from one peer only, and send to it by default; does not wait. */
    void connect(SocketAddress remote) throws IOException;

    /**
     * Sends a datagram without contents, unless the system has no room: then it is dropped, which no caller can tell.
     *
     * @param recipient who shall get it, the peer also if it is known; null for the peer of a Unix domain socket
     */
    void sendEmpty(@Nullable SocketAddress recipient) throws IOException;

    /** Returns the address of this end as the system knows it. */
    @Nullable
    SocketAddress localAddress() throws IOException;
}
