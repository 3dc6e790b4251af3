package dev.asyncio4j.net;

import java.net.SocketAddress;

/**
 * A message that came.
 *
 * @param data its contents, maybe none; the receiver's to keep
 * @param sender who sent it; an empty Unix domain address if that socket has no path
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; contents are what Java calls bytes
public record Datagram(byte[] data, SocketAddress sender) {

    @Override
    public String toString() {
        return "Datagram[" + data.length + " bytes from " + sender + "]";
    }
}
