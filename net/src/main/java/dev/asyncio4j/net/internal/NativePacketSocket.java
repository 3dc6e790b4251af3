package dev.asyncio4j.net.internal;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Datagrams through native code. */
final class NativePacketSocket implements PacketSocket {
    private final UnixChannel channel;
    private final Socket socket; // the channel's own; the channel closes it

    NativePacketSocket(UnixChannel channel) {
        this.channel = channel;
        this.socket = new Socket(channel.fd().intValue());
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
        var nothing = ByteBuffer.allocateDirect(1);
        if (recipient instanceof InetSocketAddress inet) {
            socket.sendTo(nothing, 0, 0, inet.getAddress(), inet.getPort());
        } else if (recipient instanceof DomainSocketAddress unix) {
            socket.sendToDomainSocket(nothing, 0, 0, unix.path().getBytes(StandardCharsets.UTF_8));
        } else {
            socket.send(nothing, 0, 0);
        }
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return channel.localAddress() instanceof DomainSocketAddress unix ? unix : socket.localAddress();
    }
}
