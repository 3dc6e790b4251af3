package dev.asyncio4j.interop;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One subscription to a {@link Source}: the task that runs it, and what the subscriber has asked for. */
final class Publication<T> implements Flow.Subscription {

    /*
     * All signals are sent by one task, so they are in order and never overlap. The subscriber calls request() and cancel()
     * on any thread, most often inside the very signal: so the demand is a number that any thread may raise, and the loop
     * is woken only if the task waits for it. The task raises `waiting` first and looks at the demand afterwards, who
     * requests does it the other way round, and so one of the two always sees the other.
     *
     * A subscriber with boundless demand would let the task run without ever suspending. After some items it lets the others
     * run.
     */

    private static final int ITEMS_WITHOUT_SUSPENDING = 256;

    private final BaseEventLoop loop;
    private final Source<T> source;
    private final Flow.Subscriber<? super T> subscriber;

    /** What was asked for and not sent yet; Long.MAX_VALUE is boundless. Any thread. */
    private final AtomicLong demand = new AtomicLong();

    /** Written by the task, read by any thread. */
    private volatile boolean waiting;

    /** Nothing is to be signalled any more. Written by any thread. */
    private volatile boolean cancelled;

    // Loop thread only:
    private @Nullable Task<?> task;
    private @Nullable Future<Boolean> moreDemand;
    private @Nullable IllegalArgumentException violation;
    private int sentWithoutSuspending;

    private Publication(BaseEventLoop loop, Source<T> source, Flow.Subscriber<? super T> subscriber) {
        this.loop = loop;
        this.source = source;
        this.subscriber = Objects.requireNonNull(subscriber, "subscriber");
    }

    /** Any thread. */
    static <T> void begin(BaseEventLoop loop, Source<T> source, Flow.Subscriber<? super T> subscriber) {
        var publication = new Publication<T>(loop, source, subscriber);
        if (!publication.onLoop(publication::start)) {
            subscriber.onSubscribe(publication);
            subscriber.onError(new IllegalStateException("the event loop of this publisher is closed"));
        }
    }

    /** Has something done by the loop; false if the loop is closed. */
    private boolean onLoop(Runnable action) {
        if (loop.isClosed()) {
            return false;
        }
        try {
            loop.callSoonThreadsafe(action);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void start() {
        task = loop.createTask(this::run);
    }

    // ---- the task

    private void run() throws Throwable {
        task = Asyncio.currentTask().orElseThrow();
        signal(() -> subscriber.onSubscribe(this));
        try {
            source.run(this::emit);
            throwIfOver();
        } catch (Throwable e) {
            fail(e);
            return;
        }
        cancelled = true;
        signal(subscriber::onComplete);
    }

    private void emit(T item) {
        Objects.requireNonNull(item, "a publisher must not emit null");
        if (Asyncio.currentTask().orElse(null) != task) {
            throw new IllegalStateException("only the task that runs the source may emit; signals must not overlap");
        }
        letOthersRun();
        awaitDemand();
        signal(() -> subscriber.onNext(item));
    }

    private void letOthersRun() {
        sentWithoutSuspending++;
        if (sentWithoutSuspending > ITEMS_WITHOUT_SUSPENDING) {
            sentWithoutSuspending = 0;
            Asyncio.sleep(Duration.ZERO);
        }
    }

    private void awaitDemand() {
        throwIfOver();
        while (demand.get() == 0) {
            waiting = true;
            if (demand.get() == 0) {
                suspend();
            }
            waiting = false;
            throwIfOver();
        }
        demand.updateAndGet(asked -> asked == Long.MAX_VALUE ? asked : asked - 1);
    }

    private void suspend() {
        sentWithoutSuspending = 0;
        Future<Boolean> more = loop.createFuture("demand of a subscriber");
        moreDemand = more;
        try (var _ = Outside.expect(
                loop, "demand of a subscriber", subscriber instanceof Inlet<?> inlet && inlet.isOn(loop))) {
            more.await();
        } finally {
            moreDemand = null;
        }
    }

    /** Ends a source that goes on though it was told to end. */
    private void throwIfOver() {
        if (cancelled || violation != null) {
            throw new CancelledError("the subscription is over");
        }
    }

    /** Calls the subscriber. One that throws has broken the rules (2.13): to the source it has cancelled. */
    private void signal(Runnable call) {
        try {
            call.run();
        } catch (CancelledError | ExitError e) {
            cancelled = true;
            throw e;
        } catch (Throwable e) {
            cancelled = true;
            loop.callExceptionHandler(ExceptionContext.of("a subscriber failed, and is told no more")
                    .with(ExceptionContext.EXCEPTION, e)
                    .with("subscriber", subscriber));
            throw new CancelledError("the subscriber failed", e);
        }
    }

    private void fail(Throwable thrown) throws Throwable {
        if (cancelled) {
            throw thrown;
        }
        cancelled = true;
        Throwable told = whatToTell(thrown);
        signal(() -> subscriber.onError(told));
        if (violation == null && thrown instanceof CancelledError) {
            throw thrown;
        }
    }

    private Throwable whatToTell(Throwable thrown) {
        if (violation != null) {
            return violation;
        }
        if (thrown instanceof CancelledError) {
            return new CancellationException("the task that published was cancelled").initCause(thrown);
        }
        return thrown;
    }

    boolean isOn(BaseEventLoop asked) {
        return loop == asked;
    }

    // ---- what the subscriber asks for, on any thread

    @Override
    public void request(long count) {
        if (cancelled) {
            return;
        }
        if (count <= 0) {
            onLoop(() -> refuse(count));
            return;
        }
        demand.updateAndGet(asked -> asked + count < 0 ? Long.MAX_VALUE : asked + count);
        if (waiting) {
            onLoop(this::wake);
        }
    }

    private void wake() {
        if (moreDemand != null && !moreDemand.done()) {
            moreDemand.setResult(true);
        }
    }

    private void refuse(long count) {
        violation = new IllegalArgumentException(
                "a subscriber must request at least one item (rule 3.9), and requested " + count);
        cancelTask();
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            onLoop(this::cancelTask);
        }
    }

    private void cancelTask() {
        if (task != null) {
            task.cancel("the subscription is over");
        }
    }
}
