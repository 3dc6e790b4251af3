package dev.asyncio4j.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whom a socket for datagrams may send to (DG-2).
 *
 * @param remote the one recipient, or null for any
 * @param connected whether the system knows of it
 */
record Recipients(@Nullable SocketAddress remote, boolean connected) {

    /** Returns whom the system is to be told, null for the one that it knows. */
    @Nullable
    SocketAddress choose() {
        if (remote == null) {
            throw new IllegalArgumentException("a recipient is needed: this endpoint has no remote address");
        }
        return connected ? null : remote;
    }

    /** Returns whom the system is to be told, null for the one that it knows. */
    @Nullable
    SocketAddress choose(SocketAddress asked) {
        if (remote != null) {
            if (!asked.equals(remote)) {
                throw new IllegalArgumentException("this endpoint sends to " + remote + " only, not to " + asked);
            }
            return choose();
        }
        if (asked instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new IllegalArgumentException("the address of a recipient must be resolved: " + asked);
        }
        return asked;
    }
}
