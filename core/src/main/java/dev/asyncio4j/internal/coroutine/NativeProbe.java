package dev.asyncio4j.internal.coroutine;

import java.lang.reflect.InaccessibleObjectException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the native runtime works on this JDK: on the real internals, not by version number.
 *
 * <p>A fiber is started, parked and unparked, made to wait for a contended monitor and interrupted. Whatever goes another
 * way than expected makes the answer no, with the reason.
 */
final class NativeProbe implements Fiber.Host, Carrier.Listener {

    /** What was found: a runtime, and what is wrong with the native one. */
    record Outcome(@Nullable NativeRuntime found, String reason) {

        FiberRuntime runtime() {
            return found != null ? found : new PortableRuntime(reason);
        }

        FiberRuntime orThrow() {
            if (found == null) {
                throw new IllegalStateException("the native runtime was asked for but does not work here: " + reason);
            }
            return found;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Carrier carrier = new Carrier(this);
    private final ConcurrentLinkedQueue<Fiber> woken = new ConcurrentLinkedQueue<>();
    private final Object monitor = new Object();
    private final StringBuilder trail = new StringBuilder();
    private final Fiber fiber;

    private NativeProbe(NativeRuntime runtime) {
        this.fiber = runtime.newFiber(carrier, this);
    }

    /** Probes on a platform thread of its own, since the caller may be a virtual one. */
    static Outcome run() {
        var outcome = new Outcome[] {new Outcome(null, "the probe did not end")};
        var thread = Thread.ofPlatform().daemon().name("asyncio4j-probe").start(() -> outcome[0] = probe());
        joinUninterrupted(thread);
        return outcome[0];
    }

    /** The answer is for the whole process: an interrupt of whoever asks first must not spoil it. */
    private static void joinUninterrupted(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                if (!thread.join(PATIENCE)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Outcome probe() {
        try {
            bringPollersUp();
            var runtime = new NativeRuntime();
            String trail = new NativeProbe(runtime).exercise();
            String expected = "start park monitor interrupted end";
            return trail.equals(expected)
                    ? new Outcome(runtime, "")
                    : new Outcome(null, "this JDK's virtual threads behave otherwise: " + trail);
        } catch (LinkageError | RuntimeException e) {
            return new Outcome(null, reasonOf(e));
        }
    }

    private static String reasonOf(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalAccessException || cause instanceof InaccessibleObjectException) {
                return "java.lang is not open; start java with --add-opens java.base/java.lang=" + ourModule();
            }
        }
        return "the JDK's internals are not as expected: " + e;
    }

    private static String ourModule() {
        Module module = NativeProbe.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

    /**
     * Makes the JDK start the threads that poll its sockets, on platform threads. Started later, from inside a coroutine,
     * they would be virtual threads that belong to that coroutine's loop and die with it.
     */
    private static void bringPollersUp() {
        if (System.getProperty("jdk.pollerMode") == null) {
            System.setProperty("jdk.pollerMode", "1");
        }
    }

    private String exercise() {
        carrier.attach();
        try {
            fiber.resume();
            fiber.resume();
            awaitContention();
            runUntil(fiber::isWaiting);
            interrupt();
            runUntil(this::interruptSeen);
            fiber.resume();
            runUntil(fiber::isDone);
        } finally {
            carrier.detach();
        }
        return trail.toString();
    }

    /** Has another thread hold the monitor while the fiber runs into it; the carrier itself must hold none. */
    private void awaitContention() {
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("asyncio4j-probe-monitor").start(() -> {
            synchronized (monitor) {
                held.countDown();
                awaitQuietly(release);
            }
        });
        awaitQuietly(held);
        fiber.resume();
        if (!fiber.isSuspendedOutside()) {
            trail.append("uncontended ");
        }
        release.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void interrupt() {
        Thread thread = fiber.thread();
        if (thread != null) {
            thread.interrupt();
        }
    }

    private boolean interruptSeen() {
        return trail.indexOf("interrupted") >= 0;
    }

    private void runUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Fiber next = woken.poll();
            if (next != null) {
                next.continueOutside();
            } else {
                LockSupport.parkNanos(this, 50_000);
            }
        }
    }

    @Override
    public void runOnFiber() {
        trail.append("start ");
        fiber.suspend();
        trail.append("park ");
        fiber.suspend();
        synchronized (monitor) {
            trail.append("monitor ");
        }
        fiber.suspend();
        trail.append("end");
    }

    @Override
    public void wokenOutside(Fiber ready) {
        woken.add(ready);
    }

    @Override
    public void interruptedInWait() {
        trail.append("interrupted ");
    }

    @Override
    public String describe() {
        return "the probe of the native runtime";
    }

    @Override
    public void heldTooLong(String what, boolean blocked, Duration held, StackTraceElement[] stack) {
        // The probe is over before that matters.
    }

    @Override
    public boolean othersAreReady() {
        return false;
    }
}
