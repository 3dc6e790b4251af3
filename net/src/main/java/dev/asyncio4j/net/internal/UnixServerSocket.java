package dev.asyncio4j.net.internal;

import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** A Unix domain socket on its way to be a channel that listens. Any thread, one at a time. */
sealed interface UnixServerSocket {

    /** Makes the file. */
    void bind(UnixDomainSocketAddress address, int backlog) throws IOException;

    /** Listens, if {@link #bind} has not done so already; whoever came before is turned away. */
    ServerChannel listen(int backlog) throws IOException;

    /** Closes the socket; the file stays. Not after {@link #listen}. */
    void close() throws IOException;

    /** A socket of Netty's native code. */
    final class Epoll implements UnixServerSocket {
        private final Socket socket = Socket.newSocketDomain();

        @Override
        public void bind(UnixDomainSocketAddress address, int backlog) throws IOException {
            socket.bind(UnixPaths.toNetty(address));
        }

        @Override
        public ServerChannel listen(int backlog) throws IOException {
            socket.listen(backlog);
            return new EpollServerDomainSocketChannel(socket.intValue(), true);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A socket of the JDK's, which binds and listens in one. */
    final class Nio implements UnixServerSocket {
        private final ServerSocketChannel socket;

        Nio() throws IOException {
            socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        }

        @Override
        public void bind(UnixDomainSocketAddress address, int backlog) throws IOException {
            socket.bind(address, backlog);
        }

        @Override
        public ServerChannel listen(int backlog) throws IOException {
            socket.configureBlocking(false);
            for (var early = socket.accept(); early != null; early = socket.accept()) {
                early.close();
            }
            return new NioUnixServerChannel(socket);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
