package dev.asyncio4j.net.internal;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Datagrams through the JDK's own channels. */
final class NioPacketSocket implements PacketSocket {
    private final DatagramChannel socket;
    private final NioDatagramChannel channel;

    NioPacketSocket(SocketProtocolFamily family) throws IOException {
        socket = DatagramChannel.open(family.toJdkFamily());
        channel = new NioDatagramChannel(socket);
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void connect(SocketAddress remote) throws IOException {
        socket.connect(remote);
    }

    @Override
    public void sendEmpty(@Nullable SocketAddress recipient) throws IOException {
        if (socket.isConnected()) { // then the JDK makes no call for no bytes
            throw new IOException("the JDK sends no empty datagram once it is connected; the transport epoll does");
        }
        socket.send(ByteBuffer.allocate(0), Objects.requireNonNull(recipient));
    }

    @Override
    public @Nullable SocketAddress localAddress() throws IOException {
        return socket.getLocalAddress();
    }
}
