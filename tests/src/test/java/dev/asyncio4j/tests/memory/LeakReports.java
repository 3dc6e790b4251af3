package dev.asyncio4j.tests.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what Netty's detector of leaks reports. */
final class LeakReports extends ResourceLeakDetectorFactory {

    private static final AtomicLong COUNT = new AtomicLong();

    /** To be called before Netty is used. */
    static void install() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new LeakReports());
    }

    /** The detector looks when something is allocated. */
    static long count() {
        ByteBuf any = ByteBufAllocator.DEFAULT.directBuffer(16);
        any.release();
        return COUNT.get();
    }

    @Override
    @SuppressWarnings("deprecation") // the factory asks for it
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
            Class<T> resource, int samplingInterval, long maxActive) {
        return newResourceLeakDetector(resource, samplingInterval);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
        return new Counting<>(resource, samplingInterval);
    }

    private static final class Counting<T> extends ResourceLeakDetector<T> {

        Counting(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            System.err.println("leaked " + resourceType + records);
            COUNT.incrementAndGet();
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            System.err.println("leaked " + resourceType);
            COUNT.incrementAndGet();
        }
    }
}
