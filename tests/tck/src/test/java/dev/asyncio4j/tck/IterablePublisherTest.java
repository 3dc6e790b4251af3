package dev.asyncio4j.tck;

import dev.asyncio4j.interop.Publishers;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.Listeners;

/** A publisher of items that are there already. */
@Listeners(Kit.class)
public class IterablePublisherTest extends FlowPublisherVerification<Long> {

    private final LoopThread loop = new LoopThread();

    public IterablePublisherTest() {
        super(Kit.environment());
    }

    @AfterClass
    public void closeLoop() {
        loop.close();
    }

    @Override
    public Flow.Publisher<Long> createFlowPublisher(long elements) {
        Iterable<Long> items = () -> LongStream.range(0, elements).iterator();
        return loop.call(() -> Publishers.publish(items));
    }

    @Override
    public Flow.Publisher<Long> createFailedFlowPublisher() {
        return loop.call(() -> Publishers.publish(_ -> {
            throw new IllegalStateException("nothing to publish");
        }));
    }
}
