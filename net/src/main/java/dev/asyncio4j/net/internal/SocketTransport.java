package dev.asyncio4j.net.internal;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.FileSending;
import dev.asyncio4j.net.spi.GatheringTransport;
import dev.asyncio4j.net.spi.TransportListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One connected socket, with asyncio's rules of flow control (TR-3, TR-7, TR-9, TR-13).
 *
 * <p>What is written is gathered in blocks owned by this connection, copied once, and sent with one flush when the loop's
 * batch ends. {@link #bufferedBytes} counts what the system has not taken yet.
 *
 * <p><b>Threads.</b> The loop's own, coroutines included, except where the raw thread is asked for.
 */
public final class SocketTransport extends GatheringTransport implements ByteTransport {
    /*
     * A coroutine changes the fields below and submits this transport; carryOver() then brings the changes to the
     * channel on the raw thread. It is submitted at most once per batch, whatever happened.
     *
     * The count of unsent bytes falls inside Netty's write loop (see Block), where a channel must not be closed or shut
     * down: there, too, this is submitted and carryOver() does it.
     */

    private final NettyIoDriver driver;
    private final DuplexChannel channel;
    private final IntConsumer progress = this::sent;

    // False for the other end of a pipe:
    private final boolean reads;
    private final boolean writes;

    private TransportListener listener;

    private NettyLayer.@Nullable Attached layer; // between the channel and this
    private @Nullable Block firstUnflushed;
    private @Nullable Block lastUnflushed;

    private @Nullable SendingRegion region; // of a file, being sent
    private boolean regionWritten; // handed to the channel

    private boolean autoRead = true; // what the channel has been told
    private boolean inputEnded; // the peer sends no more
    private boolean endRequested; // writeEof was called
    private boolean endSent;
    private boolean announced; // its listener knows of it
    private boolean startingLayer; // between a call of startLayer and its outcome
    private @Nullable ChannelHandlerContext context;

    SocketTransport(NettyIoDriver driver, DuplexChannel channel, TransportListener listener) {
        this.driver = driver;
        this.channel = channel;
        this.listener = listener;
        this.reads = !(channel instanceof AdoptedChannel adopted) || adopted.reads();
        this.writes = !(channel instanceof AdoptedChannel adopted) || adopted.writes();
    }

    /* ---- for its owner ---- */

    @Override
    public void setListener(TransportListener listener) {
        this.listener = listener;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (endRequested) {
            throw new IllegalStateException("nothing can be written after writeEof()");
        }
        if (!writes) {
            throw new UnsupportedOperationException("nothing can be written to what is open for reading only");
        }
        if (closing || lost || length == 0) {
            return;
        }
        copy(source, offset, length);
        wrote(length);
    }

    private void copy(byte[] source, int offset, int length) {
        var block = lastUnflushed;
        var from = offset;
        var left = length;
        while (left > 0) {
            if (block == null || block.writableBytes() == 0) {
                block = append(block == null ? left : BlockPool.LARGE);
            }
            var part = Math.min(left, block.writableBytes());
            block.writeBytes(source, from, part);
            from += part;
            left -= part;
        }
    }

    private Block append(int wanted) {
        var block = driver.blocks().take(wanted);
        block.ownedBy(progress);
        if (lastUnflushed == null) {
            firstUnflushed = block;
        } else {
            lastUnflushed.next = block;
        }
        lastUnflushed = block;
        return block;
    }

    @Override
    public @Nullable FileSending sendFile(FileChannel file, long offset, long count) {
        if (region != null || endRequested) {
            throw new IllegalStateException("no file can be sent while another is, or after writeEof()");
        }
        if (layer != null || startingLayer || lost || !sendsFiles()) {
            return null;
        }
        Future<@Nullable Void> done = Asyncio.getRunningLoop().createFuture("the end of a file that is sent");
        region = new SendingRegion(file, offset, count, done, this::regionOver);
        regionWritten = false;
        submit();
        return region;
    }

    private boolean sendsFiles() {
        return channel instanceof AdoptedChannel adopted
                ? adopted.sendsFiles()
                : driver.chosenTransport().sendsFiles();
    }

    private void regionOver() {
        region = null;
        if (marks.buffered() == 0 && (closing || endRequested)) {
            submit();
        }
    }

    @Override
    public void writeEof() {
        if (layer != null) {
            throw new UnsupportedOperationException("TLS cannot end one direction alone; close the connection");
        }
        if (!reads) {
            close(); // there is no other direction (PI-2)
        } else if (!closing && !endRequested) {
            endRequested = true;
            submit();
        }
    }

    @Override
    public boolean canWriteEof() {
        return layer == null && writes;
    }

    @Override
    public void close() {
        if (!closing) {
            aborting = startingLayer; // TLS-4
            super.close();
        }
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return NettyTransport.fromNetty(channel.remoteAddress());
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return NettyTransport.fromNetty(channel.localAddress());
    }

    @Override
    public @Nullable Object extraInfo(String name) {
        var known = layer == null ? null : layer.extraInfo(name);
        return known == null && channel instanceof AdoptedChannel adopted ? adopted.extraInfo(name) : known;
    }

    @Override
    protected void runAfterBatch(Runnable carrying) {
        driver.submit(carrying);
    }

    @Override
    protected void pauseWriting() {
        listener.onPauseWriting();
    }

    /* ---- on the raw thread ---- */

    /** Hears of the channel. */
    ChannelInboundHandler handler() {
        return new Inbound();
    }

    /** Hears of what lies between the channel and this: raw thread only. */
    void setLayer(NettyLayer.Attached layer) {
        this.layer = layer;
    }

    /**
     * Puts a layer between what there is and this; what is written until it is ready waits for it.
     *
     * @param next the layer
     * @param received what the peer has sent for the layer and this has delivered already
     * @param outcome hears null once it is ready, or why it cannot be, which closes this; on the raw thread
     */
    void startLayer(NettyLayer next, byte[] received, Consumer<@Nullable Throwable> outcome) {
        if (startingLayer) {
            throw new IllegalStateException("TLS is being started on this connection already");
        }
        startingLayer = true;
        driver.submit(() -> startLayerNow(next, received, outcome));
    }

    private void startLayerNow(NettyLayer next, byte[] received, Consumer<@Nullable Throwable> outcome) {
        var here = context;
        if (lost || closing || inputEnded || here == null) {
            layerStarted(new ClosedChannelException(), outcome);
            return;
        }
        flush(); // what was written before does not pass through the layer
        try {
            var attached = next.attach(driver);
            here.pipeline().addBefore(here.name(), null, attached.handler());
            layer = attached;
            attached.whenReady(cause -> layerStarted(cause, outcome));
            setAutoRead(true);
            attached.begin(received);
        } catch (RuntimeException e) { // no engine
            layerStarted(e, outcome);
        }
    }

    private void layerStarted(@Nullable Throwable cause, Consumer<@Nullable Throwable> outcome) {
        startingLayer = false;
        if (cause == null) {
            submit(); // for whether to read
        } else if (!closing) {
            abort(cause);
        }
        outcome.accept(cause);
    }

    /** Hears that its listener hears of it: raw thread only. */
    void announced() {
        announced = true;
    }

    @Override
    protected void carryOver() {
        if (context == null) {
            return;
        }
        if (aborting) {
            channel.unsafe().close(channel.voidPromise()); // without the farewell of a layer
            return;
        }
        if (closing && layer != null) {
            layer.closing();
        }
        if (!startingLayer) {
            setAutoRead(!readingPaused && !closing);
        }
        flush();
        writeRegion();
        if (marks.buffered() == 0 && region == null && !lost) {
            finish();
        }
    }

    private void writeRegion() {
        var next = region;
        if (next != null && !regionWritten) {
            regionWritten = true;
            Objects.requireNonNull(context).writeAndFlush(next).addListener(next);
        }
    }

    private void setAutoRead(boolean wanted) {
        if (autoRead != wanted && !inputEnded) {
            autoRead = wanted;
            channel.config().setAutoRead(wanted);
        }
    }

    private void flush() {
        var block = firstUnflushed;
        if (block == null) {
            return;
        }
        firstUnflushed = null;
        lastUnflushed = null;
        var out = Objects.requireNonNull(context);
        while (block != null) {
            var next = block.next;
            block.next = null;
            var _ = out.write(block, channel.voidPromise());
            block = next;
        }
        out.flush();
    }

    private void finish() {
        if (closing) {
            var _ = channel.close();
        } else if (endRequested && !endSent) {
            endSent = true;
            var _ = channel.shutdownOutput();
        }
    }

    /** Hears of progress from a block, inside Netty's write loop. */
    void sent(int bytes) {
        marks.remove(bytes);
        if (!channel.isOpen()) {
            return;
        }
        if (marks.endPause()) {
            listener.onResumeWriting();
        }
        if (marks.buffered() == 0 && (closing || endRequested)) {
            submit();
        }
    }

    private void dropUnflushed() {
        var block = firstUnflushed;
        firstUnflushed = null;
        lastUnflushed = null;
        while (block != null) {
            var next = block.next;
            block.release();
            block = next;
        }
    }

    private static ByteBuffer view(ByteBuf bytes) {
        return bytes.nioBufferCount() == 1
                ? bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes())
                : bytes.nioBuffer();
    }

    /** What the channel tells. */
    private final class Inbound extends ChannelInboundHandlerAdapter {

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            SocketTransport.this.context = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var bytes = (ByteBuf) message;
            try {
                if (!closing) {
                    listener.onData(view(bytes));
                }
            } finally {
                bytes.release();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                inputEnded = true;
                if (!closing) {
                    listener.onEof();
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (failure == null && !(closing && cause instanceof ClosedChannelException)) {
                failure = cause;
            }
            aborting = true;
            closing = true;
            submit();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!lost) {
                lost = true;
                dropUnflushed();
                if (region != null && !regionWritten) {
                    region.end(new ClosedChannelException());
                }
                if (announced) {
                    listener.onLost(failure);
                }
            }
        }
    }
}
