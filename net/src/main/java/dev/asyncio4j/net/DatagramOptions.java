package dev.asyncio4j.net;

import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import org.jspecify.annotations.Nullable;

/**
 * Where a socket for datagrams receives, and whom it talks to. Immutable; each method returns changed options.
 *
 * <p>Names that are not resolved are looked up when the socket is opened. Unix domain sockets are there with the transport
 * epoll; one that receives removes what an earlier one left at its path (DG-5).
 *
 * @param localAddress where it receives, or null for any address and port
 * @param remoteAddress whom it talks to, or null for anybody
 * @param family {@link StandardProtocolFamily#INET} or {@link StandardProtocolFamily#INET6} to use addresses of that kind
 *     only, or null for either
 * @param reusePort whether several sockets may receive at the same address
 * @param allowBroadcast whether it may send to all of a network at once; then it receives from anybody, whatever the remote
 *     address (DG-2)
 */
public record DatagramOptions(
        @Nullable SocketAddress localAddress,
        @Nullable SocketAddress remoteAddress,
        @Nullable ProtocolFamily family,
        boolean reusePort,
        boolean allowBroadcast) {

    /** No address yet: one, or a family, must be given (DG-1). */
    public static final DatagramOptions DEFAULT = new DatagramOptions(null, null, null, false, false);

    /**
     * Changes where it receives.
     *
     * @param host a name or an address of this machine; empty for all
     * @param port the port; 0 for any
     * @return changed options
     */
    public DatagramOptions withLocalAddress(String host, int port) {
        Ports.check(port, 0);
        return withLocalAddress(InetSocketAddress.createUnresolved(host, port));
    }

    /**
     * Changes where it receives.
     *
     * @param address an internet address, resolved or not, or the address of a Unix domain socket
     * @return changed options
     */
    public DatagramOptions withLocalAddress(SocketAddress address) {
        return new DatagramOptions(address, remoteAddress, family, reusePort, allowBroadcast);
    }

    /**
     * Changes whom it talks to.
     *
     * @param host a name or an address
     * @param port the port
     * @return changed options
     */
    public DatagramOptions withRemoteAddress(String host, int port) {
        Ports.check(port, 1);
        return withRemoteAddress(InetSocketAddress.createUnresolved(host, port));
    }

    /**
     * Changes whom it talks to.
     *
     * @param address an internet address, resolved or not, or the address of a Unix domain socket
     * @return changed options
     */
    public DatagramOptions withRemoteAddress(SocketAddress address) {
        return new DatagramOptions(localAddress, address, family, reusePort, allowBroadcast);
    }

    /**
     * Changes which kind of addresses is used.
     *
     * @param kind {@link StandardProtocolFamily#INET} or {@link StandardProtocolFamily#INET6}
     * @return changed options
     */
    public DatagramOptions withFamily(ProtocolFamily kind) {
        return new DatagramOptions(localAddress, remoteAddress, kind, reusePort, allowBroadcast);
    }

    /**
     * Decides whether several sockets may receive at the same address.
     *
     * @param reuse true to permit it; all of them must
     * @return changed options
     */
    public DatagramOptions withReusePort(boolean reuse) {
        return new DatagramOptions(localAddress, remoteAddress, family, reuse, allowBroadcast);
    }

    /**
     * Decides whether it may send to all of a network at once.
     *
     * @param allow true to permit it
     * @return changed options
     */
    public DatagramOptions withAllowBroadcast(boolean allow) {
        return new DatagramOptions(localAddress, remoteAddress, family, reusePort, allow);
    }
}
