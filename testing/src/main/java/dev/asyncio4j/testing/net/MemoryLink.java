package dev.asyncio4j.testing.net;

import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link MemoryNetwork}, in the hands of a test that wants it to go wrong.
 *
 * <p><b>States.</b> Up; silent, while what both ends send is lost on the way; broken, or closed by its ends.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
public final class MemoryLink {

    private final MemoryNetwork network;
    private final MemoryTransport client;
    private final MemoryTransport server;
    private final LinkConditions conditions;
    private boolean silent;

    MemoryLink(
            MemoryNetwork network,
            LinkConditions conditions,
            @Nullable SocketAddress clientAddress,
            SocketAddress serverAddress) {
        this.network = network;
        this.conditions = conditions;
        client = new MemoryTransport(this, clientAddress, serverAddress);
        server = new MemoryTransport(this, serverAddress, clientAddress);
        client.connectTo(server);
        server.connectTo(client);
    }

    MemoryNetwork network() {
        return network;
    }

    MemoryTransport client() {
        return client;
    }

    MemoryTransport server() {
        return server;
    }

    boolean isSilent() {
        return silent;
    }

    /** How long what is sent now travels. */
    Duration delay() {
        return conditions.latency().plus(network.drawUpTo(conditions.jitter()));
    }

    /**
     * Returns what this way is like.
     *
     * @return the conditions of the network when this was made
     */
    public LinkConditions conditions() {
        return conditions;
    }

    /**
     * Returns the address of the end that has connected.
     *
     * @return the address; null for a Unix domain socket without a name
     */
    public @Nullable SocketAddress clientAddress() {
        return client.localAddress();
    }

    /**
     * Returns the address of the end that has accepted.
     *
     * @return the address that was connected to
     */
    public SocketAddress serverAddress() {
        return server.ownAddress();
    }

    /** Breaks the connection as a peer that has crashed: both ends are told that it was reset, at once. */
    public void reset() {
        client.broken(new SocketException("Connection reset"));
        server.broken(new SocketException("Connection reset"));
    }

    /**
     * Loses all that is sent from now on, as a cable that was pulled: neither end is told. What has been sent before and has
     * not arrived is lost as well. Lost bytes are not sent again after {@link #restore}.
     */
    public void silence() {
        silent = true;
        client.loseWhatTravels();
        server.loseWhatTravels();
    }

    /** Ends the silence. */
    public void restore() {
        silent = false;
    }

    @Override
    public String toString() {
        return "MemoryLink[" + clientAddress() + " to " + serverAddress() + (silent ? ", silent]" : "]");
    }
}
