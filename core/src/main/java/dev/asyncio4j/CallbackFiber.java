package dev.asyncio4j;

import dev.asyncio4j.internal.coroutine.Fiber;
import org.jspecify.annotations.Nullable;

/**
 * The coroutine that user callbacks run on, so that they may block where the loop's bare thread may not: on a lock inside
 * a logger, say.
 *
 * <p>One mount serves a whole run of callbacks. If one of them suspends in the JDK, another fiber takes over, and this one
 * goes on, or is let go, when it has been woken.
 *
 * <p><b>Threads.</b> Loop thread only, but for {@link #wokenOutside} and {@link #interruptedInWait}.
 */
final class CallbackFiber implements Fiber.Host {

    private final BaseEventLoop loop;
    private final Fiber fiber;
    private @Nullable Handle first;
    private Context context = new Context();
    private boolean idle;
    private boolean retired;

    CallbackFiber(BaseEventLoop loop) {
        this.loop = loop;
        this.fiber = loop.newFiber(this);
    }

    /**
     * Runs a callback and those that follow it in the batch.
     *
     * @return whether this fiber can be used again; false if a callback has suspended it
     */
    boolean run(Handle handle) {
        first = handle;
        mount(false);
        return idle;
    }

    boolean isDone() {
        return fiber.isDone();
    }

    /** Interrupts a callback that blocks, because the loop ends. */
    void interrupt() {
        Thread thread = fiber.thread();
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Ends the fiber, which must be idle. */
    void retire() {
        retired = true;
        mount(false);
    }

    /** Goes on after an eager step of a task that a callback has started. */
    void resumeAsCreator() {
        goOn(false);
    }

    private void goOn(boolean wokenOutside) {
        mount(wokenOutside);
        if (idle || fiber.isDone()) {
            loop.callbackReturned(this);
        }
    }

    private void mount(boolean wokenOutside) {
        loop.enter(null, context);
        loop.mounted(this);
        try {
            if (wokenOutside) {
                fiber.continueOutside();
            } else {
                fiber.resume();
            }
        } finally {
            context = loop.currentContext();
            loop.mounted(null);
            loop.leave();
        }
    }

    @Override
    public void runOnFiber() {
        while (!retired) {
            Handle handle = first;
            first = null;
            while (handle != null) {
                call(handle);
                handle = loop.nextCallbackOfBatch();
            }
            if (!retired && !loop.keepsIdle(this)) {
                return;
            }
            idle = true;
            fiber.suspend();
            idle = false;
        }
    }

    private void call(Handle handle) {
        loop.exchangeContext(handle.context());
        try {
            handle.invoke();
        } catch (ExitError exit) {
            loop.exit(exit);
        } catch (Throwable e) {
            report(handle, e);
        } finally {
            Thread.interrupted(); // a flag that one callback leaves behind is not for the next
        }
    }

    private void report(Handle handle, Throwable e) {
        try {
            loop.callExceptionHandler(ExceptionContext.of("an exception left a callback")
                    .with(ExceptionContext.EXCEPTION, e)
                    .with(ExceptionContext.HANDLE, handle));
        } catch (ExitError exit) {
            loop.exit(exit);
        }
    }

    @Override
    public void wokenOutside(Fiber woken) {
        loop.queueFromOutside(new ReadyEntry() {
            @Override
            void runReady() {
                goOn(true);
            }

            @Override
            boolean isWakeUp() {
                return true;
            }
        });
    }

    @Override
    public void interruptedInWait() {
        // It waits for nothing but work.
    }

    @Override
    public String describe() {
        return "a callback";
    }
}
