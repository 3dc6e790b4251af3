package dev.asyncio4j;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sequence whose items are made by a body of code, one at a time, as they are asked for; both sides may wait (AG-1 to
 * AG-11).
 *
 * {@snippet class="dev.asyncio4j.snippets.Generators" region="generator"}
 *
 * <p><b>States.</b> Unstarted; suspended at a {@code yield}; running; finished. It can be iterated once.
 *
 * <p><b>Cancellation.</b> What the body waits for, it waits for in the task that iterates. A cancel that reaches it there,
 * and leaves the body, finishes the generator (AG-7).
 *
 * <p><b>Closing.</b> Leaving a loop early does not close the generator; try-with-resources does. One that is abandoned is
 * closed in a task of its own some time after it was collected, or when the program ends (AG-8, AG-9).
 *
 * <p><b>Threads.</b> Inside tasks of one loop; several may take turns, but only one can ask at a time.
 *
 * @param <T> the type of the items, which are never null
 */
@SuppressWarnings("IterableAndIterator") // it is iterated once, and is asked by hand as often as by a loop
public final class AsyncGenerator<T> implements Iterable<T>, Iterator<T>, AutoCloseable {

    /**
     * What a generator runs.
     *
     * @param <T> the type of the items
     */
    @FunctionalInterface
    public interface Body<T> {

        /**
         * Makes the items.
         *
         * @param yielder hands them out
         * @throws Throwable anything; whoever asked for the next item gets it
         */
        void run(Yielder<T> yielder) throws Throwable;
    }

    /**
     * Hands the items of a generator out.
     *
     * @param <T> the type of the items
     */
    public sealed interface Yielder<T> permits GeneratorRun {

        /**
         * Hands an item out, and waits until the next one is asked for.
         *
         * @param item the item, not null
         * @return what {@link AsyncGenerator#asend} was given, or null
         * @throws GeneratorExit if the generator is being closed
         */
        @SuppressWarnings("NamedLikeContextualKeyword") // it is what the language's yield does
        @Nullable
        Object yield(T item);

        /**
         * Hands all items of a sequence out.
         *
         * @param items the sequence; if it is a generator it is closed at the end
         */
        default void yieldAll(Iterable<? extends T> items) {
            if (items instanceof AsyncGenerator<? extends T> generator) {
                try (generator) {
                    generator.forEachRemaining(this::yield);
                }
            } else {
                items.forEach(this::yield);
            }
        }
    }

    private final BaseEventLoop loop;
    private final GeneratorRun<T> run;

    /** The item that hasNext() found. */
    private @Nullable T found;

    private AsyncGenerator(BaseEventLoop loop, Body<T> body) {
        this.loop = loop;
        this.run = new GeneratorRun<>(loop, body);
    }

    /**
     * Makes a generator. Nothing of its body runs before the first item is asked for.
     *
     * @param <T> the type of the items
     * @param body makes them
     * @return a new generator
     * @throws IllegalStateException if no loop is running here
     */
    public static <T> AsyncGenerator<T> of(Body<T> body) {
        Objects.requireNonNull(body, "body");
        BaseEventLoop loop = Asyncio.running("AsyncGenerator.of");
        var generator = new AsyncGenerator<>(loop, body);
        loop.generators().watch(generator, generator.run);
        return generator;
    }

    /**
     * Returns this: a generator is iterated once.
     *
     * @return this generator
     */
    @Override
    public Iterator<T> iterator() {
        return this;
    }

    /**
     * Runs the body to its next item, unless one has been found already. Suspends.
     *
     * @return false if the body has ended
     */
    @Override
    public boolean hasNext() {
        if (found == null && run.advance(null, null)) {
            found = run.takeItem();
        }
        return found != null;
    }

    /**
     * Returns the next item. Suspends.
     *
     * @return the item
     * @throws NoSuchElementException if the body has ended
     */
    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the generator has no more items");
        }
        T item = Objects.requireNonNull(found);
        found = null;
        return item;
    }

    /**
     * Returns the next item, as {@link #next} does; Python's name for it.
     *
     * @return the item
     * @throws NoSuchElementException if the body has ended
     */
    public T anext() {
        return next();
    }

    /**
     * Returns the next item, or a given one if there is none.
     *
     * @param fallback what to return when the body has ended
     * @return the item
     */
    public T anext(T fallback) {
        return hasNext() ? next() : fallback;
    }

    /**
     * Has the {@code yield} at which the body is suspended return a value, and returns the next item (AG-4). Suspends.
     *
     * @param value the value; must be null for a generator that has not begun
     * @return the next item
     * @throws NoSuchElementException if the body has ended
     * @throws IllegalArgumentException if there is a value and the body has not begun
     */
    public T asend(@Nullable Object value) {
        requireNothingFound("asend");
        if (value != null && run.isUnstarted()) {
            throw new IllegalArgumentException(
                    "a generator that has not begun has no yield that could return " + value);
        }
        return itemOrEnd(run.advance(value, null));
    }

    /**
     * Has the {@code yield} at which the body is suspended throw, and returns the next item (AG-3). Suspends.
     *
     * @param exception what to throw; if the body has not begun or has ended it is thrown here
     * @return the next item
     * @throws NoSuchElementException if the body ends without another item
     */
    public T athrow(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        requireNothingFound("athrow");
        if (run.isUnstarted()) {
            run.finishUnstarted();
            throw Sneaky.sneak(exception);
        }
        if (run.isFinished()) {
            throw Sneaky.sneak(exception);
        }
        return itemOrEnd(run.advance(null, exception));
    }

    private void requireNothingFound(String operation) {
        if (found != null) {
            throw new IllegalStateException(
                    operation + " cannot be called between hasNext() and next(): an item has been found already");
        }
    }

    private T itemOrEnd(boolean yielded) {
        if (!yielded) {
            throw new NoSuchElementException("the generator has ended");
        }
        return run.takeItem();
    }

    /**
     * Ends the body: {@link GeneratorExit} is thrown where it yields, and its {@code finally} blocks run (AG-2). Suspends
     * if these do. Does nothing for a generator that has ended.
     *
     * @throws IllegalStateException if the body yields again, or is running
     */
    public void aclose() {
        found = null;
        run.close();
    }

    /**
     * Ends the body, as {@link #aclose} does.
     *
     * <p><b>Cancellation.</b> A cancel that arrives while the body ends is thrown by the next wait of the task.
     */
    @Override
    public void close() {
        Stepper<?> stepper = loop.currentStepper("the end of a generator");
        try {
            aclose();
        } catch (CancelledError e) {
            stepper.defer(e);
        }
    }
}
