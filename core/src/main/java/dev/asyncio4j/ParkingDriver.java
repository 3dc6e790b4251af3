package dev.asyncio4j;

import dev.asyncio4j.spi.IoDriver;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The driver of a loop that has nothing outside to wait for but other threads. */
final class ParkingDriver implements IoDriver {

    /** The thread that waits, or waited last. Written by the loop's thread, read by any. */
    private volatile @Nullable Thread waiter;

    /** Set by any thread, cleared by the loop's. */
    private volatile boolean woken;

    /** The best driver that is on the path, or a parking one. */
    static IoDriver best() {
        return ServiceLoader.load(dev.asyncio4j.spi.IoDriverProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(dev.asyncio4j.spi.IoDriverProvider::isAvailable)
                .max(java.util.Comparator.comparingInt(dev.asyncio4j.spi.IoDriverProvider::priority))
                .map(dev.asyncio4j.spi.IoDriverProvider::open)
                .orElseGet(ParkingDriver::new);
    }

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
