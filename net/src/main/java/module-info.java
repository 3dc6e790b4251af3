import org.jspecify.annotations.NullMarked;

/** Streams, servers, transports and protocols over Netty, driven by the loop's own thread. */
@NullMarked
module dev.asyncio4j.net {
    requires transitive dev.asyncio4j;
    requires static org.jspecify;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.classes.kqueue;
    requires io.netty.transport.unix.common;
    requires static io.netty.tcnative.classes.openssl;

    exports dev.asyncio4j.net;
    exports dev.asyncio4j.net.spi;

    provides dev.asyncio4j.spi.IoDriverProvider with
            dev.asyncio4j.net.internal.NettyIoDriverProvider;
    provides java.net.spi.InetAddressResolverProvider with
            dev.asyncio4j.net.internal.OffLoopResolver;
}
