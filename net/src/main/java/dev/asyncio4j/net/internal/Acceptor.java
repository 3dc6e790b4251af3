package dev.asyncio4j.net.internal;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.ListenRequest;
import dev.asyncio4j.net.spi.ListeningSocket;
import dev.asyncio4j.net.spi.TransportListener;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listening socket.
 *
 * <p><b>Threads.</b> The loop's own; asked by coroutines, carried out on the raw thread.
 */
@Sharable // a second channel if the first cannot be bound
final class Acceptor extends ChannelInboundHandlerAdapter implements ListeningSocket {
    /*
     * When accepting fails, mostly because the process has no descriptors left, the socket stays ready and accepting would
     * fail again at once, millions of times a second. So accepting pauses, by a timer of our loop's, and the first failure
     * of a row is reported. Netty's own remedy passes the error on to whoever logs, on this thread.
     *
     * In one poll only a few are accepted. The rings of io_uring would go on while somebody waits: when a thousand had come
     * and gone while there was no descriptor, each end of a pause spent all that were free on the dead, before a task could
     * close one, and failed again.
     */

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MOST_IN_A_POLL = 16; // one more than that stops it; over epoll and NIO Netty does before

    private final EventLoop loop;
    private final NettyIoDriver driver;
    private final ListenRequest request;
    private final Supplier<? extends TransportListener> connections;
    private final Consumer<Throwable> failures;

    private final Set<DuplexChannel> preparing = new HashSet<>(); // whose layers are not ready yet
    private @Nullable ServerChannel channel;
    private boolean accepting;
    private boolean paused; // since a failure to accept; one timer at a time
    private int acceptedInPoll; // raw thread only
    private boolean closed;
    private boolean triedAgain; // to bind, after a poll
    private boolean failing; // since the last connection accepted
    private @Nullable SocketFile file; // of a Unix domain socket, if it is to be removed
    private @Nullable SocketAddress bound;

    /**
     * Describes a listening socket.
     *
     * @param loop the running loop
     * @param driver its driver
     * @param request where to listen, and how
     * @param connections makes the listener of each connection; called on the raw thread
     * @param failures hears of the first of a row of failures to accept; called on the raw thread
     */
    Acceptor(
            EventLoop loop,
            NettyIoDriver driver,
            ListenRequest request,
            Supplier<? extends TransportListener> connections,
            Consumer<Throwable> failures) {
        this.loop = loop;
        this.driver = driver;
        this.request = request;
        this.connections = connections;
        this.failures = failures;
    }

    /**
     * Binds the socket; connections queue up in the system until {@link #startAccepting}.
     *
     * @param done completed when bound, failed with an {@link IOException} when not
     * @throws IOException if that is known at once
     */
    void bind(Future<@Nullable Void> done) throws IOException {
        rehearseFailure();
        if (request.address() instanceof UnixDomainSocketAddress unix) {
            bindUnix(unix, done);
        } else {
            driver.submit(() -> bindNow(done));
        }
    }

    private void bindUnix(UnixDomainSocketAddress address, Future<@Nullable Void> done) throws IOException {
        var listener = UnixListener.open(driver.chosenTransport(), address, request);
        bound = address;
        channel = listener.channel();
        if (request.removesFile()) {
            file = listener.file();
        }
        driver.submit(() -> adoptUnix(listener.channel(), done));
    }

    private void adoptUnix(ServerChannel server, Future<@Nullable Void> done) {
        if (closed) {
            return;
        }
        server.config().setAutoRead(false);
        server.pipeline().addLast(this);
        server.closeFuture().addListener(_ -> removeFile());
        driver.register(server, false);
        if (!done.done()) {
            done.setResult(null);
        }
    }

    /** Loads what a failure to accept needs: when it comes, there may be no descriptor left to load a class with. */
    private void rehearseFailure() {
        loop.callLater(PAUSE, this::endPause).cancel();
        ExceptionContext.of("a rehearsal").with(ExceptionContext.EXCEPTION, this);
    }

    private void bindNow(Future<@Nullable Void> done) {
        var mayBeOurs = driver.isClosing();
        ServerChannel server;
        try {
            server = driver.transport().newServerSocket(request.address());
        } catch (RuntimeException e) { // no descriptor left, or no engine
            done.setException(SocketErrors.binding(request.address(), e));
            return;
        }
        channel = server;
        configure(server);
        driver.register(server, false);
        server.pipeline().addLast(this);
        var _ = server.bind(driver.transport().toNetty(request.address()))
                .addListener((ChannelFuture future) -> bound(future, mayBeOurs, done));
    }

    private void configure(ServerChannel server) {
        var config = server.config();
        config.setAutoRead(false);
        config.setOption(ChannelOption.SO_BACKLOG, request.backlog());
        if (request.address() instanceof InetSocketAddress) {
            config.setOption(ChannelOption.SO_REUSEADDR, request.reuseAddress());
            if (request.reusePort()) {
                config.setOption(driver.transport().reusePort(), true);
            }
        }
    }

    private void bound(ChannelFuture future, boolean mayBeOurs, Future<@Nullable Void> done) {
        if (!future.isSuccess() || done.done()) {
            var _ = future.channel().close();
        }
        if (done.done()) {
            return;
        }
        if (future.isSuccess()) {
            bound = NettyTransport.fromNetty(future.channel().localAddress());
            done.setResult(null);
        } else if (mayBeOurs && !triedAgain) { // who holds the address may be one of ours that closes
            triedAgain = true;
            loop.callSoon(() -> driver.submit(() -> bindNow(done)));
        } else {
            done.setException(SocketErrors.binding(request.address(), future.cause()));
        }
    }

    @Override
    public void startAccepting() {
        if (!accepting) {
            accepting = true;
            driver.submit(this::applyAccepting);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            removeFile(); // while it is open: see there
            driver.submit(this::closeNow);
        }
    }

    @Override
    public SocketAddress localAddress() {
        return Objects.requireNonNull(bound, "not bound yet");
    }

    private void applyAccepting() {
        if (channel != null && channel.isOpen()) {
            channel.config().setAutoRead(accepting && !paused && acceptedInPoll <= MOST_IN_A_POLL);
        }
    }

    private void closeNow() {
        for (var child : List.copyOf(preparing)) {
            child.unsafe().close(child.voidPromise());
        }
        if (channel != null && channel.isRegistered()) {
            var _ = channel.close();
        } else if (channel != null) {
            channel.unsafe().closeForcibly();
        }
    }

    private void removeFile() {
        if (file == null) {
            return;
        }
        try {
            file.remove();
        } catch (IOException failure) {
            if (!loop.isClosed()) {
                loop.callSoon(() -> reportFile(failure));
            }
        }
    }

    private void reportFile(IOException failure) {
        loop.callExceptionHandler(ExceptionContext.of("the file of a Unix domain socket could not be removed")
                .with(ExceptionContext.EXCEPTION, failure));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        failing = false;
        countInPoll();
        var child = (DuplexChannel) message;
        if (closed) {
            child.unsafe().closeForcibly();
            return;
        }
        if (request.keepAlive() && child instanceof SocketChannel) {
            child.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        }
        var opening = new Opening(driver, child, connections.get(), request.layer());
        if (request.layer() == null) {
            opening.connected(_ -> {}); // announced before it is read from
        }
        driver.register(child, true);
        if (request.layer() != null) {
            preparing.add(child);
            opening.connected(failure -> prepared(child, failure));
        }
    }

    private void countInPoll() {
        if (acceptedInPoll++ == 0) {
            driver.submit(this::endPoll);
        }
        if (acceptedInPoll > MOST_IN_A_POLL) {
            applyAccepting();
        }
    }

    private void endPoll() {
        acceptedInPoll = 0;
        applyAccepting();
    }

    private void prepared(DuplexChannel child, @Nullable Throwable failure) {
        preparing.remove(child);
        closeIfFailed(child, failure);
    }

    /** What a peer did wrong concerns nobody here, except who debugs (CN-8). */
    private void closeIfFailed(DuplexChannel child, @Nullable Throwable failure) {
        if (failure == null) {
            return;
        }
        child.unsafe().close(child.voidPromise());
        if (loop.getDebug()) {
            loop.callSoon(() -> loop.callExceptionHandler(
                    ExceptionContext.of("a peer could not be accepted").with(ExceptionContext.EXCEPTION, failure)));
        }
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
