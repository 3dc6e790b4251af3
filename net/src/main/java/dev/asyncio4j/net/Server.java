package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Future;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.spi.ListeningSocket;
import dev.asyncio4j.net.spi.TransportListener;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Listens and has each connection served.
 *
 * <p><b>States.</b> Listening; serving, when connections are accepted; closed, when no more are. Connections that were
 * accepted outlive it (SV-1).
 *
 * <p><b>Threads.</b> Loop thread only.
 */
public final class Server implements AutoCloseable {
    private final EventLoop loop;
    private final Function<Server, TransportListener> clients; // makes the listener of each connection
    private final Set<ServerClient> connections = new LinkedHashSet<>();
    private final List<Future<@Nullable Void>> closings = new ArrayList<>();

    private @Nullable List<ListeningSocket> listening; // null before listening
    private boolean serving;
    private boolean closed;
    private @Nullable Future<@Nullable Void> forever; // what serveForever waits for

    Server(EventLoop loop, Function<Server, TransportListener> clients) {
        this.loop = loop;
        this.clients = clients;
    }

    /**
     * Returns the loop this serves on.
     *
     * @return the loop
     */
    public EventLoop getLoop() {
        return loop;
    }

    /**
     * Returns the internet addresses at which this listens.
     *
     * @return the addresses with their real ports; none once closed, and none of a server of Unix domain sockets
     */
    public List<InetSocketAddress> sockets() {
        return addresses().stream()
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .toList();
    }

    /**
     * Returns where this listens, at addresses of whatever kind.
     *
     * @return the addresses; none once closed
     */
    public List<SocketAddress> addresses() {
        if (closed || listening == null) {
            return List.of();
        }
        return listening.stream().map(ListeningSocket::localAddress).toList();
    }

    /**
     * Tells whether connections are accepted.
     *
     * @return false before {@link #startServing} and once closed
     */
    public boolean isServing() {
        return serving && !closed;
    }

    /**
     * Accepts connections. Does nothing if it does so already (SV-5).
     *
     * @throws IllegalStateException if this is closed
     */
    public void startServing() {
        requireOpen();
        if (!serving) {
            serving = true;
            Objects.requireNonNull(listening).forEach(ListeningSocket::startAccepting);
        }
    }

    /**
     * Serves until cancelled, or until this is closed. Suspends until then; never returns (SV-4).
     *
     * <p><b>Cancellation.</b> Closes this and waits for the connections to end, then goes on with the cancel, as asyncio
     * does. So a peer that stays connected and idle holds up the end of a program that was told to stop by Ctrl-C; a second
     * cancel ends that wait. {@link #serveUntilCancelled} waits for so long only.
     *
     * @throws CancelledError always
     * @throws IllegalStateException if this is closed, or if another task is in here
     */
    public void serveForever() {
        serve(() -> {
            close();
            waitClosed();
        });
    }

    /**
     * Serves as {@link #serveForever} does, and at the end gives the connections so much time and no more. Suspends until
     * then; never returns.
     *
     * <p><b>Cancellation.</b> Closes this as {@link #close(Duration)} does, then goes on with the cancel.
     *
     * @param grace how long to wait for the connections; zero or more
     * @throws CancelledError always
     * @throws IllegalStateException if this is closed, or if another task is in here
     */
    public void serveUntilCancelled(Duration grace) {
        requireGrace(grace);
        serve(() -> close(grace));
    }

    private void serve(Runnable end) {
        requireOpen();
        if (forever != null) {
            throw new IllegalStateException("another task runs serveForever() on " + this);
        }
        startServing();
        Future<@Nullable Void> until = loop.createFuture("the end of a server");
        forever = until;
        try {
            until.await();
        } catch (CancelledError cancelled) {
            end.run();
            throw cancelled;
        } finally {
            forever = null;
        }
    }

    /**
     * Stops accepting, and ends {@link #serveForever} with a {@link CancelledError}. Connections stay. Does not suspend;
     * does nothing if closed already (SV-1).
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (listening != null) {
            listening.forEach(ListeningSocket::close);
        }
        if (forever != null) {
            forever.cancel();
        }
        wakeIfEnded();
    }

    /**
     * Stops accepting, waits for the connections to end, and closes those that are left when the time is up. Suspends until
     * the last has ended.
     *
     * <p>What the connections' handlers do with their time is theirs to decide; {@link #closeClients} before this tells
     * them that it is over.
     *
     * <p><b>Cancellation.</b> Closes what is left at once. It is not thrown here but at the task's next wait.
     *
     * @param grace how long to wait; zero or more
     * @throws IllegalArgumentException if it is negative
     */
    public void close(Duration grace) {
        requireGrace(grace);
        close();
        try {
            Asyncio.timeout(grace, this::waitClosed);
        } catch (TimeoutException late) {
            abortAndWait();
        } catch (CancelledError cancelled) {
            abortClients();
            Rearm.cancel(cancelled);
        }
    }

    private void abortAndWait() {
        abortClients();
        try {
            waitClosed();
        } catch (CancelledError cancelled) {
            Rearm.cancel(cancelled);
        }
    }

    private static void requireGrace(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("the grace must not be negative: " + grace);
        }
    }

    /** Closes every connection once what it has to send is sent. Does not suspend (SV-3). */
    public void closeClients() {
        List.copyOf(connections).forEach(ServerClient::close);
    }

    /** Closes every connection at once; what is unsent is dropped. Does not suspend (SV-3). */
    public void abortClients() {
        List.copyOf(connections).forEach(ServerClient::abort);
    }

    /**
     * Waits until this is closed and its last connection has ended, in whichever order. Suspends until then: on a server
     * that nobody closes, for ever (SV-2).
     */
    public void waitClosed() {
        if (hasEnded()) {
            return;
        }
        Future<@Nullable Void> end = loop.createFuture("the last connection of a server");
        closings.add(end);
        try {
            end.await();
        } finally {
            closings.remove(end);
        }
    }

    private boolean hasEnded() {
        return closed && connections.isEmpty();
    }

    private void wakeIfEnded() {
        if (!hasEnded()) {
            return;
        }
        for (Future<@Nullable Void> end : closings) {
            if (!end.done()) {
                end.setResult(null);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the server is closed: " + this);
        }
    }

    void listen(List<ListeningSocket> bound) {
        listening = bound;
    }

    boolean isListening() {
        return listening != null;
    }

    /* ---- on the raw thread ---- */

    TransportListener newConnection() {
        return clients.apply(this);
    }

    void attach(ServerClient connection) {
        connections.add(connection);
    }

    void detach(ServerClient connection) {
        connections.remove(connection);
        wakeIfEnded();
    }

    void acceptFailed(Throwable failure) {
        loop.callSoon(() -> loop.callExceptionHandler(
                ExceptionContext.of("a server cannot accept connections, and tries again twice a second")
                        .with(ExceptionContext.EXCEPTION, failure)
                        .with("server", this)));
    }

    @Override
    public String toString() {
        return "Server" + addresses() + (closed ? " (closed)" : "");
    }
}
