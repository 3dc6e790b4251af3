package dev.asyncio4j.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.LoopOptions;
import dev.asyncio4j.RunOptions;
import dev.asyncio4j.net.internal.NettyIoDriver;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** What the tests of this module share: loops that wait in a given transport, and connections of loopback. */
final class Net {
    static final String LOOPBACK = "127.0.0.1";

    private Net() {}

    /** Those that work on this machine, the rings as well; where one is missing, its name is printed. */
    static Stream<NettyTransport> transports() {
        return Stream.of(NettyTransport.EPOLL, NettyTransport.NIO, NettyTransport.IO_URING)
                .filter(Net::isThere);
    }

    private static boolean isThere(NettyTransport transport) {
        try {
            run(transport, () -> {});
            return true;
        } catch (IllegalStateException e) {
            System.out.println("not tested over " + transport + ": " + e.getMessage());
            return false;
        }
    }

    /** Runs a program on a loop of its own that waits in the given transport. */
    static <X extends Throwable> void run(NettyTransport transport, Action<X> body) throws X {
        var options = LoopOptions.DEFAULT.withDriver(new NettyIoDriver(transport));
        Asyncio.run(body.asCoroutine(), RunOptions.DEFAULT.withLoopFactory(() -> new BaseEventLoop(options)));
    }

    /** Runs a program on a loop of its own; for what needs no network. */
    static <X extends Throwable> void run(Action<X> body) throws X {
        Asyncio.run(body);
    }

    static Connection connect(Server server) throws IOException {
        return Streams.openConnection(LOOPBACK, port(server));
    }

    /** Makes a socket of {@code java.nio} that is connected to a port of loopback. */
    static SocketChannel connectedSocket(int port) throws IOException {
        var socket = SocketChannel.open();
        socket.configureBlocking(false);
        Sockets.sockConnect(socket, new InetSocketAddress(LOOPBACK, port));
        return socket;
    }

    static int port(Server server) {
        return server.sockets().getFirst().getPort();
    }

    /** Lets the loop turn until something is so; there is nothing to wait for but turns. */
    static void turnUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            turn();
        }
    }

    /** Lets the loop turn until something has not changed for a while: for what must come to a stop. */
    static void turnUntilStill(IntSupplier count) {
        var before = -1;
        while (before != count.getAsInt()) {
            before = count.getAsInt();
            for (var i = 0; i < 100; i++) {
                turn();
            }
        }
    }

    static void turn() {
        Asyncio.sleep(Duration.ZERO);
    }

    /** Waits until a connection is gone, however it went. */
    static void awaitEnd(Connection connection) {
        try {
            connection.writer().waitClosed();
        } catch (IOException e) {
            assert e.getMessage() != null; // that it broke is what the test wanted
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
