package dev.asyncio4j.net.internal;

import java.util.ArrayDeque;

/**
 * Outgoing memory of one loop, in blocks of two sizes.
 *
 * <p>A connection holds blocks only while it has something to send, so an idle one costs nothing here.
 *
 * <p><b>Threads.</b> The loop's own only, coroutines included: that is why this is no allocator of Netty's, whose caches
 * go by thread.
 */
final class BlockPool {
    static final int SMALL = 4 * 1024;
    static final int LARGE = 64 * 1024;

    private static final int MAX_SMALL = 256;
    private static final int MAX_LARGE = 256;

    private final ArrayDeque<Block> small = new ArrayDeque<>();
    private final ArrayDeque<Block> large = new ArrayDeque<>();
    private boolean released;

    /** Returns an empty block, a large one if more than a small one holds is to be written. */
    Block take(int wanted) {
        var isSmall = wanted <= SMALL;
        var kept = (isSmall ? small : large).pollLast();
        return kept != null ? kept : new Block(this, isSmall ? SMALL : LARGE);
    }

    boolean keeps(Block block) {
        if (released) {
            return false;
        }
        return block.capacity() == SMALL ? small.size() < MAX_SMALL : large.size() < MAX_LARGE;
    }

    void putBack(Block block) {
        (block.capacity() == SMALL ? small : large).addLast(block);
    }

    /** Frees what is kept, now, and what comes back, when it does. */
    void release() {
        released = true;
        small.forEach(Block::release);
        large.forEach(Block::release);
        small.clear();
        large.clear();
    }
}
