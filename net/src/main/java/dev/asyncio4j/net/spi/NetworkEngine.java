package dev.asyncio4j.net.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes connections and listens for them: what streams, protocols and servers are built on.
 *
 * <p><b>Threads.</b> In a task of the running loop; every method suspends.
 *
 * <p><b>Cancellation.</b> A call that is cancelled leaves nothing open.
 */
public interface NetworkEngine {

    /**
     * Looks a name up.
     *
     * @param host a name; an address need not be handed in
     * @return its addresses, the best first, at least one
     * @throws java.net.UnknownHostException if it has none
     * @throws IOException if looking it up fails otherwise
     */
    List<InetAddress> resolve(String host) throws IOException;

    /**
     * Connects to one address. The listener has heard of the connection when this returns.
     *
     * @param request where, and how
     * @param listener hears what happens on the connection
     * @return the connection
     * @throws IOException if that fails
     */
    ByteTransport connect(ConnectRequest request, TransportListener listener) throws IOException;

    /**
     * Puts a layer between an open connection and its owner. Suspends until it is ready. What was written before passes
     * beneath it, what is written from now on passes through it.
     *
     * @param transport a connection of this engine's
     * @param layer what to put there
     * @param received what was received for the layer and taken by the owner already, possibly nothing
     * @throws IOException if it cannot be made ready; the connection is closed then, and on a cancel
     * @throws UnsupportedOperationException if this engine knows no such layer; the connection is closed then
     */
    default void startLayer(ByteTransport transport, Layer layer, byte[] received) throws IOException {
        transport.abort();
        throw new UnsupportedOperationException("this network carries plain connections only, and no " + layer);
    }

    /**
     * Takes over a socket, pipes or streams that somebody else has opened. The listener has heard of the connection when
     * this returns.
     *
     * @param request what to take over; if that fails once it has begun, it is closed
     * @param listener hears what happens on the connection
     * @return the connection
     * @throws IOException if it fails
     * @throws IllegalArgumentException if a channel is not open, not connected, not the JDK's, or taken over already
     * @throws UnsupportedOperationException if this engine takes nothing over
     */
    default ByteTransport adopt(AdoptRequest request, TransportListener listener) throws IOException {
        throw new UnsupportedOperationException("nothing that is open already can be used with " + this);
    }

    /**
     * Listens at one address. Connections queue up until {@link ListeningSocket#startAccepting}.
     *
     * @param request where, and how
     * @param connections makes the listener of each connection; called where listeners are called
     * @param failures hears of the first of a row of failures to accept; called where listeners are called
     * @return what listens
     * @throws java.net.BindException if the address is taken, or is none of this machine's
     * @throws IOException if it fails otherwise
     */
    ListeningSocket listen(
            ListenRequest request, Supplier<? extends TransportListener> connections, Consumer<Throwable> failures)
            throws IOException;

    /**
     * Opens a socket for datagrams. The listener has heard of it when this returns.
     *
     * @param request where, and how
     * @param listener hears what happens on it
     * @return the socket
     * @throws java.net.BindException if the address is taken, or is none of this machine's
     * @throws IOException if it fails otherwise
     * @throws UnsupportedOperationException if this engine knows no datagrams, or none of that family
     */
    default PacketTransport openPackets(PacketRequest request, PacketListener listener) throws IOException {
        throw new UnsupportedOperationException("there are no datagrams with " + this);
    }
}
