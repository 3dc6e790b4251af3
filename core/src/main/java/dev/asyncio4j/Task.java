package dev.asyncio4j;

import dev.asyncio4j.internal.coroutine.Fiber;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that is being run beside others.
 *
 * <p><b>States.</b> Pending, until its body has ended; then finished or cancelled. The loop holds pending tasks strongly: a
 * task need not be kept by its creator.
 *
 * <p><b>Cancellation.</b> {@link #cancel} is a request. It is delivered once, as a {@link CancelledError} thrown where the
 * task waits; the body may clean up, which may wait too, and it may even go on. A task that ends with that error is
 * cancelled. In a blocking call of the JDK the request arrives as an interrupt.
 *
 * <p><b>Threads.</b> Loop thread only.
 *
 * @param <T> what the coroutine returns
 */
public final class Task<T extends @Nullable Object> extends Future<T> {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number;
    private final Context context;
    private final Stepper<T> stepper;
    private @Nullable String name;
    private int cancelRequests;

    Task(BaseEventLoop loop, Coroutine<T, ?> body, TaskOptions options) {
        super(loop, null);
        this.number = NUMBERS.incrementAndGet();
        this.name = options.name();
        Context given = options.context();
        this.context = given != null ? given : Context.current().copy();
        this.stepper = new Stepper<>(this, body, this.context);
    }

    /**
     * Returns the name.
     *
     * @return the name given, or {@code Task-} and a number
     */
    public String name() {
        return nameOf(name, number);
    }

    private static String nameOf(@Nullable String given, long number) {
        return given != null ? given : "Task-" + number;
    }

    /** The name, unless it is the number that serves as one. */
    @Nullable
    String givenName() {
        return name;
    }

    /** What {@link #describe()} says of a task with this name and number. */
    static String describe(@Nullable String given, long number) {
        return "task " + nameOf(given, number);
    }

    /**
     * Changes the name.
     *
     * @param name the new name
     */
    public void setName(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Returns the context the body runs in.
     *
     * @return the copy made at creation, or the context given then
     */
    public Context context() {
        return context;
    }

    /**
     * Asks this task to end: a {@link CancelledError} is thrown at the place where it waits (CAN-1).
     *
     * <p>A task that has not begun ends without running a line of its body (CAN-5). Two requests before it runs are
     * delivered as one, with the first message (CAN-8).
     *
     * @param message why, for the error; may be null
     * @return false if it is done already; true says that the request was made, not that it will be followed
     */
    @Override
    public boolean cancel(@Nullable String message) {
        loop.checkThread("cancel");
        if (done()) {
            markRetrieved();
            return false;
        }
        if (stepper.passesOn()) {
            stepper.breakCircle(message);
        } else {
            requestCancel(message, null, CancelRequest.here(loop));
        }
        return true;
    }

    /** Counts a request to cancel and has it delivered, unless a shield inside its origin holds it back. */
    void requestCancel(@Nullable String message, @Nullable CancelScope origin, CancelRequest request) {
        countRequest(request);
        stepper.cancel(message, origin);
    }

    void countRequest(@Nullable CancelRequest request) {
        cancelRequests++;
        if (request != null) {
            stepper.lastRequest(request);
        }
    }

    /**
     * Cancels this task and waits until it has ended: {@link #cancelAndWait(String)} without a message.
     *
     * @return how it ended
     */
    public Outcome<T> cancelAndWait() {
        return cancelAndWait(null);
    }

    /**
     * Cancels this task and waits until it has ended. Suspends, unless it is done already.
     *
     * <p>Other than {@link #cancel} followed by {@link #await} this tells the two cancellations apart that may meet: how
     * this task ended is returned, and a {@link CancelledError} that is thrown is always the caller's (CAN-14).
     *
     * <p><b>Cancellation.</b> Ends the wait; this task keeps its request and ends in its own time.
     *
     * @param message why, for the error; may be null
     * @return how it ended: cancelled, or with a value or failure if it did not follow the request or was done before; a
     *     failure counts as looked at
     * @throws CancelledError if the calling task was cancelled
     * @throws IllegalStateException if called by this task itself
     */
    public Outcome<T> cancelAndWait(@Nullable String message) {
        return CancelAndWait.of(this, message);
    }

    /**
     * Counts the requests to cancel that have not been taken back.
     *
     * @return how often {@link #cancel} was called, less the calls of {@link #uncancel}
     */
    public int cancelling() {
        return cancelRequests;
    }

    /**
     * Takes one request to cancel back. The last one takes a request that has not been delivered with it (CAN-9).
     *
     * @return how many are left
     */
    public int uncancel() {
        loop.checkThread("uncancel");
        if (cancelRequests > 0 && --cancelRequests == 0) {
            stepper.withdrawCancel();
        }
        return cancelRequests;
    }

    /**
     * A task's result is what its body returns.
     *
     * @throws IllegalStateException always (TASK-9)
     */
    @Override
    public void setResult(T value) {
        throw new IllegalStateException("a task's result is set by its body: " + this);
    }

    /**
     * A task's exception is what its body throws.
     *
     * @throws IllegalStateException always (TASK-9)
     */
    @Override
    public void setException(Throwable exception) {
        throw new IllegalStateException("a task's exception is set by its body: " + this);
    }

    void succeed(T value) {
        super.setResult(value);
    }

    void fail(Throwable exception) {
        super.setException(exception);
    }

    /**
     * Returns what this task waits for now.
     *
     * @return the future or task, or empty if it is running, ready to run, done, or blocked in a call of the JDK
     */
    public Optional<Future<?>> waitingOn() {
        return Optional.ofNullable(stepper.waitingOn());
    }

    /**
     * Returns where this task stands.
     *
     * @return its frames, innermost first, without those that switch stacks; empty before its first step and when done
     */
    public List<StackTraceElement> getStack() {
        loop.checkThread("getStack");
        Fiber fiber = stepper.fiber();
        return done() || fiber == null ? List.of() : List.of(Stacks.of(fiber.thread()));
    }

    long number() {
        return number;
    }

    Stepper<T> stepper() {
        return stepper;
    }

    @Override
    public String describe() {
        return describe(name, number);
    }

    @Override
    public String toString() {
        Future<?> awaited = stepper.waitingOn();
        String waits = awaited == null ? "" : ", waits for " + awaited.describe();
        return "Task " + name() + " (" + stateName() + waits + ")";
    }
}
