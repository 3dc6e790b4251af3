package dev.asyncio4j.interop;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher publishes, to be iterated by a task: asking for the next item suspends until it is there.
 *
 * {@snippet class="dev.asyncio4j.snippets.InteropTest" region="subscribe"}
 *
 * <p><b>States.</b> Open; ended, when the publisher has completed or failed and all items are taken; closed. There is one
 * iteration: a second {@code for} goes on where the first was left.
 *
 * <p><b>Cancellation.</b> Cancelling who iterates ends the wait and loses no item; the subscription stays, until
 * {@link #close}.
 *
 * <p><b>Threads.</b> Loop thread only, one task at a time. The publisher may publish on any thread.
 *
 * <p><b>Errors.</b> What the publisher fails with is thrown, once, in place of the item after the last.
 *
 * @param <T> what is published
 */
public final class PublishedItems<T> implements Iterable<T>, AutoCloseable {

    private final BaseEventLoop loop;
    private final Inlet<T> inlet;
    private final Items iterator = new Items();
    private final Deque<T> items = new ArrayDeque<>();
    private final int prefetch;

    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private @Nullable Future<Boolean> news;
    private int outstanding;
    private boolean ended;
    private boolean closed;

    PublishedItems(BaseEventLoop loop, int prefetch) {
        if (prefetch < 1) {
            throw new IllegalArgumentException("at least one item must be asked for ahead, not " + prefetch);
        }
        this.loop = loop;
        this.prefetch = prefetch;
        this.inlet = new Inlet<>(loop, this);
    }

    Flow.Subscriber<T> subscriber() {
        return inlet;
    }

    /**
     * Returns the iteration: always the same. Its {@link Iterator#hasNext} suspends until that is known.
     *
     * @return an iterator of the items
     */
    @Override
    public Iterator<T> iterator() {
        return iterator;
    }

    /** Cancels the subscription, unless the publisher has ended it, and drops what was not taken. Does not suspend. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        checkThread();
        closed = true;
        items.clear();
        if (subscription != null && !ended) {
            subscription.cancel();
        }
        tellNews();
    }

    private void checkThread() {
        if (Asyncio.getRunningLoop() != loop) {
            throw new IllegalStateException("published items belong to the loop they were subscribed to on");
        }
    }

    // ---- what the publisher signals, on the loop

    void subscribed(Flow.Subscription given) {
        if (subscription != null || closed) {
            given.cancel();
            return;
        }
        subscription = given;
        outstanding = prefetch;
        given.request(prefetch);
        tellNews();
    }

    void arrived(T item) {
        if (closed || ended) {
            return;
        }
        if (outstanding == 0) {
            brokeTheRules();
            return;
        }
        outstanding--;
        items.add(item);
        tellNews();
    }

    private void brokeTheRules() {
        if (subscription != null) {
            subscription.cancel();
        }
        over(new IllegalStateException("the publisher sent more than the " + prefetch + " items it was asked for"));
    }

    /** No item follows those that are here. */
    void over(@Nullable Throwable thrown) {
        if (!ended) {
            ended = true;
            failure = thrown;
            tellNews();
        }
    }

    private void tellNews() {
        if (news != null && !news.done()) {
            news.setResult(true);
        }
    }

    // ---- the iteration

    private final class Items implements Iterator<T> {

        @Override
        public boolean hasNext() {
            checkThread();
            while (items.isEmpty() && !ended && !closed) {
                awaitNews();
            }
            if (!items.isEmpty()) {
                return true;
            }
            throwFailure();
            return false;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the publisher has completed");
            }
            T item = items.remove();
            askForMore();
            return item;
        }
    }

    private void awaitNews() {
        if (news != null) {
            throw new IllegalStateException("another task waits for the next item; only one may iterate at a time");
        }
        Future<Boolean> next = loop.createFuture("the next item of a publisher");
        news = next;
        try (var _ = Outside.expect(
                loop, "the next item of a publisher", subscription instanceof Publication<?> ours && ours.isOn(loop))) {
            next.await();
        } finally {
            news = null;
        }
    }

    private void throwFailure() {
        Throwable thrown = failure;
        failure = null;
        switch (thrown) {
            case null -> {}
            case CancelledError e -> throw new IllegalStateException("the publisher was cancelled", e);
            default -> throw Sneaky.sneak(thrown);
        }
    }

    /** Asks again when half of what may be ahead is used up: not for each item, and before the last is gone. */
    private void askForMore() {
        int room = prefetch - items.size() - outstanding;
        if (subscription != null && !ended && room >= (prefetch + 1) / 2) {
            outstanding += room;
            subscription.request(room);
        }
    }
}
