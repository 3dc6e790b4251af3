package dev.asyncio4j.net.internal;

import dev.asyncio4j.EventLoop;
import org.jspecify.annotations.Nullable;

/** Loads Netty once per process, away from the loop: it takes a tenth of a second and many locks. */
final class Netty {
    private static volatile boolean loaded; // written once, by whichever thread loads first

    private Netty() {}

    /**
     * Loads Netty if that has not been done. Suspends the calling task the first time.
     *
     * @param loop the running loop
     * @throws IllegalStateException if the transport asked for does not work here
     */
    static void ensureLoaded(EventLoop loop) {
        if (!loaded) {
            loop.runInExecutor(null, Netty::load).await();
        }
    }

    /**
     * Loads Netty on the calling thread, which must not be a loop's.
     *
     * @return null
     */
    static synchronized @Nullable Void load() {
        if (!loaded) {
            NettyLogging.install();
            var transport = NettyTransport.choose();
            transport.preload();
            Warmup.run();
            loaded = true;
        }
        return null;
    }
}
