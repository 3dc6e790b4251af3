package dev.asyncio4j.net.spi;

import java.net.SocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
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
 * @param removesFile whether the file of a Unix domain socket is removed when the socket is closed, if it is still the same
 *     file
 * @param permissions the permissions of that file, or null for those that the system gives
 */
public record ListenRequest(
        SocketAddress address,
        int backlog,
        boolean reuseAddress,
        boolean reusePort,
        boolean keepAlive,
        @Nullable Layer layer,
        boolean removesFile,
        @Nullable Set<PosixFilePermission> permissions) {

    /** How many connections may queue up unless set otherwise. */
    public static final int DEFAULT_BACKLOG = 100;

    /**
     * Asks to listen in the usual way.
     *
     * @param address where
     */
    public ListenRequest(SocketAddress address) {
        this(address, DEFAULT_BACKLOG, true, false, false, null, true, null);
    }

    /**
     * Changes the backlog.
     *
     * @param connections how many may queue up
     * @return a changed request
     */
    public ListenRequest withBacklog(int connections) {
        return new ListenRequest(
                address, connections, reuseAddress, reusePort, keepAlive, layer, removesFile, permissions);
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
        return new ListenRequest(address, backlog, reuse, share, probe, layer, removesFile, permissions);
    }

    /**
     * Puts something between each socket and its owner.
     *
     * @param between what, or null for nothing
     * @return a changed request
     */
    public ListenRequest withLayer(@Nullable Layer between) {
        return new ListenRequest(
                address, backlog, reuseAddress, reusePort, keepAlive, between, removesFile, permissions);
    }

    /**
     * Decides what becomes of the file of a Unix domain socket.
     *
     * @param remove whether to remove it when the socket is closed
     * @param permit its permissions, or null for those that the system gives
     * @return a changed request
     */
    public ListenRequest withSocketFile(boolean remove, @Nullable Set<PosixFilePermission> permit) {
        return new ListenRequest(address, backlog, reuseAddress, reusePort, keepAlive, layer, remove, permit);
    }
}
