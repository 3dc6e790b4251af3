package dev.asyncio4j.sync;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What has a name, and belongs to one event loop from the first real wait on (LOCK-1). */
abstract class LoopBound {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final VarHandle LOOP;

    static {
        try {
            LOOP = MethodHandles.lookup().findVarHandle(LoopBound.class, "loop", EventLoop.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Set once, by whichever loop's task has to wait first. */
    private volatile @Nullable EventLoop loop;

    // Loop thread only:
    private @Nullable String name;
    private @Nullable String title;

    LoopBound() {}

    /**
     * Returns the name, for reports.
     *
     * @return the name given, or the kind of this and a number
     */
    public final String name() {
        String known = name;
        if (known == null) {
            known = kind(getClass()) + "-" + NUMBERS.incrementAndGet();
            name = known;
        }
        return known;
    }

    /** The name of a class that users know: not that of an anonymous one. */
    private static String kind(Class<?> type) {
        String simple = type.getSimpleName();
        return simple.isEmpty() ? kind(type.getSuperclass()) : simple;
    }

    /**
     * Changes the name: a report of a deadlock shows it.
     *
     * @param name the new name
     */
    public final void setName(String name) {
        this.name = Objects.requireNonNull(name, "name");
        this.title = kind(getClass()) + " " + name;
    }

    /** Kind and name, for reports; the same string until the name is changed. */
    final String title() {
        String known = title;
        if (known == null) {
            known = name();
            title = known;
        }
        return known;
    }

    /** The loop of the calling task, to which this is bound from now on. */
    final EventLoop bind() {
        EventLoop running = Asyncio.getRunningLoop();
        if (loop == null) {
            LOOP.compareAndSet(this, null, running);
        }
        if (loop != running) {
            throw new IllegalStateException(
                    title() + " belongs to another event loop, in which a task had to wait for it;"
                            + " each loop needs one of its own");
        }
        return running;
    }

    /**
     * Guards what wakes tasks. To be called when some may wait, before anything is changed.
     *
     * @throws IllegalStateException on any thread but that of the loop that runs these tasks
     */
    final void checkMayWake(String operation) {
        EventLoop bound = loop;
        if (bound != null && bound.isRunning() && !runsHere(bound)) {
            throw new IllegalStateException(operation + " of " + title() + " was called on " + Thread.currentThread()
                    + ", but tasks of an event loop on another thread wait for it; hand the call over with"
                    + " callSoonThreadsafe");
        }
    }

    private static boolean runsHere(EventLoop bound) {
        try {
            return Asyncio.getRunningLoop() == bound;
        } catch (IllegalStateException noneRunsHere) {
            return false;
        }
    }
}
