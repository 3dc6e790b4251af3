package dev.asyncio4j.internal.coroutine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread on the JDK's own scheduler that runs only while it holds the baton.
 *
 * <p><b>Threads.</b> The carrier's thread and the fiber's take turns; whoever gives the baton away parks until it is back.
 */
final class PortableFiber extends Fiber implements Runnable {

    private static final int FRAMES_OF_A_WAIT = 40;

    /** Who holds the baton: true for the fiber, false for the carrier. */
    private volatile boolean mine;

    /** Set once, in the first resume(). */
    private @Nullable Thread thread;

    PortableFiber(Carrier carrier, Host host) {
        super(carrier, host);
    }

    /** The body of the virtual thread. */
    @Override
    public void run() {
        try {
            runHosts();
        } finally {
            done = true;
            handBack();
        }
    }

    @Override
    void enter() {
        mine = true;
        if (thread == null) {
            thread = Thread.ofVirtual().inheritInheritableThreadLocals(false).unstarted(this);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            carrier.mountedAs(thread);
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        awaitBaton();
        if (done) {
            thread = null;
        }
    }

    /** Waits on the carrier's thread; its interrupts are kept for later. */
    private void awaitBaton() {
        boolean interrupted = false;
        while (mine) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Thread-locals cannot be seen from here. */
    @Override
    boolean isAsNew() {
        return false;
    }

    @Override
    void reenter() {
        throw new IllegalStateException("a fiber of the portable runtime never suspends outside");
    }

    @Override
    public void suspend() {
        headroom(FRAMES_OF_A_WAIT);
        waiting(true);
        handBack();
        while (!mine) {
            try {
                awaitTurn();
            } catch (Throwable e) {
                Thread.onSpinWait(); // no memory left, say: the wait still ends when the turn has come, and not before
            }
        }
        waiting(false);
    }

    private void awaitTurn() {
        LockSupport.park(this);
        if (!mine && Thread.interrupted()) {
            host.interruptedInWait();
        }
    }

    /** Overflows, if the stack is to overflow in this wait, before anything has changed. */
    private static int headroom(int frames) {
        return frames == 0 ? 0 : 1 + headroom(frames - 1);
    }

    private void handBack() {
        Thread carrying = carrier.thread();
        mine = false;
        LockSupport.unpark(carrying);
    }

    @Override
    void failPinnedWait() {
        // A pinned wait holds one of the JDK's carriers here, never the loop: it is no failure.
    }

    @Override
    public @Nullable Thread thread() {
        return thread;
    }
}
