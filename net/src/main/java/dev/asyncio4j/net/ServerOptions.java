package dev.asyncio4j.net;

/**
 * How to serve. Immutable; each method returns changed options.
 *
 * @param limit the limit of each connection's {@link StreamReader}, in bytes
 * @param backlog how many connections may queue up in the system before they are accepted
 * @param startServing whether to accept at once, or only when {@link Server#startServing} or {@link Server#serveForever} is
 *     called
 */
public record ServerOptions(int limit, int backlog, boolean startServing) {

    /** A limit of 64 KiB, a backlog of 100, accepting at once. */
    public static final ServerOptions DEFAULT = new ServerOptions(StreamReader.DEFAULT_LIMIT, 100, true);

    /**
     * Changes the readers' limit.
     *
     * @param bytes the limit
     * @return changed options
     */
    public ServerOptions withLimit(int bytes) {
        return new ServerOptions(bytes, backlog, startServing);
    }

    /**
     * Changes the backlog.
     *
     * @param connections how many may queue up
     * @return changed options
     */
    public ServerOptions withBacklog(int connections) {
        return new ServerOptions(limit, connections, startServing);
    }

    /**
     * Decides whether to accept at once.
     *
     * @param atOnce false to wait for {@link Server#startServing}
     * @return changed options
     */
    public ServerOptions withStartServing(boolean atOnce) {
        return new ServerOptions(limit, backlog, atOnce);
    }
}
