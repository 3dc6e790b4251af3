package dev.asyncio4j.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of outgoing memory that tells its connection how much of it has been sent, and returns to its pool after that.
 *
 * <p><b>Threads.</b> The loop's own only.
 */
final class Block extends UnpooledDirectByteBuf {
    /*
     * Netty moves the reader index of a buffer that was sent in part and releases one that was sent whole, and tells
     * nobody else. Both pass through here, which makes the count of unsent bytes exact without a promise per write.
     */

    private final BlockPool pool;
    private @Nullable IntConsumer sender;

    @Nullable
    Block next;

    Block(BlockPool pool, int capacity) {
        super(UnpooledByteBufAllocator.DEFAULT, capacity, capacity);
        this.pool = pool;
    }

    /** Says who is to hear of progress. */
    void ownedBy(IntConsumer sender) {
        this.sender = sender;
    }

    @Override
    public ByteBuf readerIndex(int index) {
        var before = readerIndex();
        super.readerIndex(index);
        report(index - before);
        return this;
    }

    @Override
    protected void deallocate() {
        report(readableBytes());
        sender = null;
        next = null;
        if (pool.keeps(this)) {
            resetRefCnt();
            clear();
            pool.putBack(this);
        } else {
            super.deallocate();
        }
    }

    private void report(int bytes) {
        if (sender != null && bytes > 0) {
            sender.accept(bytes);
        }
    }
}
