package dev.asyncio4j.sync;

import dev.asyncio4j.CancelledError;
import java.util.BitSet;
import java.util.Locale;

/**
 * A place where a fixed number of tasks wait for each other, again and again.
 *
 * {@snippet class="dev.asyncio4j.snippets.SyncTest" region="barrier"}
 *
 * <p><b>States.</b> Filling; draining, from the arrival of the last task until all have left; resetting, until those that
 * {@link #reset} threw out have left; broken, from {@link #abort} to {@link #reset}. Who arrives while it drains or is reset
 * waits until it fills again (BAR-1).
 *
 * <p><b>Threads.</b> Loop thread only.
 *
 * <p><b>Order.</b> The task that arrives last leaves first, the others in the order in which they came (BAR-2).
 */
public final class Barrier extends LoopBound {

    /*
     * asyncio gives every task the number of those inside at its arrival. After a cancelled one has left, the next arrival
     * then gets a number that is taken already. Here each gets the lowest number that is free, which is the same as long as
     * nobody is cancelled, and is unique always.
     */

    private enum State {
        FILLING,
        DRAINING,
        RESETTING,
        BROKEN
    }

    /**
     * A look at a barrier.
     *
     * @param parties how many tasks it takes
     * @param waiting how many have arrived
     * @param broken whether it is broken
     */
    public record Statistics(int parties, int waiting, boolean broken) {}

    private final int parties;
    private final Condition changed = new Condition(this, "the others at ");

    // Loop thread only:
    private State state = State.FILLING;
    private int inside;
    private final BitSet indices = new BitSet();

    /**
     * Makes a barrier.
     *
     * @param parties how many tasks have to arrive
     * @throws IllegalArgumentException if that is less than one
     */
    public Barrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("a barrier cannot be made for " + parties + " tasks; 1 is the least");
        }
        this.parties = parties;
    }

    /**
     * Waits until all have arrived. Suspends, unless it is the last that arrives.
     *
     * <p><b>Cancellation.</b> Who is cancelled while it waits just leaves: the barrier is not broken, and waits for one more
     * (BAR-3). If all have arrived already, the others are not concerned.
     *
     * @return a number from 0 to {@code parties() - 1} that no other task of this round gets
     * @throws BrokenBarrierException if this is broken, or is aborted or reset meanwhile (BAR-4)
     * @throws CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if this belongs to another event loop, or has to wait outside a task
     */
    public int await() {
        try (var _ = changed.acquire()) {
            awaitAdmission();
            int index = arrive();
            try {
                awaitOthers();
                return index;
            } finally {
                leave(index);
            }
        }
    }

    private void awaitAdmission() {
        changed.awaitUntil(() -> state == State.FILLING || state == State.BROKEN);
        if (state == State.BROKEN) {
            throw new BrokenBarrierException(title() + " is broken: it was aborted, and has not been reset since");
        }
    }

    private int arrive() {
        int index = indices.nextClearBit(0);
        indices.set(index);
        inside++;
        return index;
    }

    private void awaitOthers() {
        if (inside == parties) {
            state = State.DRAINING;
            changed.signalAll();
            return;
        }
        changed.awaitUntil(() -> state != State.FILLING);
        if (state != State.DRAINING) {
            throw new BrokenBarrierException(title() + " was " + (state == State.BROKEN ? "aborted" : "reset")
                    + " while this task waited at it");
        }
    }

    private void leave(int index) {
        indices.clear(index);
        inside--;
        if (inside > 0) {
            return;
        }
        if (state != State.BROKEN) {
            state = State.FILLING;
        }
        changed.wakeAll();
    }

    /**
     * Makes this fill from the beginning, also when it is broken. The tasks that wait get a {@link BrokenBarrierException},
     * and it fills when they have left (BAR-4). Suspends while tasks are just leaving.
     *
     * @throws CancelledError if the task was cancelled while it waited; then nothing has changed
     */
    public void reset() {
        try (var _ = changed.acquire()) {
            state = inside > 0 ? State.RESETTING : State.FILLING;
            changed.signalAll();
        }
    }

    /**
     * Breaks this: all who wait, and all who come until {@link #reset}, get a {@link BrokenBarrierException} (BAR-4).
     * Suspends while tasks are just leaving.
     *
     * @throws CancelledError if the task was cancelled while it waited; then nothing has changed
     */
    public void abort() {
        try (var _ = changed.acquire()) {
            state = State.BROKEN;
            changed.signalAll();
        }
    }

    /**
     * Returns how many tasks have to arrive.
     *
     * @return the number given at construction
     */
    public int parties() {
        return parties;
    }

    /**
     * Counts the tasks that have arrived and wait for others.
     *
     * @return their number while this fills, else 0 (BAR-5)
     */
    public int waiting() {
        return state == State.FILLING ? inside : 0;
    }

    /**
     * Tells whether this is broken.
     *
     * @return true from {@link #abort} to {@link #reset}
     */
    public boolean broken() {
        return state == State.BROKEN;
    }

    /**
     * Takes a look.
     *
     * @return how many tasks have arrived, of how many
     */
    public Statistics statistics() {
        return new Statistics(parties, waiting(), broken());
    }

    @Override
    public String toString() {
        return title() + " (" + state.name().toLowerCase(Locale.ROOT) + ", " + waiting() + " of " + parties
                + " waiting)";
    }
}
