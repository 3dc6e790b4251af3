package dev.asyncio4j;

import java.time.Duration;

/** A callback that has been scheduled for a time. */
public final class TimerHandle extends Handle implements Comparable<TimerHandle> {

    private final long deadlineNanos;

    /** True while it stands among the loop's timers. Loop thread only. */
    private boolean waiting = true;

    TimerHandle(BaseEventLoop loop, long deadlineNanos, Runnable callback, Context context) {
        super(loop, callback, context);
        this.deadlineNanos = deadlineNanos;
    }

    /** A timer of our own, whose reaction runs on the bare thread. */
    TimerHandle(BaseEventLoop loop, long deadlineNanos, Runnable reaction) {
        super(loop, reaction, null);
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Returns when the callback is due.
     *
     * @return a time on the clock of {@link EventLoop#time}
     */
    public Duration when() {
        return Duration.ofNanos(deadlineNanos);
    }

    @Override
    public void cancel() {
        if (waiting && !cancelled()) {
            loop.timerCancelled();
        }
        super.cancel();
    }

    /** The deadline has come. */
    void leaveTimers() {
        waiting = false;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Compares by deadline (LOOP-6). */
    @Override
    public int compareTo(TimerHandle other) {
        return Long.signum(deadlineNanos - other.deadlineNanos);
    }
}
