package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.spi.AdoptRequest;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel of Netty over what somebody else has opened: a socket of {@code java.nio}, pipes, streams.
 *
 * <p><b>Threads.</b> The raw thread only, once it is registered.
 */
final class AdoptedChannel extends AbstractChannel implements DuplexChannel {
    /*
     * Netty's sockets over epoll and io_uring want a descriptor, and the JDK gives none away. So this one is not known to the
     * loop's handler: what it reads and writes with says when it is ready, on other threads' information. In return it works
     * on each transport, and what lies above, TLS included, does not notice.
     */

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    private static final int MOST_BUFFERS = 1024;

    private final NettyIoDriver driver;
    private final Crossing crossing;
    private final AdoptRequest request;
    private final @Nullable Inlet inlet;
    private final @Nullable Outlet outlet;
    private final @Nullable SocketAddress local;
    private final @Nullable SocketAddress remote;
    private final ChannelConfig config = new Config();

    private boolean readPending;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean closed;

    AdoptedChannel(
            NettyIoDriver driver,
            Crossing crossing,
            AdoptRequest request,
            @Nullable Inlet inlet,
            @Nullable Outlet outlet)
            throws IOException {
        super(null);
        this.driver = driver;
        this.crossing = crossing;
        this.request = request;
        this.inlet = inlet;
        this.outlet = outlet;
        var socket = request.source() instanceof SocketChannel channel ? channel : null;
        this.local = socket == null ? null : socket.getLocalAddress();
        this.remote = socket == null ? null : socket.getRemoteAddress();
        driver.own(request.ends(), this);
        if (inlet != null) {
            inlet.onReady(this::readable);
        }
        if (outlet != null) {
            outlet.onReady(() -> unsafe().flush());
        }
    }

    boolean reads() {
        return inlet != null;
    }

    boolean writes() {
        return outlet != null;
    }

    boolean sendsFiles() {
        return outlet != null && outlet.sendsFiles();
    }

    @Nullable
    Object extraInfo(String name) {
        return name.equals("pipe") && !(request.source() instanceof SocketChannel)
                ? request.ends().getFirst()
                : null;
    }

    /* ---- what Netty asks */

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return !closed;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Operations();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("it is connected already");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doClose() {
        if (closed) {
            return;
        }
        stopReading();
        closed = true;
        crossing.toCallback(this::closeEnds);
    }

    /** Closes what was taken over, if that has not happened yet. In a callback, or when the loop is closed. */
    void closeEnds() {
        if (!driver.owns(request.ends().getFirst())) {
            return;
        }
        driver.disown(request.ends());
        leave(inlet);
        leave(outlet); // both, before either is closed: of a socket they are one
        close(inlet);
        close(outlet);
    }

    private static void leave(@Nullable End end) {
        if (end != null) {
            end.leave();
        }
    }

    private static void close(@Nullable End end) {
        try {
            if (end != null) {
                end.close();
            }
        } catch (IOException e) {
            // What was to be written has been; there is nothing more to do about it.
        }
    }

    /* ---- reading */

    @Override
    protected void doBeginRead() {
        if (inlet != null && !inputEnded) {
            readPending = true;
            inlet.want(true);
        }
    }

    private void stopReading() {
        readPending = false;
        if (inlet != null && !closed) {
            inlet.want(false);
        }
    }

    private void readable() {
        if (closed || !readPending || inlet == null) {
            return;
        }
        var handle = unsafe().recvBufAllocHandle();
        handle.reset(config);
        var into = handle.allocate(alloc());
        int count = 0;
        try {
            count = inlet.read(into);
        } catch (IOException e) {
            stopReading();
            pipeline().fireExceptionCaught(e);
        } finally {
            if (count <= 0) {
                into.release();
            }
        }
        if (count > 0) {
            readPending = false;
            handle.lastBytesRead(count);
            pipeline().fireChannelRead(into);
            handle.readComplete();
            pipeline().fireChannelReadComplete(); // which may ask for more
            if (!readPending) {
                stopReading();
            }
        } else if (count < 0) {
            inputEnded = true;
            stopReading();
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    /* ---- writing */

    @Override
    protected void doWrite(ChannelOutboundBuffer unsent) throws IOException {
        var to = outlet;
        if (to == null) {
            throw new UnsupportedOperationException("there is nothing to write to");
        }
        var turns = config.getWriteSpinCount();
        while (!unsent.isEmpty()) {
            if (turns-- == 0 || !writeSome(to, unsent)) {
                to.want(true);
                return;
            }
        }
        to.want(false);
    }

    /** Returns false if there is no room. */
    private static boolean writeSome(Outlet to, ChannelOutboundBuffer unsent) throws IOException {
        if (unsent.current() instanceof FileRegion region) {
            return sendSome(to, unsent, region);
        }
        var buffers = unsent.nioBuffers(MOST_BUFFERS, Integer.MAX_VALUE);
        var count = unsent.nioBufferCount();
        if (count == 0) { // an empty one
            unsent.remove();
            return true;
        }
        var written = to.write(buffers, count);
        unsent.removeBytes(written);
        return written > 0;
    }

    private static boolean sendSome(Outlet to, ChannelOutboundBuffer unsent, FileRegion region) throws IOException {
        var sent = region.transferred() < region.count() ? to.send(region) : 0;
        if (region.transferred() >= region.count()) {
            unsent.remove();
            return true;
        }
        return sent > 0;
    }

    /* ---- one direction alone */

    @Override
    public boolean isInputShutdown() {
        return inputEnded;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputEnded;
    }

    @Override
    public boolean isShutdown() {
        return inputEnded && outputEnded;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        ((AbstractUnsafe) unsafe()).shutdownOutput(promise);
        return promise;
    }

    @Override
    protected void doShutdownOutput() throws IOException {
        outputEnded = true;
        if (outlet != null) {
            outlet.end();
        }
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        inputEnded = true;
        stopReading();
        return promise.setSuccess();
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        var _ = shutdownInput();
        return shutdownOutput(promise);
    }

    private final class Operations extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("it is connected already"));
        }
    }

    private final class Config extends DefaultChannelConfig {

        Config() {
            super(AdoptedChannel.this);
        }

        @Override
        protected void autoReadCleared() {
            stopReading();
        }
    }
}
