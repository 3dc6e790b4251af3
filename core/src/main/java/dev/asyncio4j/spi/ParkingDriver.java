package dev.asyncio4j.spi;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The driver of a loop that has nothing outside to wait for but other threads. */
public final class ParkingDriver implements IoDriver {

    /** The thread that waits, or waited last. Written by the loop's thread, read by any. */
    private volatile @Nullable Thread waiter;

    /** Set by any thread, cleared by the loop's. */
    private volatile boolean woken;

    /** Makes a driver. */
    public ParkingDriver() {}

    @Override
    public void poll(long timeoutNanos) {
        if (timeoutNanos == 0) {
            return;
        }
        waiter = Thread.currentThread();
        if (!woken) {
            if (timeoutNanos == FOREVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, timeoutNanos);
            }
        }
        woken = false;
    }

    @Override
    public void wakeup() {
        woken = true;
        LockSupport.unpark(waiter);
    }

    @Override
    public void close() {
        // There is nothing to release.
    }
}
