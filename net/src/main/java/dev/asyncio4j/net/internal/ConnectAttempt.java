package dev.asyncio4j.net.internal;

import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.ConnectRequest;
import dev.asyncio4j.net.spi.TransportListener;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect to one address.
 *
 * <p><b>Threads.</b> The loop's own; started and abandoned by a coroutine, carried out on the raw thread.
 */
final class ConnectAttempt {
    private final NettyIoDriver driver;
    private final ConnectRequest request;
    private final TransportListener listener;
    private final Future<ByteTransport> done;

    private @Nullable DuplexChannel channel;
    private @Nullable Opening opening;
    private boolean abandoned;

    /**
     * Describes an attempt.
     *
     * @param driver the loop's driver
     * @param request where to connect to
     * @param listener hears of the connection
     * @param done completed when connected, failed with an {@link java.io.IOException} when not
     */
    ConnectAttempt(
            NettyIoDriver driver, ConnectRequest request, TransportListener listener, Future<ByteTransport> done) {
        this.driver = driver;
        this.request = request;
        this.listener = listener;
        this.done = done;
    }

    /** Begins. */
    void start() {
        driver.submit(this::connect);
    }

    /** Gives up: closes the socket, connected or not. */
    void abandon() {
        abandoned = true;
        driver.submit(this::closeChannel);
    }

    private void connect() {
        if (abandoned) {
            return;
        }
        try {
            channel = driver.transport().newSocket(request.remote());
            opening = new Opening(driver, channel, listener, null);
        } catch (IOException | RuntimeException e) { // no descriptor left, or no engine
            closeChannel();
            fail(e);
            return;
        }
        driver.register(channel, true);
        var local = request.local();
        var remote = driver.transport().toNetty(request.remote());
        var connected = local == null ? channel.connect(remote) : channel.connect(remote, local);
        connected.addListener((ChannelFuture future) -> connected(future));
    }

    private void connected(ChannelFuture future) {
        if (future.isSuccess() && !done.done()) {
            Objects.requireNonNull(opening).connected(this::finished);
        } else {
            finished(future.cause());
        }
    }

    private void finished(@Nullable Throwable cause) {
        if (cause != null) {
            closeChannel();
            fail(cause);
        } else if (done.done()) {
            closeChannel();
        } else {
            done.setResult(Objects.requireNonNull(opening).transport());
        }
    }

    private void fail(Throwable cause) {
        if (!done.done()) {
            done.setException(SocketErrors.connecting(request.remote(), request.local(), cause));
        }
    }

    private void closeChannel() {
        if (channel != null && channel.isRegistered()) {
            var _ = channel.close();
        } else if (channel != null) {
            channel.unsafe().closeForcibly();
        }
    }
}
