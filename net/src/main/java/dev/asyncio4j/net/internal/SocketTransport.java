package dev.asyncio4j.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connected socket, with asyncio's rules of flow control (TR-3, TR-7, TR-9, TR-13).
 *
 * <p>What is written is gathered in blocks owned by this connection, copied once, and sent with one flush when the loop's
 * batch ends. {@link #bufferedBytes} counts what the system has not taken yet.
 *
 * <p><b>Threads.</b> The loop's own, coroutines included, except where the raw thread is asked for.
 */
public final class SocketTransport extends ChannelInboundHandlerAdapter implements Runnable {
    /*
     * A coroutine changes the fields below and submits this transport; run() then carries the changes over to the
     * channel on the raw thread. It is submitted at most once per batch, whatever happened.
     *
     * The count of unsent bytes falls inside Netty's write loop (see Block), where a channel must not be closed or shut
     * down: there, too, run() is submitted and does it.
     */

    /** Unsent bytes above which writing pauses, unless set otherwise (TR-7). */
    public static final int DEFAULT_HIGH_WATER = 64 * 1024;

    private final NettyIoDriver driver;
    private final SocketChannel channel;
    private final TransportListener listener;

    private @Nullable Block firstUnflushed;
    private @Nullable Block lastUnflushed;
    private long buffered;
    private int high = DEFAULT_HIGH_WATER;
    private int low = DEFAULT_HIGH_WATER / 4;

    private boolean submitted;
    private boolean writingPaused;
    private boolean readingPaused;
    private boolean autoRead = true; // what the channel has been told
    private boolean closing;
    private boolean aborting;
    private boolean endRequested; // writeEof was called
    private boolean endSent;
    private boolean lost;
    private @Nullable Throwable failure;
    private @Nullable ChannelHandlerContext context;

    SocketTransport(NettyIoDriver driver, SocketChannel channel, TransportListener listener) {
        this.driver = driver;
        this.channel = channel;
        this.listener = listener;
    }

    /** Prepares a new channel for a transport: raw thread only. */
    static void configure(NettyIoDriver driver, SocketChannel channel) {
        var config = channel.config();
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        config.setOption(ChannelOption.TCP_NODELAY, true);
        config.setConnectTimeoutMillis(0);
        var readBuffer = driver.readBuffer();
        if (readBuffer != null) {
            config.setRecvByteBufAllocator(readBuffer);
        }
    }

    /* ---- for its owner ---- */

    /**
     * Takes bytes to send, after those taken before. Never waits; drops them when closing (SW-1).
     *
     * @param source holds the bytes; copied, so that the caller may change it afterwards
     * @param offset the first one
     * @param length how many
     * @throws IllegalStateException after {@link #writeEof}
     */
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (endRequested) {
            throw new IllegalStateException("nothing can be written after writeEof()");
        }
        if (closing || lost || length == 0) {
            return;
        }
        copy(source, offset, length);
        buffered += length;
        submit();
        pauseIfFull();
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
        block.ownedBy(this);
        if (lastUnflushed == null) {
            firstUnflushed = block;
        } else {
            lastUnflushed.next = block;
        }
        lastUnflushed = block;
        return block;
    }

    private void pauseIfFull() {
        if (!writingPaused && buffered > high) {
            writingPaused = true;
            listener.onPauseWriting();
        }
    }

    /** Shuts the sending side once all is sent; no effect when closing (TR-13). */
    public void writeEof() {
        if (!closing && !endRequested) {
            endRequested = true;
            submit();
        }
    }

    /** Stops reading, sends what is left and closes (TR-3). */
    public void close() {
        if (!closing) {
            closing = true;
            submit();
        }
    }

    /** Closes at once; what is unsent is dropped (TR-3). */
    public void abort() {
        closing = true;
        aborting = true;
        submit();
    }

    /** Takes nothing from the peer until {@link #resumeReading}; what is under way may still come (TR-9). */
    public void pauseReading() {
        readingPaused = true;
        submit();
    }

    /** Undoes {@link #pauseReading}. */
    public void resumeReading() {
        readingPaused = false;
        submit();
    }

    /**
     * Sets the marks between which writing pauses and resumes.
     *
     * @param high unsent bytes above which it pauses
     * @param low unsent bytes at or below which it resumes
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    public void setWriteBufferLimits(int high, int low) {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("need high >= low >= 0, not high = " + high + " and low = " + low);
        }
        this.high = high;
        this.low = low;
        pauseIfFull();
    }

    /**
     * Counts what the system has not taken yet.
     *
     * @return bytes
     */
    public long bufferedBytes() {
        return buffered;
    }

    /**
     * Tells whether this closes, was closed, or has lost its connection.
     *
     * @return true if nothing more will be sent
     */
    public boolean isClosing() {
        return closing || lost;
    }

    /**
     * Returns the peer's address.
     *
     * @return the address
     */
    public SocketAddress remoteAddress() {
        return channel.remoteAddress();
    }

    /**
     * Returns the address of this end.
     *
     * @return the address
     */
    public SocketAddress localAddress() {
        return channel.localAddress();
    }

    private void submit() {
        if (!submitted && !lost) {
            submitted = true;
            driver.submit(this);
        }
    }

    /* ---- on the raw thread ---- */

    /** Carries over to the channel what was asked for since the last time: raw thread only. */
    @Override
    public void run() {
        submitted = false;
        if (lost || context == null) {
            return;
        }
        if (aborting) {
            var _ = channel.close();
            return;
        }
        setAutoRead(!readingPaused && !closing);
        flush();
        if (buffered == 0 && !lost) {
            finish();
        }
    }

    private void setAutoRead(boolean wanted) {
        if (autoRead != wanted) {
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
        buffered -= bytes;
        if (!channel.isOpen()) {
            return;
        }
        if (writingPaused && buffered <= low) {
            writingPaused = false;
            listener.onResumeWriting();
        }
        if (buffered == 0 && (closing || endRequested)) {
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

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        try {
            if (!closing) {
                listener.onData(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !closing) {
            listener.onEof();
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
            listener.onLost(failure);
        }
    }
}
