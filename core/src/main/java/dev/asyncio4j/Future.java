package dev.asyncio4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A result that is not there yet.
 *
 * <p><b>States.</b> Pending; then finished, with a value or an exception, or cancelled. Both are final (FUT-1).
 *
 * <p><b>Threads.</b> Loop thread only (FUT-10). Another thread hands a completion over with
 * {@link EventLoop#callSoonThreadsafe}.
 *
 * <p><b>Order.</b> Who waits, and what was registered with {@link #addDoneCallback}, runs in the next batch of the loop, in
 * the order of registration; never inside the call that completes (FUT-2).
 *
 * @param <T> the type of the result
 */
public class Future<T extends @Nullable Object> implements Awaitable<T> {

    private enum State {
        PENDING,
        FINISHED,
        FAILED,
        CANCELLED
    }

    final BaseEventLoop loop;
    private State state = State.PENDING;

    /** The value, the {@link Failure} or the CancelledError that ended this; while pending a label for reports. */
    private @Nullable Object outcome;

    /** Null, one entry, or a list of them: a future mostly has one waiter. */
    private @Nullable Object entries;

    private @Nullable String cancelMessage;

    Future(BaseEventLoop loop, @Nullable String label) {
        this.loop = loop;
        this.outcome = label;
    }

    /**
     * Returns the loop this belongs to.
     *
     * @return the loop that runs its callbacks
     */
    public final EventLoop loop() {
        return loop;
    }

    /**
     * Tells whether this has ended, in whichever way.
     *
     * @return false while pending
     */
    public final boolean done() {
        return state != State.PENDING;
    }

    /**
     * Tells whether this has been cancelled.
     *
     * @return true once cancelled; a request that a task has not yet followed does not count
     */
    public final boolean cancelled() {
        return state == State.CANCELLED;
    }

    /**
     * Returns the result without waiting.
     *
     * <p><b>Errors.</b> Throws what this failed with, as {@link #await} does.
     *
     * @return the value
     * @throws InvalidStateException if this is pending
     * @throws CancelledError if this was cancelled
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // the value may be null where T may
    public final T result() {
        return switch (state) {
            case PENDING -> throw new InvalidStateException("no result yet: " + this + " is pending");
            case FINISHED -> (T) outcome;
            case FAILED -> throw Sneaky.sneak(failureToThrow());
            case CANCELLED -> throw cancellationToThrow();
        };
    }

    /**
     * Returns what this failed with, without waiting.
     *
     * @return the exception, or null if there is a value
     * @throws InvalidStateException if this is pending
     * @throws CancelledError if this was cancelled
     */
    public final @Nullable Throwable exception() {
        return switch (state) {
            case PENDING -> throw new InvalidStateException("no exception yet: " + this + " is pending");
            case FINISHED -> null;
            case FAILED -> failure();
            case CANCELLED -> throw cancellationToThrow();
        };
    }

    /** What this failed with; counts as looked at. */
    final Throwable failure() {
        return failed().retrieve();
    }

    private Throwable failureToThrow() {
        return failed().retrieveToThrow();
    }

    private Failure failed() {
        return (Failure) Objects.requireNonNull(outcome);
    }

    /** The error that ended a cancelled task, the first time; a fresh one later (FUT-9). */
    final CancelledError cancellationToThrow() {
        CancelledError original = (CancelledError) outcome;
        outcome = null;
        return original != null ? original : new CancelledError(cancelMessage);
    }

    /**
     * Completes this with a value.
     *
     * @param value the result
     * @throws InvalidStateException if this is done
     */
    public void setResult(T value) {
        complete(State.FINISHED, value);
    }

    /**
     * Completes this with a failure.
     *
     * @param exception what to throw at those who wait
     * @throws InvalidStateException if this is done
     * @throws IllegalArgumentException for a {@link CancelledError}: {@link #cancel} instead
     */
    public void setException(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        if (exception instanceof CancelledError) {
            throw new IllegalArgumentException(
                    "a CancelledError cannot be the exception of a future; call cancel()", exception);
        }
        var failure = new Failure(exception);
        complete(State.FAILED, failure);
        loop.unretrieved().track(this, failure);
    }

    /**
     * Cancels this, without a message.
     *
     * @return false if it is done already
     */
    public final boolean cancel() {
        return cancel(null);
    }

    /**
     * Cancels this: those who wait get a {@link CancelledError}.
     *
     * @param message why, for the error; may be null
     * @return false if it is done already
     */
    public boolean cancel(@Nullable String message) {
        loop.checkThread("cancel");
        if (done()) {
            markRetrieved();
            return false;
        }
        cancelMessage = message;
        complete(State.CANCELLED, null);
        return true;
    }

    /** Ends this cancelled, by an error that was thrown. */
    final void completeCancelled(CancelledError error) {
        cancelMessage = error.getMessage();
        complete(State.CANCELLED, error);
    }

    /** Ends with an error that is a cancellation, though this is not cancelled itself (GA-4). */
    final void failCancelled(CancelledError error) {
        complete(State.FAILED, new Failure(error));
    }

    private void failLike(Throwable failure) {
        if (failure instanceof CancelledError cancellation) {
            failCancelled(cancellation);
        } else {
            setException(failure);
        }
    }

    /** Whether those who wait get a CancelledError, this being cancelled or not (GA-4). */
    final boolean endsInCancellation() {
        return cancelled() || (state == State.FAILED && failed().exception() instanceof CancelledError);
    }

    /** Gives another, pending future the end that this has had. */
    final void copyTo(Future<T> other) {
        switch (state) {
            case PENDING -> throw new InvalidStateException(this + " is pending");
            case FINISHED -> other.setResult(result());
            case FAILED -> other.failLike(failure());
            case CANCELLED -> other.cancel(cancelMessage);
        }
    }

    private void complete(State next, @Nullable Object result) {
        loop.checkThread("complete");
        if (done()) {
            throw new InvalidStateException("a future is completed once: " + this + " is done already");
        }
        state = next;
        outcome = result;
        queueEntries();
    }

    @SuppressWarnings("unchecked")
    private void queueEntries() {
        Object queued = entries;
        entries = null;
        switch (queued) {
            case null -> {}
            case ReadyEntry only -> loop.queue(only);
            default -> ((List<ReadyEntry>) queued).forEach(loop::queue);
        }
    }

    /** Declares that a failure here need not be reported (FUT-7). */
    final void markRetrieved() {
        if (state == State.FAILED) {
            failed().markRetrieved();
        }
    }

    /**
     * Has a function called once this is done, in a copy of the current context.
     *
     * <p><b>Order.</b> In the batch after completion, those registered earlier first (FUT-2); if this is done already, in
     * the next batch. An exception goes to the loop's exception handler.
     *
     * @param function is given this future
     */
    public final void addDoneCallback(Consumer<? super Future<T>> function) {
        addDoneCallback(function, Context.current().copy());
    }

    /**
     * Has a function called once this is done, in a given context.
     *
     * @param function is given this future
     * @param context the context to run it in, shared and not copied
     */
    public final void addDoneCallback(Consumer<? super Future<T>> function, Context context) {
        loop.checkThread("addDoneCallback");
        whenDone(new DoneCallback<>(this, function, context));
    }

    /** Has an entry queued once this is done. */
    @SuppressWarnings("unchecked")
    final void whenDone(ReadyEntry entry) {
        if (done()) {
            loop.queue(entry);
            return;
        }
        switch (entries) {
            case null -> entries = entry;
            case ReadyEntry first -> entries = new ArrayList<>(List.of(first, entry));
            default -> ((List<ReadyEntry>) entries).add(entry);
        }
    }

    /** Takes back what {@link #whenDone} was given. */
    final void forget(ReadyEntry entry) {
        if (entries == entry) {
            entries = null;
        } else if (entries instanceof List<?> list) {
            list.remove(entry);
        }
    }

    /**
     * Takes every registration of a function back. What completion has queued already stays queued (FUT-3).
     *
     * @param function a function equal to the one registered
     * @return how often it was registered
     */
    public final int removeDoneCallback(Consumer<? super Future<T>> function) {
        loop.checkThread("removeDoneCallback");
        int before = entryList().size();
        List<Object> kept = entryList().stream()
                .filter(entry -> !(entry instanceof DoneCallback<?> callback && callback.calls(function)))
                .toList();
        entries = kept.isEmpty() ? null : new ArrayList<>(kept);
        return before - kept.size();
    }

    private List<Object> entryList() {
        return switch (entries) {
            case null -> List.of();
            case List<?> list -> List.copyOf(list);
            default -> List.of(entries);
        };
    }

    @Override
    public T await() {
        if (done()) {
            return result();
        }
        Stepper<?> stepper = loop.currentStepper(this);
        return awaitOn(stepper);
    }

    /** Waits for this, which is pending, on the fiber of a task. */
    final T awaitOn(Stepper<?> stepper) {
        stepper.await(this);
        return cancelled() ? throwCancellation(stepper) : result();
    }

    private T throwCancellation(Stepper<?> stepper) {
        throw cancellationToThrow().requestedBy(stepper.lastRequest());
    }

    @Override
    public <X extends Throwable> T await(Class<X> declared) throws X {
        return await();
    }

    /**
     * Returns the futures that must end before this one can: what a gathering, a shield or a group waits for.
     *
     * @return those that are not done; empty for a future that is completed by hand
     */
    public Set<Future<?>> dependencies() {
        return Set.of();
    }

    /**
     * Names this for reports: what those who wait for it are waiting for.
     *
     * @return the label given to {@link EventLoop#createFuture(String)}, or a general word
     */
    public String describe() {
        return !done() && outcome instanceof String label ? label : "a future";
    }

    @Override
    public String toString() {
        return describe() + " (" + stateName() + ")";
    }

    final String stateName() {
        return switch (state) {
            case PENDING -> "pending";
            case FINISHED -> "finished";
            case FAILED -> "failed with " + failed().exception();
            case CANCELLED -> "cancelled";
        };
    }
}
