package dev.asyncio4j.testing;

import dev.asyncio4j.spi.Clock;

/** A clock that starts at zero and moves only when it is told to. Moved by the loop's thread, read by any. */
final class VirtualClock implements Clock {

    private volatile long nowNanos;

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    void advance(long nanos) {
        nowNanos = Math.addExact(nowNanos, nanos);
    }
}
