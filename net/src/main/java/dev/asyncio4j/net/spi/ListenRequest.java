package dev.asyncio4j.net.spi;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a {@link NetworkEngine} that is to listen. Immutable; each method returns a changed request.
 *
 * @param address where: an internet address, port 0 for any, or the address of a Unix domain socket
 * @param backlog how many connections may queue up
 * @param reuseAddress whether to listen at once where connections of an earlier process linger
 * @param reusePort whether several sockets may listen there at the same time
 * @param keepAlive whether accepted connections are probed when idle
 * @param layer what to put between each socket and its owner, or null for nothing
 */
public record ListenRequest(
        SocketAddress address,
        int backlog,
        boolean reuseAddress,
        boolean reusePort,
        boolean keepAlive,
        @Nullable Layer layer) {

    /** How many connections may queue up unless set otherwise. */
    public static final int DEFAULT_BACKLOG = 100;

    /**
     * Asks to listen in the usual way.
     *
     * @param address where
     */
    public ListenRequest(SocketAddress address) {
        this(address, DEFAULT_BACKLOG, true, false, false, null);
    }

    /**
     * Changes the backlog.
     *
     * @param connections how many may queue up
     * @return a changed request
     */
    public ListenRequest withBacklog(int connections) {
        return new ListenRequest(address, connections, reuseAddress, reusePort, keepAlive, layer);
    }

    /**
     * Changes the options of the socket.
     *
     * @param reuse whether to listen where connections of an earlier process linger
     * @param share whether several sockets may listen there at the same time
     * @param probe whether accepted connections are probed when idle
     * @return a changed request
     */
    public ListenRequest withSocketOptions(boolean reuse, boolean share, boolean probe) {
        return new ListenRequest(address, backlog, reuse, share, probe, layer);
    }

    /**
     * Puts something between each socket and its owner.
     *
     * @param between what, or null for nothing
     * @return a changed request
     */
    public ListenRequest withLayer(@Nullable Layer between) {
        return new ListenRequest(address, backlog, reuseAddress, reusePort, keepAlive, between);
    }
}
