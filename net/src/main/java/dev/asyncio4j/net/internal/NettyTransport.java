package dev.asyncio4j.net.internal;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in which Netty can talk to the system. */
public enum NettyTransport {

    /** Linux's readiness queue, through native code: the default where it works. */
    EPOLL {
        @Override
        @Nullable
        Throwable whyUnavailable() {
            return Epoll.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlerFactory() {
            return EpollIoHandler.newFactory();
        }

        @Override
        DuplexChannel newSocket(SocketAddress remote) {
            return isUnix(remote) ? new EpollDomainSocketChannel() : new EpollSocketChannel();
        }

        @Override
        ServerChannel newServerSocket(SocketAddress local) {
            return new EpollServerSocketChannel();
        }

        @Override
        UnixServerSocket newUnixServerSocket() {
            return new UnixServerSocket.Epoll();
        }

        @Override
        PacketSocket newPacketSocket(SocketAddress local) {
            return isUnix(local)
                    ? new NativePacketSocket(new EpollDomainDatagramChannel())
                    : new NativePacketSocket(new EpollDatagramChannel(family(local)));
        }

        @Override
        void preload() {
            touch(Errors.newIOException("accept", Errors.ERRNO_ECONNRESET_NEGATIVE));
            touch(new EpollSocketChannel().config());
        }
    },

    /** The JDK's own selector: everywhere. */
    NIO {
        @Override
        @Nullable
        Throwable whyUnavailable() {
            return null;
        }

        @Override
        IoHandlerFactory handlerFactory() {
            return NioIoHandler.newFactory();
        }

        @Override
        DuplexChannel newSocket(SocketAddress remote) throws IOException {
            return isUnix(remote) ? NioUnixChannel.open() : new NioSocketChannel();
        }

        @Override
        ServerChannel newServerSocket(SocketAddress local) {
            return new NioServerSocketChannel();
        }

        @Override
        UnixServerSocket newUnixServerSocket() throws IOException {
            return new UnixServerSocket.Nio();
        }

        @Override
        PacketSocket newPacketSocket(SocketAddress local) throws IOException {
            if (isUnix(local)) {
                throw new UnsupportedOperationException(
                        "the JDK has no Unix domain sockets for datagrams; the transport epoll has");
            }
            return new NioPacketSocket(family(local));
        }

        @Override
        ChannelOption<Boolean> reusePort() {
            return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
        }

        @Override
        SocketAddress toNetty(SocketAddress address) {
            return address;
        }

        @Override
        void preload() {
            touch(IOException.class);
        }
    },

    /** Linux's completion rings: on request only. */
    IO_URING {
        @Override
        @Nullable
        Throwable whyUnavailable() {
            if (System.getProperty(MULTI_SHOT_ACCEPT) == null) {
                System.setProperty(MULTI_SHOT_ACCEPT, "false"); // before the class that reads it is loaded
            }
            return IoUring.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlerFactory() {
            return IoUringIoHandler.newFactory();
        }

        @Override
        DuplexChannel newSocket(SocketAddress remote) {
            return isUnix(remote) ? new IoUringDomainSocketChannel() : new IoUringSocketChannel();
        }

        @Override
        ServerChannel newServerSocket(SocketAddress local) {
            return new IoUringServerSocketChannel();
        }

        @Override
        UnixServerSocket newUnixServerSocket() {
            // Netty can be handed no socket that listens, and its own removes the files of others.
            throw new UnsupportedOperationException("the transport io_uring cannot listen on Unix domain sockets");
        }

        @Override
        PacketSocket newPacketSocket(SocketAddress local) {
            if (isUnix(local)) {
                throw new UnsupportedOperationException(
                        "the transport io_uring has no Unix domain sockets for datagrams; epoll has");
            }
            return new NativePacketSocket(new IoUringDatagramChannel(family(local)));
        }

        @Override
        boolean sendsFiles() {
            return false;
        }

        @Override
        void preload() {
            touch(Errors.newIOException("accept", Errors.ERRNO_ECONNRESET_NEGATIVE));
        }
    };

    /** The system property that chooses one: {@code epoll}, {@code nio} or {@code io_uring}. */
    public static final String PROPERTY = "asyncio4j.transport";

    /**
     * A multi-shot accept that fails is armed again by Netty 4.2.18 though reading was switched off, and fails again at
     * once, for as long as the process has no descriptor left.
     */
    private static final String MULTI_SHOT_ACCEPT = "io.netty.iouring.acceptMultiShotEnabled";

    private static final List<NettyTransport> BY_PREFERENCE = List.of(EPOLL, NIO);

    /** Returns why this cannot be used here, or null if it can. Loads native code. */
    abstract @Nullable Throwable whyUnavailable();

    abstract IoHandlerFactory handlerFactory();

    /** Makes a socket that can be connected to such an address. */
    abstract DuplexChannel newSocket(SocketAddress remote) throws IOException;

    /** Makes a socket that can listen at such an address of the internet. */
    abstract ServerChannel newServerSocket(SocketAddress local);

    /** Makes a Unix domain socket that can listen. */
    abstract UnixServerSocket newUnixServerSocket() throws IOException;

    /**
     * Makes a socket for datagrams that can be bound to such an address.
     *
     * @throws UnsupportedOperationException if there are none for addresses of its kind
     */
    abstract PacketSocket newPacketSocket(SocketAddress local) throws IOException;

    private static SocketProtocolFamily family(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address
                ? SocketProtocolFamily.INET6
                : SocketProtocolFamily.INET;
    }

    /** Returns the option that lets several sockets listen at one port. */
    ChannelOption<Boolean> reusePort() {
        return UnixChannelOption.SO_REUSEPORT;
    }

    /** Tells whether it has the system send files. */
    boolean sendsFiles() {
        return true;
    }

    /** Translates an address of the JDK's into what channels of this transport take. */
    SocketAddress toNetty(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress unix ? UnixPaths.toNetty(unix) : address;
    }

    /** Translates what channels give into an address of the JDK's. */
    static @Nullable SocketAddress fromNetty(@Nullable SocketAddress address) {
        return switch (address) {
            case DomainSocketAddress unix -> UnixPaths.fromNetty(unix.path());
            case UnixDomainSocketAddress unix ->
                UnixPaths.fromNetty(unix.getPath().toString());
            case null, default -> address;
        };
    }

    private static boolean isUnix(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress;
    }

    /** Loads the classes that are first needed when something fails, while they can still be loaded. */
    abstract void preload();

    private static void touch(Object used) {
        java.util.Objects.requireNonNull(used);
    }

    /**
     * Returns the transport that new loops use.
     *
     * @return the one the system property names, else the best that works here
     * @throws IllegalStateException if the property names one that is unknown or does not work here
     */
    static NettyTransport choose() {
        var asked = System.getProperty(PROPERTY);
        if (asked == null || asked.isBlank()) {
            return BY_PREFERENCE.stream()
                    .filter(transport -> transport.whyUnavailable() == null)
                    .findFirst()
                    .orElse(NIO);
        }
        return named(asked).requireAvailable();
    }

    /** Returns this, once it is certain that it works here. */
    NettyTransport requireAvailable() {
        var cause = whyUnavailable();
        if (cause != null) {
            var name = name().toLowerCase(Locale.ROOT);
            throw new IllegalStateException(
                    "the transport " + name + ", asked for by -D" + PROPERTY + ", does not work here: "
                            + cause.getMessage() + "; leave the property out, or use nio",
                    cause);
        }
        return this;
    }

    private static NettyTransport named(String name) {
        return Arrays.stream(values())
                .filter(transport -> transport.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "-D" + PROPERTY + "=" + name + " names no transport; use epoll, nio or io_uring"));
    }
}
