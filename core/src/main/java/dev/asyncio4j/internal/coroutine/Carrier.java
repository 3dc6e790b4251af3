package dev.asyncio4j.internal.coroutine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one loop, and what is mounted on it now.
 *
 * <p><b>Threads.</b> Written by the loop's thread alone. Anyone may ask {@link #isCurrent}: only a thread that is this
 * carrier or is mounted on it can get the answer yes, so a stale read can only say no, and truly.
 */
public final class Carrier {

    /** Hears what the watchdog finds. Called on the watchdog's thread; must not block. */
    public interface Listener {

        /**
         * A fiber has kept the carrier's thread for long.
         *
         * @param what what holds the thread
         * @param blocked true when its thread waits in a call of the JDK, false when it computes or is in native code
         * @param held for how long it has been seen there
         * @param stack where it is
         */
        void heldTooLong(String what, boolean blocked, Duration held, StackTraceElement[] stack);

        /**
         * Asks whether a look at the stack of what is mounted is wanted. The default wants none.
         *
         * @param held for how long the fiber has been seen there
         * @return who is to be given the stack, if the fiber is still there when it has been taken; or null
         */
        default @Nullable Consumer<StackTraceElement[]> closeLook(Duration held) {
            return null;
        }

        /**
         * Tells whether anything else could run.
         *
         * @return true if the loop has more to do
         */
        boolean othersAreReady();
    }

    private static final VarHandle MOUNTED;
    private static final VarHandle MOUNTED_THREAD;
    private static final VarHandle MOUNTS;

    static {
        try {
            var lookup = MethodHandles.lookup();
            MOUNTED = lookup.findVarHandle(Carrier.class, "mounted", Fiber.class);
            MOUNTED_THREAD = lookup.findVarHandle(Carrier.class, "mountedThread", Thread.class);
            MOUNTS = lookup.findVarHandle(Carrier.class, "mounts", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Listener listener;
    private volatile @Nullable Thread thread;

    @SuppressWarnings("UnusedVariable") // by its handle
    private @Nullable Fiber mounted;

    @SuppressWarnings("UnusedVariable") // by its handle
    private @Nullable Thread mountedThread;

    private long mounts;

    /** Kept here for the native runtime, which makes it with the first fiber it starts. Loop's thread only. */
    @Nullable
    LoopThreads threads;

    /**
     * Makes a carrier that has no thread yet.
     *
     * @param listener hears what the watchdog finds
     */
    public Carrier(Listener listener) {
        this.listener = listener;
    }

    /** Makes the calling thread the one that carries; to be paired with {@link #detach}. */
    public void attach() {
        thread = Thread.currentThread();
        Watchdog.watch(this);
    }

    /** Ends what {@link #attach} began. */
    public void detach() {
        Watchdog.forget(this);
        thread = null;
    }

    /**
     * Returns the thread that carries.
     *
     * @return a platform thread, or null while the loop does not run
     */
    public @Nullable Thread thread() {
        return thread;
    }

    /**
     * Tells whether the caller runs on this carrier, mounted or bare.
     *
     * @return true for the carrier's thread and for the fiber mounted on it
     */
    public boolean isCurrent() {
        Thread current = Thread.currentThread();
        return current == (Thread) MOUNTED_THREAD.getOpaque(this) || current == thread;
    }

    /**
     * Tells whether the caller is the fiber mounted here.
     *
     * @return false for the bare thread
     */
    public boolean isCurrentFiber() {
        return Thread.currentThread() == (Thread) MOUNTED_THREAD.getOpaque(this);
    }

    /**
     * Returns what is mounted.
     *
     * @return the fiber that runs now, or null
     */
    public @Nullable Fiber mounted() {
        return (Fiber) MOUNTED.getOpaque(this);
    }

    long mounts() {
        return (long) MOUNTS.getOpaque(this);
    }

    /** Counts the begin of a host as a mount: the watchdog is to see that the thread gets on. */
    long beginHost() {
        MOUNTS.setOpaque(this, mounts + 1);
        return mounts;
    }

    void mount(Fiber fiber) {
        MOUNTS.setOpaque(this, mounts + 1);
        MOUNTED_THREAD.setOpaque(this, fiber.thread());
        MOUNTED.setOpaque(this, fiber);
    }

    /** Names the thread of a fiber that has just been given one. */
    void mountedAs(Thread fiberThread) {
        MOUNTED_THREAD.setOpaque(this, fiberThread);
    }

    void unmount() {
        MOUNTED.setOpaque(this, null);
        MOUNTED_THREAD.setOpaque(this, null);
    }
}
