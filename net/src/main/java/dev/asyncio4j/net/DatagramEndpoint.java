package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket that sends and receives datagrams: single messages, each of which arrives whole, or not at all, or twice. Made by
 * {@link Datagrams}.
 *
 * <p><b>States.</b> Open, or closed. What comes while nobody receives is kept up to 256 KiB; what is more the system keeps,
 * or drops.
 *
 * <p><b>Threads.</b> Loop thread only. Any number of tasks may send and receive.
 *
 * <p><b>Errors.</b> If the system objects to a datagram, or says that nobody received an earlier one, the next call of
 * {@link #send} or {@link #receive} throws that, once; the socket stays open (DG-3).
 */
public final class DatagramEndpoint implements AutoCloseable {
    private final DatagramLink link;

    DatagramEndpoint(DatagramLink link) {
        this.link = link;
    }

    /**
     * Sends a datagram to the remote address. Suspends while too much is unsent. An empty one is sent, too; over the JDK's
     * own channels, the transport {@code nio}, that is an error unless broadcasting is allowed.
     *
     * <p><b>Cancellation.</b> The datagram has been taken when this suspends; cancelling does not take it back.
     *
     * @param data its contents, maybe none; copied
     * @throws IllegalArgumentException if this endpoint has no remote address
     * @throws java.net.PortUnreachableException if nobody received an earlier datagram
     * @throws IOException if an earlier datagram could not be sent, or this endpoint is closed
     */
    public void send(byte[] data) throws IOException {
        link.send(data, link.recipients().choose());
    }

    /**
     * Sends a datagram to an address, as {@link #send(byte[])} does.
     *
     * @param data its contents, maybe none; copied
     * @param recipient who shall get it; if this endpoint has a remote address, that one (DG-2)
     * @throws IllegalArgumentException if it is another than the remote address, or is not resolved
     * @throws IOException if an earlier datagram could not be sent, or this endpoint is closed
     */
    public void send(byte[] data, SocketAddress recipient) throws IOException {
        link.send(data, link.recipients().choose(recipient));
    }

    /**
     * Waits for a datagram. Suspends until there is one.
     *
     * <p><b>Cancellation.</b> Takes nothing: what came stays to be received.
     *
     * <p><b>Order.</b> As they came; of several tasks that wait the first gets it.
     *
     * @return the datagram
     * @throws java.net.PortUnreachableException if nobody received an earlier datagram
     * @throws IOException if an earlier datagram could not be sent, or this endpoint is closed, also while this waits
     */
    public Datagram receive() throws IOException {
        return link.receive();
    }

    /**
     * Returns the address of this end.
     *
     * @return the address with its real port, or null if it has none
     */
    public @Nullable SocketAddress localAddress() {
        return link.transport().localAddress();
    }

    /**
     * Returns whom this talks to.
     *
     * @return the address, or null if it talks to anybody
     */
    public @Nullable SocketAddress remoteAddress() {
        return link.recipients().remote();
    }

    /**
     * Sends what is left and closes. Suspends until that is done; outside a task it goes on in the background.
     *
     * <p><b>Cancellation.</b> A cancel that comes meanwhile drops what is unsent and closes at once. It is not thrown here
     * but at the task's next wait.
     *
     * <p><b>Errors.</b> None.
     */
    @Override
    public void close() {
        link.close();
        if (link.isLost() || Asyncio.currentTask().isEmpty()) {
            return;
        }
        try {
            link.awaitLost();
        } catch (CancelledError cancelled) {
            link.transport().abort(null);
            Rearm.cancel(cancelled);
        }
    }

    @Override
    public String toString() {
        var remote = remoteAddress() == null ? "anybody" : remoteAddress();
        return "DatagramEndpoint[" + localAddress() + " -> " + remote
                + (link.transport().isClosing() ? ", closing" : "") + "]";
    }
}
