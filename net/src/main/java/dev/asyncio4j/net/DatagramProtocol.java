package dev.asyncio4j.net;

import java.io.IOException;
import java.net.SocketAddress;

/**
 * What hears of the datagrams that a socket receives. For straight-line code there are {@link Datagrams}.
 *
 * <p><b>Order</b>, <b>threads</b> and <b>errors</b> are those of {@link BaseProtocol}; the socket outlives what a callback
 * throws.
 *
 * <p><b>Example.</b> An echo:
 *
 * {@snippet class="dev.asyncio4j.snippets.DatagramTest" region="datagram-protocol"}
 */
public interface DatagramProtocol extends BaseProtocol<DatagramTransport> {

    /**
     * Takes a datagram.
     *
     * @param data its contents, maybe none; the receiver's to keep
     * @param sender who sent it
     * @throws Exception whatever goes wrong
     */
    default void datagramReceived(byte[] data, SocketAddress sender) throws Exception {}

    /**
     * Hears that a datagram could not be sent, or, if the socket talks to one peer only, that nobody received an earlier one
     * (DG-3). The socket lives on.
     *
     * @param error what the system says, such as {@link java.net.PortUnreachableException}
     * @throws Exception whatever goes wrong
     */
    default void errorReceived(IOException error) throws Exception {}
}
