package dev.asyncio4j;

import dev.asyncio4j.internal.coroutine.Fiber;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The running side of an {@link AsyncGenerator}: a stack of its own, which acts for whichever task iterates.
 *
 * <p><b>Threads.</b> Loop thread only, but for {@link #wokenOutside} and {@link #interruptedInWait}.
 */
final class GeneratorRun<T> implements Fiber.Host, AsyncGenerator.Yielder<T> {

    /*
     * To ask for the next item, the iterating task makes this stack its active one, queues itself in front of everything
     * and suspends: the loop resumes it at once, which now means here. To yield, the body does the same the other way
     * round. Nothing else runs in between, and whatever the body waits for, it waits for as that task: a cancel finds it
     * there, and the context is the task's (AG-10).
     *
     * The public AsyncGenerator refers to this, and not the other way round, so that an abandoned one can be collected
     * and its body be ended.
     */

    private enum State {
        UNSTARTED,
        SUSPENDED,
        RUNNING,
        FINISHED
    }

    private final BaseEventLoop loop;
    private final AsyncGenerator.Body<T> body;
    private State state = State.UNSTARTED;
    private @Nullable Fiber fiber;

    /** The task that iterates now, and the stack on which it asked. */
    private @Nullable Stepper<?> iterating;

    private @Nullable Fiber asking;

    /** What goes in: a value to be returned by yield(), or an exception to be thrown by it. */
    private @Nullable Object sent;

    private @Nullable Throwable toThrow;

    /** What comes out: an item, or what ended the body. */
    private @Nullable T item;

    private boolean hasItem;
    private @Nullable Throwable failure;

    GeneratorRun(BaseEventLoop loop, AsyncGenerator.Body<T> body) {
        this.loop = loop;
        this.body = body;
    }

    boolean isFinished() {
        return state == State.FINISHED;
    }

    /** Whether the body waits at a yield for somebody to ask for more. */
    boolean isSuspended() {
        return state == State.SUSPENDED;
    }

    boolean isUnstarted() {
        return state == State.UNSTARTED;
    }

    /** Ends a generator that has not begun, without running a line of its body. */
    void finishUnstarted() {
        state = State.FINISHED;
        loop.generators().ended(this);
    }

    // ---- the side of the iterating task

    /**
     * Lets the body run to its next yield.
     *
     * @return whether it yielded; if not it has ended
     */
    boolean advance(@Nullable Object value, @Nullable Throwable exception) {
        if (state == State.RUNNING) {
            throw new IllegalStateException("this generator is running already: one task at a time can iterate it");
        }
        if (state == State.FINISHED) {
            return false;
        }
        sent = value;
        toThrow = exception;
        hasItem = false;
        handOver();
        Throwable failed = failure;
        if (failed != null) {
            failure = null;
            throw Sneaky.sneak(failed);
        }
        return hasItem;
    }

    private void handOver() {
        Stepper<?> stepper = loop.currentStepper("the next item of a generator");
        Fiber own = fiber;
        if (own == null) {
            own = loop.newFiber(this);
            fiber = own;
            loop.generators().began(this);
        }
        State before = state;
        Fiber asker = Objects.requireNonNull(stepper.fiber());
        state = State.RUNNING;
        iterating = stepper;
        asking = asker;
        stepper.fiber(own);
        try {
            stepper.stepAside();
        } catch (Throwable e) { // refused, in an atomic block say: the asking stack stays the task's own
            state = before;
            stepper.fiber(asker);
            iterating = null;
            asking = null;
            throw e;
        }
    }

    /** Throws at the yield where the body is suspended, so that it ends (AG-2). */
    void close() {
        if (state == State.UNSTARTED) {
            finishUnstarted();
        }
        if (state == State.FINISHED) {
            return;
        }
        try {
            if (advance(null, new GeneratorExit())) {
                item = null;
                throw new IllegalStateException("the generator's body ignored GeneratorExit and yielded again");
            }
        } catch (GeneratorExit e) {
            assertEnded(e);
        }
    }

    private void assertEnded(GeneratorExit e) {
        if (state != State.FINISHED) {
            throw e;
        }
    }

    /** The item that the last {@link #advance} came to. */
    T takeItem() {
        T taken = Objects.requireNonNull(item);
        item = null;
        return taken;
    }

    // ---- the side of the body

    @Override
    public void runOnFiber() {
        try {
            throwIfAsked();
            body.run(this);
        } catch (NoSuchElementException e) {
            failure = new IllegalStateException(
                    "the generator's body threw a NoSuchElementException, which would look like its end", e); // AG-5
        } catch (Throwable e) {
            failure = e;
        }
        state = State.FINISHED;
        loop.generators().ended(this);
        giveBack();
    }

    @Override
    public @Nullable Object yield(T value) {
        if (state != State.RUNNING || loop.currentFiber() != fiber) {
            throw new IllegalStateException("yield can be called by the generator's own body only");
        }
        item = Objects.requireNonNull(value, "a generator cannot yield null");
        hasItem = true;
        state = State.SUSPENDED;
        giveBack();
        loop.suspendFiber();
        throwIfAsked();
        Object received = sent;
        sent = null;
        return received;
    }

    private void throwIfAsked() {
        Throwable exception = toThrow;
        if (exception != null) {
            toThrow = null;
            throw Sneaky.sneak(exception);
        }
    }

    /** Makes the asking stack the task's active one again, and has it run next. */
    private void giveBack() {
        Stepper<?> stepper = Objects.requireNonNull(iterating);
        stepper.fiber(Objects.requireNonNull(asking));
        iterating = null;
        asking = null;
        loop.queueFirst(stepper);
    }

    // ---- what the JDK does

    @Override
    public void wokenOutside(Fiber woken) {
        loop.queueFromOutside(new ReadyEntry() {
            @Override
            void runReady() {
                Stepper<?> stepper = iterating;
                if (stepper != null) {
                    stepper.goOn(woken);
                } else {
                    woken.continueOutside();
                }
            }

            @Override
            boolean isWakeUp() {
                return true;
            }
        });
    }

    @Override
    public void interruptedInWait() {
        Stepper<?> stepper = iterating;
        if (stepper != null) {
            stepper.interruptedInWait();
        }
    }

    @Override
    public String describe() {
        Stepper<?> stepper = iterating;
        return "a generator" + (stepper == null ? "" : " iterated by " + stepper.describe());
    }
}
