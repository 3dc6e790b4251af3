package dev.asyncio4j.benchmarks.jmh;

import java.lang.reflect.Constructor;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * The least that can run virtual threads on one thread: a queue and a loop that drains it. No cancellation, no timers, no
 * contexts, no exceptions: a floor under every event loop that is made of virtual threads.
 */
final class BareLoop {

    private static final Constructor<? extends Thread.Builder.OfVirtual> NEW_BUILDER = newBuilder();

    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();

    private static Constructor<? extends Thread.Builder.OfVirtual> newBuilder() {
        try {
            var constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .asSubclass(Thread.Builder.OfVirtual.class)
                    .getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Queues something for the loop's thread. */
    void callSoon(Runnable action) {
        ready.add(action);
    }

    /** Makes a virtual thread that runs on the loop's thread; it is not started. */
    Thread newThread(Runnable body) {
        try {
            return NEW_BUILDER.newInstance((Executor) this::callSoon).unstarted(body);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs until nothing is ready. */
    void drain() {
        for (Runnable action = ready.poll(); action != null; action = ready.poll()) {
            action.run();
        }
    }
}
