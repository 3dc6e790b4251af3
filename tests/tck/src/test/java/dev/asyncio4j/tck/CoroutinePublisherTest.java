package dev.asyncio4j.tck;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.interop.Publishers;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.Listeners;

/** A publisher whose coroutine suspends between the items. */
@Listeners(Kit.class)
public class CoroutinePublisherTest extends FlowPublisherVerification<Long> {

    private final LoopThread loop = new LoopThread();

    public CoroutinePublisherTest() {
        super(Kit.environment());
    }

    @AfterClass
    public void closeLoop() {
        loop.close();
    }

    @Override
    public Flow.Publisher<Long> createFlowPublisher(long elements) {
        return loop.call(() -> Publishers.publish(emitter -> {
            for (long i = 0; i < elements; i++) {
                Asyncio.sleep(Duration.ZERO);
                emitter.emit(i);
            }
        }));
    }

    @Override
    public Flow.Publisher<Long> createFailedFlowPublisher() {
        return loop.call(() -> Publishers.publish(_ -> {
            Asyncio.sleep(Duration.ZERO);
            throw new IllegalStateException("nothing to publish");
        }));
    }
}
