package dev.asyncio4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Things to be closed and callbacks to be run at the end of a block, when how many there are turns out only inside it:
 * Python's {@code AsyncExitStack}.
 *
 * {@snippet class="dev.asyncio4j.snippets.SeveralTest" region="exit-stack"}
 *
 * <p>They are run in reverse order, each whatever the others do, and each may suspend. A block that hands them on calls
 * {@link #popAll}.
 *
 * <p>{@link #run} and {@link #call} behave as Python's {@code async with} does: {@linkplain #push exits} see the exception
 * that leaves the block, and may suppress or replace it. A try-with-resources block cannot show its exception to its
 * resources: there, exits see only what was thrown by those run before them.
 *
 * <p><b>States.</b> Empty or not; a stack that was closed is empty and can be used again.
 *
 * <p><b>Cancellation.</b> One that arrives while the stack is run ends the wait of the one that is being closed, and the
 * others still have their turn. {@link #close} then does not throw it: the next wait of the task does, or the end of the timeout or group around
 * it. {@link #run} and
 * {@link #call} throw it.
 *
 * <p><b>Threads.</b> The one of the block; it needs no event loop.
 *
 * <p><b>Errors.</b> The last one thrown counts. The one it displaces is at the end of its chain of causes, or suppressed
 * where that chain is closed.
 */
public final class ExitStack implements AutoCloseable {

    /** What to do at the end of a block, with the say about its exception. */
    @FunctionalInterface
    public interface Exit {

        /**
         * Runs at the end of the block; may suspend.
         *
         * @param thrown what is leaving the block, or null if nothing is
         * @return true to suppress it
         * @throws Throwable what is to leave the block instead
         */
        boolean exit(@Nullable Throwable thrown) throws Throwable;
    }

    /**
     * A body that is given its stack.
     *
     * @param <T> what it returns
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object, X extends Throwable> {

        /**
         * Runs the body.
         *
         * @param stack where to put what is to be closed
         * @return the result
         * @throws X if it fails
         */
        T run(ExitStack stack) throws X;
    }

    /**
     * A body that is given its stack and returns nothing.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface VoidBody<X extends Throwable> {

        /**
         * Runs the body.
         *
         * @param stack where to put what is to be closed
         * @throws X if it fails
         */
        void run(ExitStack stack) throws X;
    }

    private final Deque<Exit> exits = new ArrayDeque<>();

    /** Makes an empty stack. */
    public ExitStack() {}

    /**
     * Runs a body with a new stack, and then what the body has put there.
     *
     * @param <X> what the body may throw
     * @param body the body
     * @throws X if the body threw it; an exit may throw anything else, checked exceptions too
     */
    public static <X extends Throwable> void run(VoidBody<X> body) throws X {
        ExitStack.<@Nullable Void, X>call(stack -> {
            body.run(stack);
            return null;
        });
    }

    /**
     * Runs a body with a new stack, then what the body has put there, and returns the body's result.
     *
     * @param <T> what the body returns
     * @param <X> what it may throw
     * @param body the body
     * @return what the body returned; null if an exit suppressed the body's exception
     * @throws X if the body threw it; an exit may throw anything else, checked exceptions too
     */
    @SuppressWarnings("NullAway") // null where there is no result
    public static <T extends @Nullable Object, X extends Throwable> T call(Body<T, X> body) throws X {
        var stack = new ExitStack();
        T result = null;
        Throwable thrown = null;
        try {
            result = body.run(stack);
        } catch (Throwable e) {
            thrown = e;
        }
        Throwable left = stack.unwind(thrown);
        if (left != null) {
            throw Sneaky.sneak(left);
        }
        return result;
    }

    /**
     * Has something closed at the end.
     *
     * @param <R> its type
     * @param resource what to close
     * @return the same
     */
    public <R extends AutoCloseable> R enter(R resource) {
        Objects.requireNonNull(resource, "resource");
        callback(resource::close);
        return resource;
    }

    /**
     * Has a callback run at the end.
     *
     * @param callback what to run
     */
    public void callback(Action<?> callback) {
        Objects.requireNonNull(callback, "callback");
        push(_ -> {
            callback.run();
            return false;
        });
    }

    /**
     * Has an exit run at the end.
     *
     * @param exit is given the exception that leaves the block
     */
    public void push(Exit exit) {
        exits.push(Objects.requireNonNull(exit, "exit"));
    }

    /**
     * Moves everything into a new stack; this one is empty then, and ending its block runs nothing.
     *
     * @return a stack to be closed later, by whoever takes over
     */
    public ExitStack popAll() {
        var taken = new ExitStack();
        taken.exits.addAll(exits);
        exits.clear();
        return taken;
    }

    /**
     * Runs everything, the last one put here first. May suspend.
     *
     * <p><b>Errors.</b> Throws the last one thrown, of whatever type.
     */
    @Override
    public void close() {
        Throwable left = unwind(null);
        if (left != null && !isPutOff(left)) {
            throw Sneaky.sneak(left);
        }
    }

    /** Leaves a cancellation of this task to its next wait: thrown by close() it could be buried as a suppressed one. */
    private static boolean isPutOff(Throwable thrown) {
        Task<?> task = Asyncio.currentTask().orElse(null);
        if (task == null || !(thrown instanceof CancelledError cancellation)) {
            return false;
        }
        CancelScope scope = task.stepper().scope();
        if (scope != null && scope.inForce() != null) {
            return true;
        }
        if (task.cancelling() > 0) {
            task.stepper().defer(cancellation);
            return true;
        }
        return false;
    }

    /** Runs everything; returns what is to leave the block. */
    private @Nullable Throwable unwind(@Nullable Throwable thrown) {
        Throwable current = thrown;
        for (Exit exit = exits.poll(); exit != null; exit = exits.poll()) {
            try {
                current = exit.exit(current) ? null : current;
            } catch (Throwable e) {
                chain(e, current);
                current = e;
            }
        }
        return current;
    }

    /** Lets a new exception tell what it has displaced. */
    private static void chain(Throwable newer, @Nullable Throwable older) {
        if (older == null || older == newer) {
            return;
        }
        Throwable last = newer;
        while (last.getCause() != null) {
            last = last.getCause();
            if (last == older) {
                return;
            }
        }
        if (!reaches(older, last)) {
            append(newer, last, older);
        }
    }

    /** Whether a chain of causes would become a ring. */
    private static boolean reaches(Throwable from, Throwable target) {
        for (Throwable e = from; e != null; e = e.getCause()) {
            if (e == target) {
                return true;
            }
        }
        return false;
    }

    private static void append(Throwable newer, Throwable last, Throwable older) {
        try {
            last.initCause(older);
        } catch (IllegalStateException e) {
            newer.addSuppressed(older);
        }
    }

    @Override
    public String toString() {
        return "ExitStack (" + exits.size() + " to run)";
    }
}
