package dev.asyncio4j;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Runs things on a platform thread: on the caller's if it is one, else on a new one while the caller waits. */
final class PlatformThread {

    private PlatformThread() {}

    static void call(String name, Runnable body) {
        if (!Thread.currentThread().isVirtual()) {
            body.run();
            return;
        }
        call(
                name,
                () -> {
                    body.run();
                    return true;
                },
                () -> {});
    }

    /**
     * Runs a body on a new platform thread and waits for it.
     *
     * @param onInterrupt what to do, each time, when the caller is interrupted meanwhile
     */
    static <T> T call(String name, Callable<T> body, Runnable onInterrupt) {
        var outcome = new CompletableFuture<T>();
        Thread.ofPlatform().name(name).start(() -> {
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
