package dev.asyncio4j.net.internal;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that an engine wants done elsewhere: they check certificates, which is up to trust managers, which are user code.
 *
 * <p><b>Threads.</b> The raw thread; the tasks run on the loop's default executor.
 */
final class TlsTasks {
    private final EventLoop loop;
    private final NettyIoDriver driver;

    private boolean out; // raw thread only: some run, and the engine must not be touched

    TlsTasks(EventLoop loop, NettyIoDriver driver) {
        this.loop = loop;
        this.driver = driver;
    }

    boolean areOut() {
        return out;
    }

    /**
     * Runs what the engine wants to be run.
     *
     * @param done hears on the raw thread when that is over, and what was thrown
     */
    void start(TlsEngine engine, Consumer<@Nullable Throwable> done) {
        out = true;
        loop.callSoon(() -> offload(engine, done));
    }

    /** Runs on the callback coroutine: the executor may be the user's. */
    private void offload(TlsEngine engine, Consumer<@Nullable Throwable> done) {
        Callable<@Nullable Void> tasks = () -> {
            engine.runTasks();
            return null;
        };
        try {
            loop.<@Nullable Void>runInExecutor(null, tasks).addDoneCallback(future -> finished(thrown(future), done));
        } catch (RuntimeException e) { // the executor takes nothing any more
            finished(e, done);
        }
    }

    private static @Nullable Throwable thrown(Future<@Nullable Void> future) {
        return future.cancelled() ? new SSLException("the handshake was cancelled") : future.exception();
    }

    private void finished(@Nullable Throwable thrown, Consumer<@Nullable Throwable> done) {
        driver.submit(() -> {
            out = false;
            done.accept(thrown);
        });
    }
}
