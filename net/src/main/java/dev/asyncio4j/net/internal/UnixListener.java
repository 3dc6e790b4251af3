package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.spi.ListenRequest;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket that listens already, with its file, before it has become a channel of the loop.
 *
 * @param channel the socket; not registered
 * @param file its file
 */
record UnixListener(ServerChannel channel, SocketFile file) {
    /*
     * The channels that Netty has for this remove whatever lies at their path, be it a file of the user's: before they
     * bind, and again when they are closed. So we bind and listen, and Netty gets a socket of which it does not know the
     * path. That also lets the permissions be set before anybody can connect.
     */

    /**
     * Listens. It runs in a coroutine: it asks the file system, and does not suspend.
     *
     * @throws IOException if it cannot listen there
     */
    static UnixListener open(NettyTransport transport, UnixDomainSocketAddress address, ListenRequest request)
            throws IOException {
        UnixPaths.check(address, "listen on");
        if (!SocketFile.makeRoomAt(address.getPath())) {
            throw SocketErrors.binding(address, new BindException("address already in use"));
        }
        try {
            return open(transport.newUnixServerSocket(), address, request);
        } catch (IOException e) { // no descriptor left, or no right to be there
            throw SocketErrors.binding(address, e);
        }
    }

    private static UnixListener open(UnixServerSocket socket, UnixDomainSocketAddress address, ListenRequest request)
            throws IOException {
        @Nullable SocketFile file = null;
        var listening = false;
        try {
            socket.bind(address, request.backlog());
            file = SocketFile.madeAt(address.getPath());
            if (request.permissions() != null) {
                Files.setPosixFilePermissions(address.getPath(), request.permissions());
            }
            var channel = socket.listen(request.backlog());
            listening = true;
            return new UnixListener(channel, file);
        } finally {
            if (!listening) {
                if (file != null) {
                    file.remove();
                }
                socket.close();
            }
        }
    }
}
