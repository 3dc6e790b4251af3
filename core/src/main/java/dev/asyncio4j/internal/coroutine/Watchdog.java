package dev.asyncio4j.internal.coroutine;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every loop's thread a few times a second, for the whole life of the process.
 *
 * <p>Two things are found. A coroutine that waits where its stack cannot be left has parked the loop's own thread, for
 * ever: its wait is made to fail. A coroutine that holds the thread for long, by computing or by a call that blocks it, is
 * reported with its stack.
 *
 * <p><b>Threads.</b> One daemon thread, started with the first loop. It takes no lock and does no logging of its own.
 */
final class Watchdog implements Runnable {

    /** How often it looks. */
    static final Duration PERIOD = Duration.ofMillis(25);

    /** A thread that waits in a call of the JDK is reported after this time, if others could run. */
    static final Duration BLOCKED_FOR = Duration.ofMillis(100);

    /** A thread that computes is reported after this time. */
    static final Duration BUSY_FOR =
            Duration.ofMillis(Math.max(1, Long.getLong("asyncio4j.watchdog.busyMillis", 1_000)));

    private static final ConcurrentMap<Carrier, Watch> WATCHED = new ConcurrentHashMap<>();

    private static final class Started {
        static final Thread THREAD =
                Thread.ofPlatform().daemon().name("asyncio4j-watchdog").start(new Watchdog());
    }

    private Watchdog() {}

    static void watch(Carrier carrier) {
        WATCHED.put(carrier, new Watch(carrier));
        LockSupport.unpark(Started.THREAD);
    }

    static void forget(Carrier carrier) {
        WATCHED.remove(carrier);
    }

    @Override
    public void run() {
        while (true) {
            waitForWork();
            try {
                WATCHED.values().forEach(Watchdog::lookSafely);
            } catch (OutOfMemoryError e) {
                // There may be room again at the next look, and there is none now to say so.
            }
        }
    }

    private void waitForWork() {
        if (WATCHED.isEmpty()) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, PERIOD.toNanos());
        }
    }

    /** Whatever goes wrong with one look, for want of memory say, the next one is taken. */
    private static void lookSafely(Watch watch) {
        try {
            watch.look();
        } catch (Throwable e) {
            watch.failure = e;
        }
    }

    /** What has been seen of one carrier. Watchdog's thread only. */
    private static final class Watch {

        private final Carrier carrier;
        private long mounts = -1;
        private int looks;
        private boolean reported;

        /** What went wrong with the last look, to be found in a heap dump. */
        @SuppressWarnings("unused")
        private @Nullable Throwable failure;

        Watch(Carrier carrier) {
            this.carrier = carrier;
        }

        void look() {
            Fiber fiber = carrier.mounted();
            long now = carrier.mounts();
            if (fiber == null || now != mounts) {
                mounts = now;
                looks = 0;
                reported = false;
                return;
            }
            looks++;
            if (waitsPinned(fiber)) {
                fiber.failPinnedWait();
            } else if (!fiber.isWaiting()) {
                lookClosely(fiber);
                if (!reported) {
                    report(fiber);
                }
            }
        }

        /** The stack counts only if it is that of the step that was asked about. */
        private void lookClosely(Fiber fiber) {
            Consumer<StackTraceElement[]> taker = carrier.listener.closeLook(PERIOD.multipliedBy(looks));
            if (taker == null) {
                return;
            }
            StackTraceElement[] stack = stackOf(fiber.thread());
            if (carrier.mounted() == fiber && carrier.mounts() == mounts) {
                taker.accept(stack);
            }
        }

        /** The fiber waits, yet it has not left a thread that is parked: the wait is pinned to it. */
        private boolean waitsPinned(Fiber fiber) {
            Thread carrying = carrier.thread();
            return looks >= 2
                    && fiber instanceof NativeFiber
                    && fiber.isWaiting()
                    && carrying != null
                    && carrying.getState() == Thread.State.WAITING;
        }

        private void report(Fiber fiber) {
            Duration held = PERIOD.multipliedBy(looks);
            boolean blocked = isBlocked(fiber);
            boolean tooLong = blocked
                    ? held.compareTo(BLOCKED_FOR) >= 0
                            && (carrier.listener.othersAreReady() || held.compareTo(BUSY_FOR) >= 0)
                    : held.compareTo(BUSY_FOR) >= 0;
            if (tooLong) {
                reported = true;
                carrier.listener.heldTooLong(fiber.host.describe(), blocked, held, stackOf(fiber.thread()));
            }
        }

        private boolean isBlocked(Fiber fiber) {
            Thread running = fiber instanceof NativeFiber ? carrier.thread() : fiber.thread();
            return running != null
                    && switch (running.getState()) {
                        case BLOCKED, WAITING, TIMED_WAITING -> true;
                        case NEW, RUNNABLE, TERMINATED -> false;
                    };
        }

        private static StackTraceElement[] stackOf(@Nullable Thread thread) {
            return thread == null ? new StackTraceElement[0] : thread.getStackTrace();
        }
    }
}
