package dev.asyncio4j.net.spi;

import dev.asyncio4j.Future;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to a peer without passing through this process.
 *
 * <p><b>Threads.</b> The loop's own, coroutines included.
 */
public interface FileSending {

    /**
     * Returns what is completed when all is sent.
     *
     * @return a future that fails with an {@link java.io.IOException} if the connection or the file breaks
     */
    Future<@Nullable Void> done();

    /**
     * Counts what the system has taken.
     *
     * @return bytes
     */
    long sent();

    /** Sends no more; the connection stays as it is. Does nothing once all is sent. */
    void stop();
}
