package dev.asyncio4j.net.internal;

import dev.asyncio4j.Future;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect to one address.
 *
 * <p><b>Threads.</b> The loop's own; started and abandoned by a coroutine, carried out on the raw thread.
 */
public final class ConnectAttempt {
    private final NettyIoDriver driver;
    private final SocketAddress remote;
    private final @Nullable SocketAddress local;
    private final TransportListener listener;
    private final Future<@Nullable Void> done;

    private @Nullable SocketChannel channel;
    private boolean abandoned;

    /**
     * Describes an attempt.
     *
     * @param driver the loop's driver
     * @param remote where to connect to, resolved
     * @param local where to connect from, or null for any
     * @param listener hears of the connection
     * @param done completed when connected, failed with an {@link java.io.IOException} when not
     */
    public ConnectAttempt(
            NettyIoDriver driver,
            SocketAddress remote,
            @Nullable SocketAddress local,
            TransportListener listener,
            Future<@Nullable Void> done) {
        this.driver = driver;
        this.remote = remote;
        this.local = local;
        this.listener = listener;
        this.done = done;
    }

    /** Begins. */
    public void start() {
        driver.submit(this::connect);
    }

    /** Gives up: closes the socket, connected or not. */
    public void abandon() {
        abandoned = true;
        driver.submit(this::closeChannel);
    }

    private void connect() {
        if (abandoned) {
            return;
        }
        try {
            channel = driver.transport().newSocket();
            SocketTransport.configure(driver, channel);
        } catch (RuntimeException e) { // no descriptor left, or no engine
            fail(e);
            return;
        }
        var transport = new SocketTransport(driver, channel, listener);
        driver.register(channel, true);
        channel.pipeline().addLast(transport);
        var connected = local == null ? channel.connect(remote) : channel.connect(remote, local);
        connected.addListener((ChannelFuture future) -> finished(future, transport));
    }

    private void finished(ChannelFuture future, SocketTransport transport) {
        if (!future.isSuccess()) {
            closeChannel();
            fail(future.cause());
        } else if (done.done()) {
            closeChannel();
        } else {
            listener.onConnected(transport);
            done.setResult(null);
        }
    }

    private void fail(Throwable cause) {
        if (!done.done()) {
            done.setException(SocketErrors.connecting(remote, cause));
        }
    }

    private void closeChannel() {
        if (channel != null) {
            var _ = channel.close();
        }
    }
}
