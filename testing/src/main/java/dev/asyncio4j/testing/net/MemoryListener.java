package dev.asyncio4j.testing.net;

import dev.asyncio4j.net.spi.ListeningSocket;
import dev.asyncio4j.net.spi.TransportListener;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place in a {@link MemoryNetwork} where connections are accepted. */
final class MemoryListener implements ListeningSocket {

    private final MemoryNetwork network;
    private final SocketAddress address;
    private final int backlog;
    private final Supplier<? extends TransportListener> connections;

    /** Connected, to be accepted. */
    private final ArrayDeque<MemoryTransport> queued = new ArrayDeque<>();

    /** Those for whom there was no room; each makes its connection when there is. */
    private final ArrayDeque<Supplier<@Nullable MemoryTransport>> waiting = new ArrayDeque<>();

    private boolean accepting;
    private boolean closed;

    MemoryListener(
            MemoryNetwork network,
            SocketAddress address,
            int backlog,
            Supplier<? extends TransportListener> connections) {
        this.network = network;
        this.address = address;
        this.backlog = backlog;
        this.connections = connections;
    }

    @Override
    public SocketAddress localAddress() {
        return address;
    }

    @Override
    public void startAccepting() {
        if (!accepting) {
            accepting = true;
            network.submit(this::accept);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            network.submit(this::closeNow);
        }
    }

    private void closeNow() {
        network.remove(this);
        queued.forEach(end -> end.link().reset());
        queued.clear();
        waiting.clear();
    }

    /* ---- on the bare thread ---- */

    void queue(Supplier<@Nullable MemoryTransport> connection) {
        waiting.add(connection);
        admit();
        if (accepting) {
            network.submit(this::accept);
        }
    }

    private void admit() {
        while (!waiting.isEmpty() && queued.size() < Math.max(1, backlog)) {
            MemoryTransport end = waiting.remove().get();
            if (end != null) {
                queued.add(end);
            }
        }
    }

    private void accept() {
        while (!closed && !queued.isEmpty()) {
            MemoryTransport end = queued.remove();
            if (!end.isLost()) {
                end.announce(connections.get());
            }
            admit();
        }
    }
}
