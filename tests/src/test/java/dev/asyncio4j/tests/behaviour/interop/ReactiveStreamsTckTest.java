package dev.asyncio4j.tests.behaviour.interop;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.interop.Publishers;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** The compatibility kit of Reactive Streams. Its tests wait in real time; how long is set here. */
class ReactiveStreamsTckTest {

    private static final long PATIENCE_MILLIS = 5_000;
    private static final long SILENCE_MILLIS = 30;

    private final LoopThread loop = new LoopThread();

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    private static TestEnvironment environment() {
        return new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS);
    }

    @TestFactory
    Stream<DynamicTest> publisherOfAnIterable() {
        return testsOf(new IterablePublisher(loop));
    }

    @TestFactory
    Stream<DynamicTest> publisherOfACoroutine() {
        return testsOf(new CoroutinePublisher(loop));
    }

    @TestFactory
    Stream<DynamicTest> iteratingSubscriber() {
        return testsOf(new IteratingSubscriber(loop, 4));
    }

    @TestFactory
    Stream<DynamicTest> iteratingSubscriberOneByOne() {
        return testsOf(new IteratingSubscriber(loop, 1));
    }

    private static class IterablePublisher extends FlowPublisherVerification<Long> {

        final LoopThread loop;

        IterablePublisher(LoopThread loop) {
            super(environment());
            this.loop = loop;
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

    /** Suspends between the items. */
    private static final class CoroutinePublisher extends IterablePublisher {

        CoroutinePublisher(LoopThread loop) {
            super(loop);
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
    }

    private static final class IteratingSubscriber extends FlowSubscriberBlackboxVerification<Integer> {

        private final LoopThread loop;
        private final int prefetch;

        IteratingSubscriber(LoopThread loop, int prefetch) {
            super(environment());
            this.loop = loop;
            this.prefetch = prefetch;
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

    /** A test of ours for each test of the kit, but for those that say of themselves that they test nothing. */
    private static Stream<DynamicTest> testsOf(Object verification) {
        return Arrays.stream(verification.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class) && !method.isBridge())
                .filter(method -> !method.getName().startsWith("untested_"))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> dynamicTest(method.getName(), () -> run(verification, method)));
    }

    private static void run(Object verification, Method test) throws Throwable {
        try {
            invokeAll(verification, BeforeClass.class);
            invokeAll(verification, BeforeMethod.class);
            test.invoke(verification);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SkipException skip
                    ? new TestAbortedException(skip.getMessage())
                    : e.getCause();
        } finally {
            invokeAll(verification, AfterClass.class);
        }
    }

    private static void invokeAll(Object verification, Class<? extends Annotation> kind)
            throws ReflectiveOperationException {
        for (Method method : verification.getClass().getMethods()) {
            if (method.isAnnotationPresent(kind)) {
                method.invoke(verification);
            }
        }
    }
}
