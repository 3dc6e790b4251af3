package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.spi.NetworkDriver;
import dev.asyncio4j.net.spi.NetworkEngine;
import dev.asyncio4j.spi.Clock;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.io.Closeable;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a loop waits in when the network module is there: Netty's channels, or nothing but a parked thread.
 *
 * <p>A coroutine never touches a channel. It {@linkplain #submit submits} an operation, which runs on the loop's raw
 * thread when the batch ends.
 *
 * <p><b>Threads.</b> {@link #wakeup} any; everything else the loop's own, coroutines included where said.
 */
public final class NettyIoDriver implements NetworkDriver {
    /*
     * A driver is dormant until its first channel: it parks its thread and has loaded nothing of Netty, so that a program
     * without network pays for none. The first operation that needs a channel makes the engine, on the raw thread.
     * From then on the driver polls Netty, except that a poll that may not wait is skipped while no channel is open or on its
     * way to be closed.
     */

    private final Signal signal = new Signal();
    private final ArrayDeque<Runnable> submitted = new ArrayDeque<>(); // loop thread only
    private final BlockPool blocks = new BlockPool(); // loop thread only
    private final NettyNetwork network = new NettyNetwork(this);

    private volatile @Nullable DrivenEventLoop engine; // written by the loop's thread, read by any
    private volatile @Nullable Thread parked; // written by the loop's thread, read by any
    private @Nullable NettyTransport transport; // loop thread only
    private @Nullable ReadBuffer readBuffer; // loop thread only
    private int openChannels; // loop thread only
    private boolean closing; // loop thread only: a channel was closed, and its socket will be by the next poll
    private boolean closed; // loop thread only

    /** The connections and datagram sockets that are open or being made; loop thread only. */
    private final Set<Channel> outstanding = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What was taken over, by its sources and sinks; loop thread only. */
    private final IdentityHashMap<Closeable, AdoptedChannel> adopted = new IdentityHashMap<>();

    /** Makes a dormant driver, which uses the transport that the system property names, or else the best. */
    public NettyIoDriver() {
        this(null);
    }

    /**
     * Makes a dormant driver.
     *
     * @param transport how it will talk to the system, or null to choose as usual
     */
    public NettyIoDriver(@Nullable NettyTransport transport) {
        this.transport = transport;
    }

    @Override
    public void poll(long timeoutNanos) {
        runSubmitted();
        var engine = this.engine;
        if (engine == null) {
            park(timeoutNanos);
        } else if (timeoutNanos != 0 || openChannels > 0 || closing) {
            closing = false;
            engine.poll(timeoutNanos);
        } else {
            engine.runBatch();
            signal.awake();
        }
    }

    private void park(long timeoutNanos) {
        if (timeoutNanos != 0) {
            parked = Thread.currentThread();
            if (signal.sleep()) {
                sleep(timeoutNanos);
            }
        }
        signal.awake();
    }

    /** Parks; a thread may have a permit left from elsewhere, which makes the first park return at once. */
    private void sleep(long timeoutNanos) {
        var end = timeoutNanos == FOREVER ? 0 : Clock.SYSTEM.nanoTime() + timeoutNanos;
        while (signal.isAsleep() && !Thread.currentThread().isInterrupted()) {
            if (timeoutNanos == FOREVER) {
                LockSupport.park(this);
                continue;
            }
            var left = end - Clock.SYSTEM.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    @Override
    public void wakeup() {
        if (!signal.wake()) {
            return;
        }
        var engine = this.engine;
        if (engine != null) {
            engine.wakeup();
        } else {
            LockSupport.unpark(parked);
        }
    }

    @Override
    public void afterBatch() {
        runSubmitted();
        var engine = this.engine;
        if (engine != null) {
            engine.runBatch();
        }
    }

    @Override
    public boolean hasOutstanding() {
        return !outstanding.isEmpty();
    }

    @Override
    public List<String> outstanding() {
        return outstanding.stream().map(NettyIoDriver::describe).sorted().toList();
    }

    private static String describe(Channel channel) {
        var local = shown(channel.localAddress());
        if (!(channel instanceof DuplexChannel)) {
            return "the datagram socket " + local;
        }
        if (channel.remoteAddress() == null) {
            return channel instanceof AdoptedChannel ? "an open pipe or stream" : "a connection that is being made";
        }
        return "the connection of " + local + " with " + shown(channel.remoteAddress());
    }

    private static String shown(@Nullable SocketAddress address) {
        var known = NettyTransport.fromNetty(address);
        var text = known == null ? "" : SocketErrors.shown(known);
        return text.isEmpty() ? "a socket without a name" : text;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        runSubmitted();
        closed = true;
        var engine = this.engine;
        if (engine != null) {
            engine.shutDownNow(Set.copyOf(adopted.values()));
        }
        Set.copyOf(adopted.values()).forEach(AdoptedChannel::closeEnds);
        if (readBuffer != null) {
            readBuffer.release();
        }
        blocks.release();
    }

    /**
     * Has an operation run on the raw thread when the current batch ends.
     *
     * <p><b>Threads.</b> The loop's own, coroutines included. <b>Order.</b> First come, first run.
     *
     * @param operation what to do with channels; it must not block, log or call user code
     */
    public void submit(Runnable operation) {
        submitted.add(operation);
    }

    @Override
    public NetworkEngine network() {
        return network;
    }

    /**
     * Tells whether a channel of {@code java.nio} or a stream belongs to a connection of this loop.
     *
     * <p><b>Threads.</b> The loop's own, coroutines included.
     *
     * @param end the channel or the stream
     * @return true if it was taken over, and the connection is not closed yet
     */
    public boolean owns(Closeable end) {
        return adopted.containsKey(end);
    }

    /**
     * Counts the sockets that are open, listening ones included.
     *
     * @return the number of channels
     */
    public int openChannels() {
        return openChannels;
    }

    private void runSubmitted() {
        for (var operation = submitted.poll(); operation != null; operation = submitted.poll()) {
            DrivenEventLoop.runSafely(operation);
        }
    }

    /* ---- for the transports of this room; raw thread only unless said otherwise ---- */

    /** Returns where outgoing bytes are gathered; coroutines may use it. */
    BlockPool blocks() {
        return blocks;
    }

    /** Returns the transport, once there is an engine. */
    NettyTransport transport() {
        engine();
        return java.util.Objects.requireNonNull(transport);
    }

    /** Returns the transport, also before there is an engine; coroutines may ask. */
    NettyTransport chosenTransport() {
        var chosen = transport != null ? transport.requireAvailable() : NettyTransport.choose();
        transport = chosen;
        return chosen;
    }

    /** Returns the allocator of what is read: one buffer for all connections, where the transport permits it. */
    @Nullable
    ReadBuffer readBuffer() {
        return readBuffer;
    }

    /**
     * Tells whether the socket of a channel that was closed may still be open: the JDK's selector closes it when it selects
     * the next time.
     */
    boolean isClosing() {
        return closing && transport == NettyTransport.NIO;
    }

    /** Returns Netty's loop on this thread, and makes it the first time. */
    DrivenEventLoop engine() {
        var existing = engine;
        if (existing != null) {
            return existing;
        }
        if (closed) {
            throw new IllegalStateException("the event loop is closed");
        }
        var chosen = chosenTransport();
        var made = new DrivenEventLoop(signal, chosen.handlerFactory(), chosen == NettyTransport.NIO);
        readBuffer = chosen == NettyTransport.IO_URING ? null : new ReadBuffer();
        engine = made;
        return made;
    }

    /** Tells whether the loop is closed, or being closed; coroutines may ask. */
    boolean isClosed() {
        return closed;
    }

    /** Notes what belongs to a channel; coroutines may do so. */
    void own(List<Closeable> ends, AdoptedChannel owner) {
        ends.forEach(end -> adopted.put(end, owner));
    }

    /** Notes that it does not any more. */
    void disown(List<Closeable> ends) {
        ends.forEach(adopted::remove);
    }

    /**
     * Puts a channel on this loop.
     *
     * @param channel a new channel
     * @param counts whether it keeps the outside busy: a connection does, a listening socket does not
     */
    void register(Channel channel, boolean counts) {
        openChannels++;
        if (counts) {
            outstanding.add(channel);
        }
        channel.closeFuture().addListener(_ -> {
            openChannels--;
            closing = true;
            outstanding.remove(channel);
        });
        engine().adopt(channel);
    }
}
