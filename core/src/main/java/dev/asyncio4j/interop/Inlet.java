package dev.asyncio4j.interop;

import dev.asyncio4j.BaseEventLoop;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where a publisher's signals come in: hands them to the loop, in order.
 *
 * <p><b>Threads.</b> Any.
 */
final class Inlet<T> implements Flow.Subscriber<T> {

    /*
     * Signals come one after the other, but perhaps on different threads, among them the loop's own. They go through a queue
     * of ours, because what the loop's thread schedules may overtake what others handed in before. `undelivered` counts
     * them; who raises it from zero wakes the loop, and one delivery takes all that have come.
     */

    private final BaseEventLoop loop;
    private final PublishedItems<T> items;
    private final Queue<Runnable> signals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger undelivered = new AtomicInteger();
    private volatile Flow.@Nullable Subscription subscription;

    Inlet(BaseEventLoop loop, PublishedItems<T> items) {
        this.loop = loop;
        this.items = items;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given, "subscription");
        if (subscription == null) {
            subscription = given;
        }
        handIn(() -> items.subscribed(given));
    }

    @Override
    public void onNext(T item) {
        Objects.requireNonNull(item, "item");
        handIn(() -> items.arrived(item));
    }

    @Override
    public void onError(Throwable thrown) {
        Objects.requireNonNull(thrown, "thrown");
        handIn(() -> items.over(thrown));
    }

    @Override
    public void onComplete() {
        handIn(() -> items.over(null));
    }

    boolean isOn(BaseEventLoop asked) {
        return loop == asked;
    }

    private void handIn(Runnable signal) {
        signals.add(signal);
        if (undelivered.getAndIncrement() == 0 && !wakeLoop()) {
            abandon();
        }
    }

    private boolean wakeLoop() {
        if (loop.isClosed()) {
            return false;
        }
        try {
            loop.callSoonThreadsafe(this::deliver);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The loop is closed: nobody will look at what comes. */
    private void abandon() {
        signals.clear();
        Flow.Subscription upstream = subscription;
        if (upstream != null) {
            upstream.cancel();
        }
    }

    private void deliver() {
        int taken = undelivered.get();
        while (taken > 0) {
            for (Runnable signal = signals.poll(); signal != null; signal = signals.poll()) {
                deliver(signal);
            }
            taken = undelivered.addAndGet(-taken);
        }
    }

    /** What goes wrong here is the fault of the publisher's subscription, which is called from here. */
    private void deliver(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable e) {
            items.over(e);
        }
    }
}
