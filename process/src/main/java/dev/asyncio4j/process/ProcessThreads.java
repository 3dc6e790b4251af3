package dev.asyncio4j.process;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which calls block that the JDK knows no other way of making: starting a process and using its pipes. */
final class ProcessThreads {

    /*
     * Platform threads, one for each pipe. A virtual thread that reads a process's pipe blocks its carrier; the JDK makes up
     * for it with further carriers, up to 256 of them, and with 300 silent children no virtual thread of the whole JVM ran
     * any more. Starting a process takes milliseconds, most of them in the system, so it too would hold a loop.
     */

    private static final long IDLE_SECONDS = 1;
    private static final long STACK_BYTES = 256 * 1024;

    /** Any thread. */
    static final ThreadPoolExecutor EXECUTOR = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .stackSize(STACK_BYTES)
                    .name("asyncio4j-process-", 0)
                    .factory());

    private ProcessThreads() {}
}
