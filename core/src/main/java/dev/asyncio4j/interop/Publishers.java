package dev.asyncio4j.interop;

import dev.asyncio4j.BaseEventLoop;
import java.util.Objects;
import java.util.concurrent.Flow;

/**
 * Coroutines as publishers of {@link Flow}, and publishers as something to iterate, with back-pressure both ways.
 *
 * {@snippet class="dev.asyncio4j.snippets.InteropTest" region="publishers"}
 *
 * <p>Both ends follow the rules of Reactive Streams; their compatibility kit is part of the tests.
 */
public final class Publishers {

    /** How many items a subscriber asks for ahead, unless told otherwise. */
    public static final int DEFAULT_PREFETCH = 32;

    private Publishers() {}

    /**
     * Returns a publisher of what an iterable holds.
     *
     * <p>Each subscriber gets an iterator of its own, which is asked for items as the subscriber asks, in a task of the
     * running loop; it may suspend. An iterator that can be closed is closed at the end, also when the subscriber has
     * cancelled.
     *
     * <p><b>Threads.</b> The publisher may be subscribed to on any thread. Subscribers are called in the task.
     *
     * @param <T> what is published
     * @param items what to publish, no nulls
     * @return a publisher that lives as long as the running loop
     * @throws IllegalStateException if no loop is running here
     */
    public static <T> Flow.Publisher<T> publish(Iterable<? extends T> items) {
        Objects.requireNonNull(items, "items");
        return publish(emitter -> emitAll(items, emitter));
    }

    private static <T> void emitAll(Iterable<? extends T> items, Emitter<T> emitter) throws Exception {
        var iterator = items.iterator();
        try (AutoCloseable _ = iterator instanceof AutoCloseable closeable ? closeable : null) {
            while (iterator.hasNext()) {
                emitter.emit(iterator.next());
            }
        }
    }

    /**
     * Returns a publisher of what a coroutine emits.
     *
     * <p><b>Cancellation.</b> A subscriber that cancels cancels the task its source runs in. If anything else cancels that
     * task, the subscriber is told by a {@link java.util.concurrent.CancellationException}.
     *
     * <p><b>Threads.</b> The publisher may be subscribed to on any thread. The source, and the subscriber's methods, run in
     * one task of the running loop per subscriber.
     *
     * <p><b>Errors.</b> What the source throws is signalled. What a subscriber throws, against the rules, ends its
     * subscription and is reported to the loop's exception handler.
     *
     * @param <T> what is published
     * @param source runs once per subscriber
     * @return a publisher that lives as long as the running loop
     * @throws IllegalStateException if no loop is running here
     */
    public static <T> Flow.Publisher<T> publish(Source<T> source) {
        Objects.requireNonNull(source, "source");
        BaseEventLoop loop = Outside.loop();
        return subscriber -> Publication.begin(loop, source, subscriber);
    }

    /**
     * Subscribes to a publisher, to iterate over what it publishes.
     *
     * @param <T> what is published
     * @param publisher the publisher, of any library
     * @return the items, to be closed
     * @throws IllegalStateException if no loop is running here
     */
    public static <T> PublishedItems<T> subscribe(Flow.Publisher<? extends T> publisher) {
        return subscribe(publisher, DEFAULT_PREFETCH);
    }

    /**
     * Subscribes to a publisher, to iterate over what it publishes.
     *
     * @param <T> what is published
     * @param publisher the publisher, of any library
     * @param prefetch how many items may be under way or waiting here at most, at least 1
     * @return the items, to be closed
     * @throws IllegalStateException if no loop is running here
     */
    public static <T> PublishedItems<T> subscribe(Flow.Publisher<? extends T> publisher, int prefetch) {
        var items = new PublishedItems<T>(Outside.loop(), prefetch);
        publisher.subscribe(items.subscriber());
        return items;
    }
}
