package dev.asyncio4j.net.internal;

import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.AdoptRequest;
import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.TransportListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import org.jspecify.annotations.Nullable;

/**
 * The making of a connection from what is open already.
 *
 * <p><b>Threads.</b> The loop's own; prepared, started and abandoned by a coroutine, carried out on the raw thread.
 */
final class Adoption {
    private final NettyIoDriver driver;
    private final TransportListener listener;
    private final Future<ByteTransport> done;
    private final AdoptedChannel channel;

    /** Takes over what is asked for: whatever may wait for a lock of its channels is done here. */
    Adoption(
            NettyIoDriver driver,
            Crossing crossing,
            AdoptRequest request,
            TransportListener listener,
            Future<ByteTransport> done)
            throws IOException {
        this.driver = driver;
        this.listener = listener;
        this.done = done;
        for (var end : request.ends()) {
            check(end);
        }
        for (var end : request.ends()) {
            prepare(end);
        }
        var inlet = inlet(crossing, request.source());
        var outlet = outlet(crossing, request.sink());
        this.channel = new AdoptedChannel(driver, crossing, request, inlet, outlet);
    }

    private void check(Closeable end) throws IOException {
        if (driver.owns(end)) {
            throw new IllegalArgumentException(end + " belongs to a connection already");
        }
        if (end instanceof SelectableChannel selectable) {
            if (selectable.provider() != SelectorProvider.provider()) {
                throw new IllegalArgumentException(end + " is not a channel of the JDK's");
            }
            if (!selectable.isOpen()) {
                throw new ClosedChannelException();
            }
        }
        if (end instanceof SocketChannel socket && !socket.isConnected()) {
            throw new IllegalArgumentException(socket + " is not connected");
        }
    }

    private static void prepare(Closeable end) throws IOException {
        if (end instanceof SelectableChannel selectable) {
            selectable.configureBlocking(false);
        }
        if (end instanceof SocketChannel socket
                && socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true); // TR-1
        }
    }

    private static @Nullable Inlet inlet(Crossing crossing, @Nullable Closeable source) {
        return switch (source) {
            case SocketChannel socket -> new ChannelInlet<>(crossing, socket);
            case Pipe.SourceChannel pipe -> new ChannelInlet<>(crossing, pipe);
            case InputStream stream -> new StreamInlet(crossing, stream);
            case null, default -> null;
        };
    }

    private static @Nullable Outlet outlet(Crossing crossing, @Nullable Closeable sink) {
        return switch (sink) {
            case SocketChannel socket -> new ChannelOutlet<>(crossing, socket);
            case Pipe.SinkChannel pipe -> new ChannelOutlet<>(crossing, pipe);
            case OutputStream stream -> new StreamOutlet(crossing, stream);
            case null, default -> null;
        };
    }

    /** Begins. */
    void start() {
        driver.submit(this::register);
    }

    /** Closes what was taken over, whether it is a connection already or not. */
    void abandon() {
        driver.submit(this::closeChannel);
    }

    private void register() {
        if (done.done()) {
            return;
        }
        try {
            var opening = new Opening(driver, channel, listener, null);
            driver.register(channel, true);
            opening.connected(_ -> done.setResult(opening.transport()));
        } catch (RuntimeException e) { // no engine
            closeChannel();
            done.setException(e);
        }
    }

    private void closeChannel() {
        if (channel.isRegistered()) {
            var _ = channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }
}
