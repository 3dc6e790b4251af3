package dev.asyncio4j;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs things on new platform threads.
 *
 * <p>A virtual thread cannot carry coroutines. A platform thread that is inside a {@code synchronized} block must not: the
 * JVM would take the monitors it holds for those of the first coroutine that suspends.
 */
final class PlatformThread {

    /**
     * Only reserved, not used. A coroutine that is suspended deep can be resumed only on a stack on which all its frames would
     * fit, so every thread of ours that carries has the same, large one.
     */
    private static final long STACK_BYTES = 64L << 20;

    private PlatformThread() {}

    /**
     * Runs a body on a new platform thread, which holds no lock of the caller's, and waits for it. An interrupt of the caller
     * is the caller's again afterwards.
     */
    static void callOnNew(String name, Runnable body) {
        Thread caller = Thread.currentThread();
        var interrupted = new AtomicBoolean();
        try {
            call(
                    name,
                    () -> {
                        body.run();
                        return true;
                    },
                    () -> interrupted.set(true));
        } finally {
            if (interrupted.get()) {
                caller.interrupt();
            }
        }
    }

    /** Runs a body on a new platform thread. */
    static void start(String name, Runnable body) {
        Thread.ofPlatform().name(name).stackSize(STACK_BYTES).start(body);
    }

    /**
     * Runs a body on a new platform thread and waits for it.
     *
     * @param onInterrupt what to do, each time, when the caller is interrupted meanwhile
     */
    static <T> T call(String name, Callable<T> body, Runnable onInterrupt) {
        var outcome = new CompletableFuture<T>();
        start(name, () -> {
            try {
                outcome.complete(body.call());
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        while (true) {
            try {
                return outcome.get();
            } catch (InterruptedException e) {
                onInterrupt.run();
            } catch (ExecutionException e) {
                throw Sneaky.sneak(Objects.requireNonNull(e.getCause()));
            }
        }
    }
}
