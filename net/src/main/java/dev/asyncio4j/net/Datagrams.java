package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import java.io.IOException;

/**
 * Datagrams for straight-line code. For callbacks there is {@link Network#createDatagramEndpoint}.
 *
 * <p><b>Threads.</b> Inside a task of a running loop only.
 *
 * <p><b>Example.</b> A server that answers, and its client:
 *
 * {@snippet class="dev.asyncio4j.snippets.DatagramTest" region="datagrams"}
 */
public final class Datagrams {

    private Datagrams() {}

    /**
     * Opens a socket that receives at an address, from anybody. Suspends until it is open.
     *
     * @param host a name or an address of this machine; empty for all
     * @param port the port; 0 for any, which {@link DatagramEndpoint#localAddress} tells
     * @return the socket; close it
     * @throws java.net.BindException if the address is taken, or is none of this machine's
     * @throws IOException if it fails otherwise
     */
    public static DatagramEndpoint bind(String host, int port) throws IOException {
        return open(DatagramOptions.DEFAULT.withLocalAddress(host, port));
    }

    /**
     * Opens a socket that talks to one peer only. Suspends until it is open, not for an answer: nothing is sent.
     *
     * @param host the peer's name or address
     * @param port its port
     * @return the socket; close it
     * @throws java.net.UnknownHostException if the name has no address
     * @throws IOException if it fails otherwise
     */
    public static DatagramEndpoint connect(String host, int port) throws IOException {
        return open(DatagramOptions.DEFAULT.withRemoteAddress(host, port));
    }

    /**
     * Opens a socket. Suspends until it is open.
     *
     * <p>If there are several addresses, they are tried one after the other, and the first error is thrown if none works
     * (DG-1).
     *
     * <p><b>Cancellation.</b> Closes it.
     *
     * @param options where, and how
     * @return the socket; close it
     * @throws IllegalArgumentException if they name neither an address nor a family
     * @throws java.net.UnknownHostException if a name has no address
     * @throws java.net.BindException if the address is taken, or is none of this machine's
     * @throws IOException if it fails otherwise
     * @throws UnsupportedOperationException if it is a Unix domain socket, and the transport knows none for datagrams
     */
    public static DatagramEndpoint open(DatagramOptions options) throws IOException {
        var loop = Asyncio.getRunningLoop();
        return new DatagramEndpoint(PacketOpener.open(
                loop, options, remote -> new DatagramLink(loop, new Recipients(remote, !options.allowBroadcast()))));
    }
}
