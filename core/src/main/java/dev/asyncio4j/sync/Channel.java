package dev.asyncio4j.sync;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Hands items from task to task across event loops, and from threads to tasks: a bounded queue that belongs to no loop.
 * Between tasks of one loop {@link Queue} is faster.
 *
 * {@snippet class="dev.asyncio4j.snippets.Loops" region="channel"}
 *
 * <p><b>States.</b> Open; closed, when nothing can be sent any more, and what is left can still be received.
 *
 * <p><b>Threads.</b> Any. {@link #send} and {@link #receive} wait, in a task of any loop; other threads have
 * {@link #trySend} and {@link #tryReceive}.
 *
 * <p><b>Order.</b> Items come out in the order in which they went in. Tasks that wait are woken first come, first served;
 * one that comes along meanwhile may take the item, or the place, and the one that was woken then waits on, as the first.
 *
 * @param <T> the type of the items; never null
 */
@SuppressWarnings("IterableAndIterator") // each loop over it takes items out
public final class Channel<T> implements Iterable<T>, AutoCloseable {

    /*
     * Whoever waits has a turn in a line; to be woken is to be taken out of it and told. Nobody is handed an item: who was
     * told and then does not look, because it was cancelled or its loop is gone, wakes the next if there is still something
     * to be had.
     *
     * The guard is held for a few instructions: nobody is told under it. It spins. A lock that parks would suspend the task
     * with what it has just been promised, and a cancel could meet it there: it would return its item into a task that is
     * cancelled already, and the item would be lost.
     */

    private final int capacity;
    private final SpinLock guard = new SpinLock();

    // Under the guard:
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private final ArrayDeque<Turn> receivers = new ArrayDeque<>();
    private final ArrayDeque<Turn> senders = new ArrayDeque<>();
    private boolean closed;

    /**
     * Makes a channel.
     *
     * @param capacity how many items there can be in it; more make senders wait
     * @throws IllegalArgumentException if that is not positive
     */
    public Channel(int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("a channel holds at least one item, not " + capacity);
        }
        this.capacity = capacity;
    }

    /**
     * Adds an item when there is a place. Suspends, unless there is one.
     *
     * <p><b>Cancellation.</b> Who is cancelled while waiting has not sent the item.
     *
     * @param item the item
     * @throws ChannelClosedException if this was closed, before or meanwhile
     * @throws dev.asyncio4j.CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if it has to wait outside a task
     */
    public void send(T item) {
        for (Turn turn = offerOrEnter(item, null); turn != null; turn = offerOrEnter(item, turn)) {
            await(turn, senders);
        }
    }

    /** Returns a turn if there is no place. */
    private @Nullable Turn offerOrEnter(T item, @Nullable Turn before) {
        guard.lock();
        try {
            if (!offer(item)) {
                return enter(senders, before, "a place in a channel");
            }
        } finally {
            guard.unlock();
        }
        wakeNext(receivers);
        return null;
    }

    /**
     * Adds an item if there is a place.
     *
     * @param item the item
     * @return false if there was none
     * @throws ChannelClosedException if this was closed
     */
    public boolean trySend(T item) {
        guard.lock();
        try {
            if (!offer(item)) {
                return false;
            }
        } finally {
            guard.unlock();
        }
        wakeNext(receivers);
        return true;
    }

    /** Under the guard. */
    private boolean offer(T item) {
        Objects.requireNonNull(item, "item");
        if (closed) {
            throw new ChannelClosedException("the channel was closed; nothing can be sent");
        }
        return items.size() < capacity && items.add(item);
    }

    /**
     * Takes an item out when there is one. Suspends, unless there is one.
     *
     * <p><b>Cancellation.</b> Who is cancelled while waiting has not taken an item: none is lost.
     *
     * @return the oldest item
     * @throws ChannelClosedException if this was closed, before or meanwhile, and nothing is left
     * @throws dev.asyncio4j.CancelledError if the task was cancelled while it waited
     * @throws IllegalStateException if it has to wait outside a task
     */
    public T receive() {
        T item = receiveOrNull();
        if (item == null) {
            throw new ChannelClosedException("the channel was closed, and nothing is left to receive");
        }
        return item;
    }

    /** The oldest item, or null if this was closed and nothing is left. */
    private @Nullable T receiveOrNull() {
        Turn turn = null;
        while (true) {
            T item;
            guard.lock();
            try {
                item = items.poll();
                if (item == null && closed) {
                    return null;
                }
                turn = item == null ? enter(receivers, turn, "an item of a channel") : null;
            } finally {
                guard.unlock();
            }
            if (turn == null) {
                wakeNext(senders);
                return item;
            }
            await(turn, receivers);
        }
    }

    /**
     * Takes an item out if there is one.
     *
     * @return the oldest item, or empty if there is none; empty for ever once this was closed and nothing is left
     */
    public Optional<T> tryReceive() {
        T item;
        guard.lock();
        try {
            item = items.poll();
        } finally {
            guard.unlock();
        }
        if (item != null) {
            wakeNext(senders);
        }
        return Optional.ofNullable(item);
    }

    /**
     * Receives until this was closed and nothing is left. {@link Iterator#hasNext} suspends; several loops over one channel
     * share its items.
     *
     * @return an iterator that takes items out
     */
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private @Nullable T next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = receiveOrNull();
                }
                return next != null;
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the channel was closed, and nothing is left to receive");
                }
                T item = Objects.requireNonNull(next);
                next = null;
                return item;
            }
        };
    }

    /** Closes this: those who wait to send get a {@link ChannelClosedException}, those who wait to receive too. */
    @Override
    public void close() {
        guard.lock();
        try {
            closed = true;
        } finally {
            guard.unlock();
        }
        while (wakeNext(receivers) || wakeNext(senders)) {
            // each looks again, and finds it closed
        }
    }

    /**
     * Tells whether this was closed; there may be something left to receive.
     *
     * @return true after {@link #close}
     */
    public boolean isClosed() {
        guard.lock();
        try {
            return closed;
        } finally {
            guard.unlock();
        }
    }

    /**
     * Counts the items.
     *
     * @return how many are in here now
     */
    public int size() {
        guard.lock();
        try {
            return items.size();
        } finally {
            guard.unlock();
        }
    }

    // ---- waiting

    /** Under the guard. Who has waited before is the first again. */
    private static Turn enter(ArrayDeque<Turn> line, @Nullable Turn before, String label) {
        var turn = new Turn(Asyncio.getRunningLoop(), label);
        if (before == null) {
            line.addLast(turn);
        } else {
            line.addFirst(turn);
        }
        return turn;
    }

    private void await(Turn turn, ArrayDeque<Turn> line) {
        boolean gotOn = false;
        try {
            turn.told.await();
            gotOn = true;
        } finally {
            if (!gotOn) {
                leave(turn, line);
            }
        }
    }

    /** Who was told and does not look passes it on. */
    private void leave(Turn turn, ArrayDeque<Turn> line) {
        boolean passOn;
        guard.lock();
        try {
            boolean somethingThere = line == receivers ? !items.isEmpty() : items.size() < capacity;
            passOn = !line.remove(turn) && somethingThere;
        } finally {
            guard.unlock();
        }
        if (passOn) {
            wakeNext(line);
        }
    }

    /** Returns false if nobody waits. */
    private boolean wakeNext(ArrayDeque<Turn> line) {
        while (true) {
            Turn turn;
            guard.lock();
            try {
                turn = line.poll();
            } finally {
                guard.unlock();
            }
            if (turn == null || turn.tell()) {
                return turn != null;
            }
        }
    }

    /** Held for a few instructions, and never while anything waits. */
    private static final class SpinLock {

        private final AtomicBoolean held = new AtomicBoolean();

        void lock() {
            while (!held.compareAndSet(false, true)) {
                Thread.onSpinWait();
            }
        }

        void unlock() {
            held.set(false);
        }
    }

    /** The place in line of a task that waits. */
    private static final class Turn {

        private final EventLoop loop;
        private final Future<Boolean> told;

        Turn(EventLoop loop, String label) {
            this.loop = loop;
            this.told = loop.createFuture(label);
        }

        /** Any thread. Returns false if the loop is gone, and with it who waited. */
        boolean tell() {
            try {
                loop.callSoonThreadsafe(this::wake);
                return true;
            } catch (IllegalStateException closed) {
                return false;
            }
        }

        private void wake() {
            if (!told.done()) {
                told.setResult(true);
            }
        }
    }

    @Override
    public String toString() {
        guard.lock();
        try {
            return "Channel (" + items.size() + " of " + capacity + " items, " + receivers.size() + " receiving, "
                    + senders.size() + " sending" + (closed ? ", closed)" : ")");
        } finally {
            guard.unlock();
        }
    }
}
