package dev.asyncio4j.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * One buffer into which all connections of a loop read, one after the other.
 *
 * <p>Whoever gets what was read copies it out before returning; a handler that keeps it (TLS keeps half a record) makes
 * this take a fresh buffer for the next read.
 *
 * <p><b>Threads.</b> The loop's raw thread only.
 */
final class ReadBuffer implements RecvByteBufAllocator {

    /** Bytes read at most per readiness, so that connections take turns (TR-15). */
    static final int CAPACITY = Integer.getInteger("asyncio4j.readBufferBytes", 128 * 1024);

    private ByteBuf shared = Unpooled.directBuffer(CAPACITY, CAPACITY);

    private ByteBuf take() {
        if (shared.refCnt() > 1) {
            shared.release();
            shared = Unpooled.directBuffer(CAPACITY, CAPACITY);
        }
        return shared.clear().retain();
    }

    void release() {
        shared.release();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty declares the return type so, and uses no other
    public Handle newHandle() {
        return new OneRead();
    }

    /** Reads once per readiness: what is left makes the descriptor ready again. */
    private final class OneRead implements ExtendedHandle {
        private int attempted;
        private int last;

        @Override
        public ByteBuf allocate(ByteBufAllocator unused) {
            return take();
        }

        @Override
        public int guess() {
            return CAPACITY;
        }

        @Override
        public void reset(ChannelConfig config) {
            attempted = 0;
            last = 0;
        }

        @Override
        public void incMessagesRead(int count) {}

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public boolean continueReading() {
            return false;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return false;
        }

        @Override
        public void readComplete() {}
    }
}
