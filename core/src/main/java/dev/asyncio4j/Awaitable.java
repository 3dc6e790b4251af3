package dev.asyncio4j;

/**
 * Something whose value a coroutine can wait for: a {@link Future} or a {@link Task}.
 *
 * @param <T> the type of the value
 */
public interface Awaitable<T extends @org.jspecify.annotations.Nullable Object> {

    /**
     * Waits until this is done and returns its value. Suspends the calling task, unless this is done already (FUT-6).
     *
     * <p><b>Cancellation.</b> Cancelling the waiting task cancels this too, and the wait ends when this has ended (CAN-1,
     * CAN-2). A cancel that comes when this is done but the waiter has not yet gone on wins, and the value is lost (CAN-4).
     *
     * <p><b>Threads.</b> Inside a task of the same loop only.
     *
     * <p><b>Errors.</b> Whatever this failed with is thrown as it is, checked exceptions included: the same instance to
     * the one that waits first, a copy with it as its cause to the others.
     *
     * @return the value
     * @throws CancelledError if this, or the waiting task, was cancelled
     * @throws IllegalStateException if called outside a task, in a task of another loop, or by a task on itself
     */
    T await();

    /**
     * Waits as {@link #await()} does, and declares a checked exception that this may fail with.
     *
     * @param <X> the exception
     * @param declared the exception's class; it is for the compiler alone
     * @return the value
     * @throws X if this failed with it; other failures are thrown as they are
     */
    <X extends Throwable> T await(Class<X> declared) throws X;
}
