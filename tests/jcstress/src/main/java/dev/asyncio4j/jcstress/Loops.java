package dev.asyncio4j.jcstress;

import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.LoopOptions;
import dev.asyncio4j.spi.IoDriver;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Small loops for single races. */
final class Loops {

    private static final long TOO_LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

    private Loops() {}

    /** A driver that never waits: the loop turns until it is stopped. */
    static final class Spinning implements IoDriver {

        @Override
        public void poll(long timeoutNanos) {
            Thread.onSpinWait();
        }

        @Override
        public void wakeup() {
            // It does not sleep.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** A driver that sleeps until it is woken, and notices when nobody has done so. */
    static class Parking implements IoDriver {

        volatile boolean woken;
        volatile boolean overslept;
        private volatile @Nullable Thread waiter;

        @Override
        public void poll(long timeoutNanos) {
            if (timeoutNanos == 0) {
                return;
            }
            waiter = Thread.currentThread();
            beforeSleep();
            long end = System.nanoTime() + TOO_LONG_NANOS;
            while (!woken && !overslept) {
                LockSupport.parkNanos(this, TOO_LONG_NANOS);
                overslept = !woken && System.nanoTime() - end >= 0;
            }
            woken = false;
        }

        void beforeSleep() {
            // The twin does something here.
        }

        @Override
        public void wakeup() {
            woken = true;
            LockSupport.unpark(waiter);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** For twins: what they do in two steps that should be one takes a while. */
    static void dawdle() {
        for (int i = 0; i < 500; i++) {
            Thread.onSpinWait();
        }
    }

    static BaseEventLoop spinning() {
        return new BaseEventLoop(LoopOptions.DEFAULT.withDriver(new Spinning()));
    }

    /** Runs one iteration of a loop, on this thread. */
    static void turn(BaseEventLoop loop) {
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    /** Runs a loop, on this thread, until something holds, for some thousand iterations at most. */
    static void turnUntil(BaseEventLoop loop, BooleanSupplier condition) {
        for (int i = 0; i < 10_000 && !condition.getAsBoolean(); i++) {
            turn(loop);
        }
    }
}
