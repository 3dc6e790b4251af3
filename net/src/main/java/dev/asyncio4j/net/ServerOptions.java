package dev.asyncio4j.net;

import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to serve. Immutable; each method returns changed options.
 *
 * @param limit the limit of each connection's {@link StreamReader}, in bytes
 * @param backlog how many connections may queue up in the system before they are accepted
 * @param startServing whether to accept at once, or only when {@link Server#startServing} or {@link Server#serveForever} is
 *     called
 * @param reuseAddress whether to listen at once where connections of an earlier process linger; internet addresses only
 * @param reusePort whether other sockets, of other processes as well, may listen at the same port, and the system spreads
 *     the connections over them; internet addresses only
 * @param keepAlive whether the system probes accepted connections that are idle; internet addresses only
 * @param cleanupSocket whether to remove the file of a Unix domain socket when the server is closed, if it is still the
 *     file that it made
 * @param permissions the permissions of that file, set before anybody can connect, or null for those that the system gives
 * @param tls how to encrypt, or null not to
 */
public record ServerOptions(
        int limit,
        int backlog,
        boolean startServing,
        boolean reuseAddress,
        boolean reusePort,
        boolean keepAlive,
        boolean cleanupSocket,
        @Nullable Set<PosixFilePermission> permissions,
        @Nullable TlsOptions tls) {

    /** A limit of 64 KiB, a backlog of 100, accepting at once, addresses reused, socket files cleaned up, not encrypted. */
    public static final ServerOptions DEFAULT =
            new ServerOptions(StreamReader.DEFAULT_LIMIT, 100, true, true, false, false, true, null, null);

    /**
     * Keeps what is handed in.
     *
     * @throws IllegalArgumentException if limit or backlog is not positive
     */
    public ServerOptions {
        if (limit <= 0 || backlog <= 0) {
            throw new IllegalArgumentException("limit and backlog must be positive, not " + limit + " and " + backlog);
        }
        permissions = permissions == null ? null : Set.copyOf(permissions);
    }

    /**
     * Changes the readers' limit.
     *
     * @param bytes the limit
     * @return changed options
     */
    public ServerOptions withLimit(int bytes) {
        return new ServerOptions(
                bytes, backlog, startServing, reuseAddress, reusePort, keepAlive, cleanupSocket, permissions, tls);
    }

    /**
     * Changes the backlog.
     *
     * @param connections how many may queue up
     * @return changed options
     */
    public ServerOptions withBacklog(int connections) {
        return new ServerOptions(
                limit, connections, startServing, reuseAddress, reusePort, keepAlive, cleanupSocket, permissions, tls);
    }

    /**
     * Decides whether to accept at once.
     *
     * @param atOnce false to wait for {@link Server#startServing}
     * @return changed options
     */
    public ServerOptions withStartServing(boolean atOnce) {
        return new ServerOptions(
                limit, backlog, atOnce, reuseAddress, reusePort, keepAlive, cleanupSocket, permissions, tls);
    }

    /**
     * Decides whether to listen where connections of an earlier process linger.
     *
     * @param reuse false to be refused there
     * @return changed options
     */
    public ServerOptions withReuseAddress(boolean reuse) {
        return new ServerOptions(
                limit, backlog, startServing, reuse, reusePort, keepAlive, cleanupSocket, permissions, tls);
    }

    /**
     * Decides whether others may listen at the same port.
     *
     * @param share true to share it with those who want that too
     * @return changed options
     */
    public ServerOptions withReusePort(boolean share) {
        return new ServerOptions(
                limit, backlog, startServing, reuseAddress, share, keepAlive, cleanupSocket, permissions, tls);
    }

    /**
     * Decides whether idle connections are probed.
     *
     * @param probe true to find out that a peer has gone without a word, after hours
     * @return changed options
     */
    public ServerOptions withKeepAlive(boolean probe) {
        return new ServerOptions(
                limit, backlog, startServing, reuseAddress, reusePort, probe, cleanupSocket, permissions, tls);
    }

    /**
     * Decides whether the file of a Unix domain socket is removed when the server is closed.
     *
     * @param remove false to leave it there
     * @return changed options
     */
    public ServerOptions withCleanupSocket(boolean remove) {
        return new ServerOptions(
                limit, backlog, startServing, reuseAddress, reusePort, keepAlive, remove, permissions, tls);
    }

    /**
     * Sets the permissions of the file of a Unix domain socket: who may write to it may connect.
     *
     * @param permit such as {@code PosixFilePermissions.fromString("rw-rw----")}
     * @return changed options
     */
    public ServerOptions withPermissions(Set<PosixFilePermission> permit) {
        return new ServerOptions(
                limit, backlog, startServing, reuseAddress, reusePort, keepAlive, cleanupSocket, permit, tls);
    }

    /**
     * Encrypts the connections. A connection reaches its handler once its handshake has succeeded (TLS-2); handshakes that
     * are under way when the server is closed are broken off.
     *
     * @param context what to present, and whom to trust
     * @return changed options
     */
    public ServerOptions withTls(TlsContext context) {
        return withTls(TlsOptions.of(context));
    }

    /**
     * Encrypts the connections, as {@link #withTls(TlsContext)} does.
     *
     * @param options how
     * @return changed options
     */
    public ServerOptions withTls(TlsOptions options) {
        return new ServerOptions(
                limit, backlog, startServing, reuseAddress, reusePort, keepAlive, cleanupSocket, permissions, options);
    }
}
