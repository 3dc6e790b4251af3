package dev.asyncio4j;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the time that a body may take; it can be changed while the body runs (TO-1 to TO-11).
 *
 * <p>The body runs in the calling task. When the time is over the task is cancelled once; when the body has ended with that
 * cancellation, it becomes a {@link TimeoutException}. A cancellation by anyone else stays one (TO-5), and so does that of a
 * {@link CancelScope} around the body, which has the last word as an outer time limit has (TO-8). What a shield around this
 * holds back is not noticed here.
 *
 * <p><b>States.</b> Active while the body runs; expiring once the time was over; then expired or finished.
 *
 * <p><b>Threads.</b> Inside the task that runs the body, but for {@link #reschedule}, {@link #when} and {@link #expired},
 * which anything on the loop's thread may call.
 */
public final class Timeout {

    private enum State {
        ACTIVE,
        EXPIRING,
        EXPIRED,
        FINISHED
    }

    /**
     * A body that is given its timeout.
     *
     * @param <T> what it returns
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object, X extends Throwable> {

        /**
         * Runs the body.
         *
         * @param timeout the limit it is under
         * @return the result
         * @throws X if it fails
         */
        T run(Timeout timeout) throws X;
    }

    /**
     * A body that is given its timeout and returns nothing.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface VoidBody<X extends Throwable> {

        /**
         * Runs the body.
         *
         * @param timeout the limit it is under
         * @throws X if it fails
         */
        void run(Timeout timeout) throws X;
    }

    private final BaseEventLoop loop;
    private final Task<?> task;
    private final int requestsAtEntry;

    /** The scope around this: shields further out must not hold our expiry back. */
    private final @Nullable CancelScope scopeAtEntry;

    private State state = State.ACTIVE;
    private @Nullable Duration when;
    private @Nullable TimerHandle timer;

    /** How far away the time was when it was set. */
    private long limitNanos;

    private Timeout(BaseEventLoop loop, @Nullable Duration when, long nowNanos) {
        this.loop = loop;
        this.task = loop.currentStepper("timeout").task();
        this.requestsAtEntry = task.stepper().requestsHere();
        this.scopeAtEntry = task.stepper().scope();
        schedule(when, nowNanos);
    }

    /**
     * Runs a body for a limited time.
     *
     * @param <T> what the body returns
     * @param <X> what it may throw
     * @param limit the time from now, or null for no limit yet
     * @param body what to run
     * @return what the body returned
     * @throws X if the body threw it
     * @throws TimeoutException if the time was over first
     */
    public static <T extends @Nullable Object, X extends Throwable> T call(@Nullable Duration limit, Body<T, X> body)
            throws X {
        BaseEventLoop loop = Asyncio.running("timeout");
        long now = loop.clock().nanoTime();
        Duration when = limit == null ? null : Duration.ofNanos(now + Nanos.of(limit));
        return new Timeout(loop, when, now).enclose(body);
    }

    /**
     * Runs a body that returns nothing for a limited time.
     *
     * @param <X> what the body may throw
     * @param limit the time from now, or null for no limit yet
     * @param body what to run
     * @throws X if the body threw it
     * @throws TimeoutException if the time was over first
     */
    public static <X extends Throwable> void run(@Nullable Duration limit, VoidBody<X> body) throws X {
        call(limit, asBody(body));
    }

    /**
     * Runs a body until a given time.
     *
     * @param <T> what the body returns
     * @param <X> what it may throw
     * @param when the time, on the clock of {@link EventLoop#time}, or null for no limit yet
     * @param body what to run
     * @return what the body returned
     * @throws X if the body threw it
     * @throws TimeoutException if the time was over first
     */
    public static <T extends @Nullable Object, X extends Throwable> T callAt(@Nullable Duration when, Body<T, X> body)
            throws X {
        BaseEventLoop loop = Asyncio.running("timeout");
        return new Timeout(loop, when, loop.clock().nanoTime()).enclose(body);
    }

    /**
     * Runs a body that returns nothing until a given time.
     *
     * @param <X> what the body may throw
     * @param when the time, on the clock of {@link EventLoop#time}, or null for no limit yet
     * @param body what to run
     * @throws X if the body threw it
     * @throws TimeoutException if the time was over first
     */
    public static <X extends Throwable> void runAt(@Nullable Duration when, VoidBody<X> body) throws X {
        callAt(when, asBody(body));
    }

    private static <X extends Throwable> Body<@Nullable Void, X> asBody(VoidBody<X> body) {
        return timeout -> {
            body.run(timeout);
            return null;
        };
    }

    private <T extends @Nullable Object, X extends Throwable> T enclose(Body<T, X> body) throws X {
        T result;
        try {
            result = body.run(this);
        } catch (Throwable e) {
            throw Sneaky.sneak(leave(e));
        }
        CancelledError deferred = task.stepper().takeDeferred();
        if (deferred != null) {
            throw Sneaky.sneak(leave(deferred));
        }
        stopTimer();
        takeRequestBack();
        return result;
    }

    /** Ends the timeout; makes its own cancellation into a timeout exception (TO-4). */
    private Throwable leave(Throwable thrown) {
        stopTimer();
        Throwable settled = task.stepper().settleInterrupt(thrown, requestsAtEntry);
        boolean ours = takeRequestBack();
        return ours && settled instanceof CancelledError ? new TimeoutException(message(), settled) : settled;
    }

    private String message() {
        return limitNanos > 0
                ? "the time limit of " + Nanos.shown(limitNanos) + " was over"
                : "the time limit was over when it was set";
    }

    /** Takes the request to cancel back that this made, if it did; tells whether nobody further out has made one. */
    private boolean takeRequestBack() {
        if (state != State.EXPIRING) {
            state = State.FINISHED;
            return false;
        }
        state = State.EXPIRED;
        task.uncancel();
        boolean scopeIsCancelled = scopeAtEntry != null && scopeAtEntry.inForce() != null;
        return task.stepper().requestsHere() <= requestsAtEntry && !scopeIsCancelled;
    }

    private void schedule(@Nullable Duration deadline, long nowNanos) {
        stopTimer();
        when = deadline;
        if (deadline == null) {
            return;
        }
        long deadlineNanos = Nanos.of(deadline);
        limitNanos = deadlineNanos - nowNanos;
        if (limitNanos <= 0) {
            loop.reactSoon(this::expire);
        } else {
            timer = loop.reactAt(deadlineNanos, this::expire);
        }
    }

    private void stopTimer() {
        TimerHandle set = timer;
        if (set != null) {
            set.cancel();
            timer = null;
        }
    }

    private void expire() {
        if (state == State.ACTIVE) {
            task.requestCancel(null, scopeAtEntry, CancelRequest.TIMEOUT);
            state = State.EXPIRING;
            timer = null;
        }
    }

    /**
     * Changes the time; one that is past expires in the next iteration (TO-10).
     *
     * @param deadline the new time, on the clock of {@link EventLoop#time}, or null for no limit
     * @throws IllegalStateException if the time was over, or the body has ended
     */
    public void reschedule(@Nullable Duration deadline) {
        if (state != State.ACTIVE) {
            throw new IllegalStateException("the time limit cannot be changed: it is " + this);
        }
        schedule(deadline, loop.clock().nanoTime());
    }

    /**
     * Returns the time.
     *
     * @return the deadline, on the clock of {@link EventLoop#time}, or empty if there is none
     */
    public Optional<Duration> when() {
        return Optional.ofNullable(when);
    }

    /**
     * Tells whether the time was over before the body had ended (TO-3).
     *
     * @return true from that moment on
     */
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    @Override
    public String toString() {
        return "Timeout (" + state.name().toLowerCase(java.util.Locale.ROOT) + ")";
    }
}
