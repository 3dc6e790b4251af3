package dev.asyncio4j.net.internal;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.TimeZone;

/**
 * Takes a channel without a socket through its life, so that no class of Netty is loaded for the first time on the loop's
 * raw thread, or when no descriptor is left to load it with.
 */
final class Warmup {

    private Warmup() {}

    static void run() {
        var channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        var _ = channel.writeOneInbound(Unpooled.EMPTY_BUFFER);
        channel.writeOutbound(Unpooled.buffer(1).writeByte(0));
        channel.pipeline().fireExceptionCaught(new IOException("a rehearsal"));
        try {
            channel.checkException();
        } catch (Exception rehearsed) {
            var _ = channel.close();
        }
        channel.releaseOutbound();
        channel.releaseInbound();
        var _ = ZoneId.systemDefault().getRules(); // for whoever writes the time into a log: it is read from a file
        var _ = TimeZone.getDefault();
        var _ = SocketErrors.connecting(
                new InetSocketAddress(InetAddress.ofLiteral("::1"), 1), new IOException("a rehearsal"));
    }
}
