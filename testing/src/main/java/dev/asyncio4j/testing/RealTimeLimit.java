package dev.asyncio4j.testing;

import dev.asyncio4j.spi.Clock;
import java.time.Duration;

/** A limit on real time that can begin anew. Loop thread only. */
final class RealTimeLimit {

    private final long limitNanos;
    private long beganAt;
    private boolean running;

    RealTimeLimit(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /** Begins, unless it is running already. */
    void begin() {
        if (!running) {
            running = true;
            beganAt = Clock.SYSTEM.nanoTime();
        }
    }

    void end() {
        running = false;
    }

    /** What is left, zero or less when the limit is over. */
    long remainingNanos() {
        return running ? limitNanos - (Clock.SYSTEM.nanoTime() - beganAt) : limitNanos;
    }

    Duration limit() {
        return Duration.ofNanos(limitNanos);
    }
}
