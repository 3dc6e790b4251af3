package dev.asyncio4j;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tasks or futures in the order in which they end, as {@link Asyncio#asCompleted} gives them (AC-1, AC-2).
 *
 * {@snippet class="dev.asyncio4j.snippets.SeveralTest" region="as-completed"}
 *
 * <p>Iterating this is Python's {@code async for}: each turn gives one of the members, which is done. {@link #nextResults}
 * is Python's plain {@code for}: each turn gives a wait for whatever ends next.
 *
 * <p><b>States.</b> There is one iteration: a second {@code for} goes on where the first was left.
 *
 * <p><b>Cancellation.</b> Cancelling who iterates ends the wait and cancels no member; the turn is not used up. Leaving the
 * iteration leaves the members running.
 *
 * <p><b>Threads.</b> Loop thread only; several tasks may take turns from one iteration.
 *
 * <p><b>Order.</b> Of completion; members that were done at the call come first, in the order in which they were given.
 *
 * <p><b>Errors.</b> Once the time limit is over, and all that ended before have been given out, each turn throws
 * {@link TimeoutException}; no member is cancelled.
 *
 * @param <T> what the members return
 * @param <F> what they are: tasks or futures
 */
public final class AsCompleted<T extends @Nullable Object, F extends Future<? extends T>> implements Iterable<F> {

    private final BaseEventLoop loop;
    private final Turns turns = new Turns();

    /** Members whose end has not been noticed, with what stands in their lists. */
    private final Map<F, MemberDone> unfinished = new LinkedHashMap<>();

    private final Deque<F> done = new ArrayDeque<>();
    private final Deque<WaitForOthers> waiting = new ArrayDeque<>();
    private final @Nullable Duration limit;
    private final @Nullable TimerHandle timer;
    private int turnsLeft;
    private boolean expired;

    AsCompleted(BaseEventLoop loop, Collection<? extends F> members, @Nullable Duration limit) {
        this.loop = loop;
        this.limit = limit;
        for (F member : WaitForSeveral.<F>distinct(loop, members)) {
            var entry = new MemberDone(member);
            unfinished.put(member, entry);
            member.whenDone(entry);
        }
        this.turnsLeft = unfinished.size();
        this.timer = limit == null || unfinished.isEmpty() ? null : loop.reactLater(Nanos.of(limit), this::expire);
    }

    /**
     * Returns the iteration: always the same. Its {@link Iterator#next} suspends until a member has ended.
     *
     * @return an iterator of members that are done
     */
    @Override
    public Iterator<F> iterator() {
        return turns;
    }

    /**
     * Returns the iteration as waits: each stands for the result of whatever ends next, and can be waited for once.
     *
     * {@snippet class="dev.asyncio4j.snippets.SeveralTest" region="next-results"}
     *
     * @return as many waits as there are members left; taking one from the iterator does not suspend, waiting for it does
     */
    public Iterable<Awaitable<T>> nextResults() {
        return Waits::new;
    }

    private final class Turns implements Iterator<F> {

        @Override
        public boolean hasNext() {
            return turnsLeft > 0;
        }

        @Override
        public F next() {
            useTurn();
            try {
                return takeDone();
            } catch (CancelledError e) {
                turnsLeft++;
                throw e;
            }
        }
    }

    private final class Waits implements Iterator<Awaitable<T>> {

        @Override
        public boolean hasNext() {
            return turnsLeft > 0;
        }

        @Override
        public Awaitable<T> next() {
            useTurn();
            return new NextResult();
        }
    }

    private final class NextResult implements Awaitable<T> {

        private boolean used;

        @Override
        public T await() {
            if (used) {
                throw new IllegalStateException("a next result can be waited for once; take another from the iterator");
            }
            used = true;
            return takeDone().result();
        }

        @Override
        public <X extends Throwable> T await(Class<X> declared) throws X {
            return await();
        }
    }

    private void useTurn() {
        loop.checkThread("asCompleted");
        if (turnsLeft == 0) {
            throw new NoSuchElementException("every member has had its turn");
        }
        turnsLeft--;
    }

    private F takeDone() {
        while (done.isEmpty() && !expired) {
            awaitChange();
        }
        F next = done.poll();
        if (next == null) {
            throw new TimeoutException(
                    "the time limit of " + Nanos.shown(Objects.requireNonNull(limit))
                            + " was over before all had ended",
                    null);
        }
        return next;
    }

    private void awaitChange() {
        var change = new WaitForOthers(loop, "the next of " + unfinished.size() + " to end", unfinished.keySet());
        waiting.add(change);
        try {
            change.await();
        } catch (CancelledError e) {
            waiting.remove(change);
            if (!done.isEmpty()) {
                wakeOne();
            }
            throw e;
        }
    }

    private void wakeOne() {
        WaitForOthers first = waiting.poll();
        while (first != null && first.done()) {
            first = waiting.poll();
        }
        if (first != null) {
            first.tell();
        }
    }

    private final class MemberDone extends ReadyEntry {

        private final F member;

        MemberDone(F member) {
            this.member = member;
        }

        @Override
        void runReady() {
            if (unfinished.remove(member) == null) {
                return;
            }
            done.add(member);
            if (timer != null && unfinished.isEmpty()) {
                timer.cancel();
            }
            wakeOne();
        }
    }

    /** Time is up: the members are let go, and everyone who waits is told. */
    private void expire() {
        expired = true;
        unfinished.forEach(Future::forget);
        unfinished.clear();
        while (!waiting.isEmpty()) {
            wakeOne();
        }
    }
}
