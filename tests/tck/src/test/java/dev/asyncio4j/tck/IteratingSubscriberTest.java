package dev.asyncio4j.tck;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.interop.Publishers;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.Listeners;

/** A task that iterates over what a publisher sends, asking for some items ahead. */
@Listeners(Kit.class)
public class IteratingSubscriberTest extends FlowSubscriberBlackboxVerification<Integer> {

    private final LoopThread loop = new LoopThread();
    private final int prefetch;

    public IteratingSubscriberTest() {
        this(4);
    }

    IteratingSubscriberTest(int prefetch) {
        super(Kit.environment());
        this.prefetch = prefetch;
    }

    @AfterClass
    public void closeLoop() {
        loop.close();
    }

    @Override
    public Flow.Subscriber<Integer> createFlowSubscriber() {
        var subscriber = new AtomicReference<Flow.Subscriber<? super Integer>>();
        loop.call(() -> {
            var items = Publishers.<Integer>subscribe(subscriber::set, prefetch);
            return Asyncio.createTask(() -> takeAll(items.iterator()));
        });
        @SuppressWarnings("unchecked")
        var given = (Flow.Subscriber<Integer>) subscriber.get();
        return given;
    }

    private static void takeAll(Iterator<Integer> items) {
        try {
            while (items.hasNext()) {
                items.next();
            }
        } catch (RuntimeException e) {
            // The kit makes its publishers fail.
        }
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
