package dev.asyncio4j.net.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which streams are read and written, which block. */
final class BlockingThreads {

    /*
     * Platform threads, one for each stream that is being read or written: each may block for ever, so none can wait for
     * another. A virtual thread that reads a file blocks its carrier.
     */

    private static final long IDLE_SECONDS = 1;
    private static final long STACK_BYTES = 256 * 1024;

    private static final Executor EXECUTOR = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .stackSize(STACK_BYTES)
                    .name("asyncio4j-stream-", 0)
                    .factory());

    private BlockingThreads() {}

    /** Runs something that may block. Any thread but a loop's bare one. */
    static void run(Runnable task) {
        EXECUTOR.execute(task);
    }

    /** Closes a stream, unless it is one of the process's own three, which others use as well. May block. */
    static void close(Closeable stream) {
        if (stream == System.in || stream == System.out || stream == System.err) {
            return;
        }
        try {
            stream.close();
        } catch (IOException | RuntimeException e) {
            // What was to be written has been; there is nobody left to tell.
        }
    }
}
