package dev.asyncio4j.net.internal;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Future;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listening socket.
 *
 * <p><b>Threads.</b> The loop's own; asked by coroutines, carried out on the raw thread.
 */
public final class Acceptor extends ChannelInboundHandlerAdapter {
    /*
     * When accepting fails, mostly because the process has no descriptors left, the socket stays ready and accepting would
     * fail again at once, millions of times a second. So accepting pauses, by a timer of our loop's, and the first failure
     * of a row is reported. Netty's own remedy passes the error on to whoever logs, on this thread.
     */

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final NettyIoDriver driver;
    private final InetSocketAddress address;
    private final Supplier<TransportListener> connections;
    private final Consumer<Throwable> failures;

    private @Nullable ServerSocketChannel channel;
    private boolean accepting;
    private boolean paused; // since a failure to accept, for a second; one timer at a time
    private boolean closed;
    private boolean failing; // since the last connection accepted
    private @Nullable InetSocketAddress bound;

    /**
     * Describes a listening socket.
     *
     * @param loop the running loop
     * @param driver its driver
     * @param address where to listen; port 0 for any
     * @param connections makes the listener of each connection; called on the raw thread
     * @param failures hears of the first of a row of failures to accept; called on the raw thread
     */
    public Acceptor(
            EventLoop loop,
            NettyIoDriver driver,
            InetSocketAddress address,
            Supplier<TransportListener> connections,
            Consumer<Throwable> failures) {
        this.loop = loop;
        this.driver = driver;
        this.address = address;
        this.connections = connections;
        this.failures = failures;
    }

    /**
     * Binds the socket; connections queue up in the system until {@link #startAccepting}.
     *
     * @param backlog how many connections may queue up
     * @param done completed when bound, failed with an {@link java.io.IOException} when not
     */
    public void bind(int backlog, Future<@Nullable Void> done) {
        rehearseFailure();
        driver.submit(() -> bindNow(backlog, done));
    }

    /** Loads what a failure to accept needs: when it comes, there may be no descriptor left to load a class with. */
    private void rehearseFailure() {
        loop.callLater(PAUSE, this::endPause).cancel();
        ExceptionContext.of("a rehearsal").with(ExceptionContext.EXCEPTION, this);
    }

    private void bindNow(int backlog, Future<@Nullable Void> done) {
        ServerSocketChannel server;
        try {
            server = driver.transport().newServerSocket();
        } catch (RuntimeException e) { // no descriptor left, or no engine
            done.setException(SocketErrors.binding(address, e));
            return;
        }
        channel = server;
        server.config().setAutoRead(false);
        server.config().setBacklog(backlog);
        server.config().setOption(ChannelOption.SO_REUSEADDR, true);
        driver.register(server, false);
        server.pipeline().addLast(this);
        var _ = server.bind(address).addListener((ChannelFuture future) -> bound(future, done));
    }

    private void bound(ChannelFuture future, Future<@Nullable Void> done) {
        if (!future.isSuccess() || done.done()) {
            var _ = future.channel().close();
        }
        if (done.done()) {
            return;
        }
        if (future.isSuccess()) {
            bound = Objects.requireNonNull(channel).localAddress();
            done.setResult(null);
        } else {
            done.setException(SocketErrors.binding(address, future.cause()));
        }
    }

    /** Accepts what has queued up and what comes. */
    public void startAccepting() {
        if (!accepting) {
            accepting = true;
            driver.submit(this::applyAccepting);
        }
    }

    /** Closes the socket; connections accepted before stay. */
    public void close() {
        if (!closed) {
            closed = true;
            driver.submit(this::closeNow);
        }
    }

    /**
     * Returns where this listens.
     *
     * @return the address with its real port, or null before {@link #bind} is done
     */
    public @Nullable InetSocketAddress localAddress() {
        return bound;
    }

    private void applyAccepting() {
        if (channel != null && channel.isOpen()) {
            channel.config().setAutoRead(accepting && !paused);
        }
    }

    private void closeNow() {
        if (channel != null) {
            var _ = channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        failing = false;
        var child = (SocketChannel) message;
        if (closed) {
            child.unsafe().closeForcibly();
            return;
        }
        SocketTransport.configure(driver, child);
        var listener = connections.get();
        var transport = new SocketTransport(driver, child, listener);
        child.pipeline().addLast(transport);
        listener.onConnected(transport);
        driver.register(child, true);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!paused) {
            paused = true;
            applyAccepting();
            loop.callLater(PAUSE, this::endPause);
        }
        if (!failing) {
            failing = true;
            failures.accept(cause);
        }
    }

    private void endPause() {
        paused = false;
        driver.submit(this::applyAccepting);
    }
}
