package dev.asyncio4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A callback that has been scheduled, to be cancelled if need be.
 *
 * <p><b>States.</b> Scheduled; cancelled; run.
 *
 * <p><b>Threads.</b> Loop thread only, but for handles made by {@link EventLoop#callSoonThreadsafe}, which any thread may
 * cancel: after {@code cancel} has returned the callback does not run and will not (LOOP-13).
 */
public class Handle extends ReadyEntry {

    final BaseEventLoop loop;

    /** Null for a reaction of our own, which runs on the bare thread. */
    private final @Nullable Context context;

    /** Null once cancelled, so that what the callback refers to can go (LOOP-15). Loop thread only. */
    private @Nullable Runnable callback;

    Handle(BaseEventLoop loop, Runnable callback, @Nullable Context context) {
        this.loop = loop;
        this.callback = Objects.requireNonNull(callback, "callback");
        this.context = context;
    }

    /** Makes sure that the callback will not run. Does nothing when it has run or has been cancelled. */
    public void cancel() {
        callback = null;
    }

    /**
     * Tells whether {@link #cancel} was called.
     *
     * @return true if the callback was cancelled, even if that was too late
     */
    public boolean cancelled() {
        return callback == null;
    }

    /**
     * Returns the context in which the callback runs.
     *
     * @return the copy made when it was scheduled, or the context given then
     */
    public Context context() {
        return Objects.requireNonNull(context);
    }

    /** Whether this must be run on a fiber. */
    final boolean isUserCode() {
        return context != null;
    }

    @Override
    final void runReady() {
        if (cancelled()) {
            return;
        }
        if (isUserCode()) {
            loop.runCallback(this);
        } else {
            invoke();
        }
    }

    @Override
    String describeTurn() {
        return toString();
    }

    /** Calls back, on a fiber and in the context. */
    void invoke() {
        Runnable body = callback;
        if (body != null) {
            body.run();
        }
    }

    @Override
    public String toString() {
        Runnable body = callback;
        return getClass().getSimpleName() + (body == null ? " (cancelled)" : " of " + body);
    }
}
