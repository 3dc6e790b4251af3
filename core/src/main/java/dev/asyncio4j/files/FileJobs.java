package dev.asyncio4j.files;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs file operations on the default executor. */
final class FileJobs {
    /*
     * A cancelled task does not leave an operation behind that goes on by itself: what would be written then, or which buffer
     * read into, nobody could tell. So whoever is cancelled waits until an operation that has begun has ended. Files do not
     * wait for others, so that takes no longer than the operation itself.
     */

    private FileJobs() {}

    static <T extends @Nullable Object> T run(Callable<T> operation) throws IOException {
        return run(operation, _ -> {});
    }

    /**
     * Runs an operation and waits for its outcome.
     *
     * @param unwanted is given the outcome of an operation that has ended after its task was cancelled
     */
    static <T extends @Nullable Object> T run(Callable<T> operation, Consumer<? super T> unwanted) throws IOException {
        var claimed = new AtomicBoolean(); // by the operation, which begins, or by the cancel, which prevents that
        Future<T> running = Asyncio.getRunningLoop().runInExecutor(null, () -> {
            if (claimed.compareAndSet(false, true)) {
                return operation.call();
            }
            throw new CancelledError("cancelled before it began");
        });
        try {
            Asyncio.wait(Set.of(running));
        } catch (CancelledError cancelled) {
            if (claimed.compareAndSet(false, true)) {
                running.cancel();
            } else {
                CancelScope.shielded(_ -> Asyncio.wait(Set.of(running)));
                if (running.exception() == null) {
                    unwanted.accept(running.result());
                }
            }
            throw cancelled;
        }
        return running.await(IOException.class);
    }
}
