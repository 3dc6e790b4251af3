package dev.asyncio4j.sync;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Task;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for the same thing, first come first.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
final class WaitList {

    /*
     * A doubly linked list, not a ring: a cancelled task leaves from the middle, and when a hundred thousand are cancelled
     * in any order each must find its place at once. The link costs an object a wait, next to a suspension that costs ten
     * times as much.
     *
     * A task is in the list at the latest until its next step, which removes it. Whoever wakes may take it out earlier;
     * removing twice does nothing. A cancelled waiter stays until its step, or until someone who looks for a waiter to wake
     * meets it.
     */

    /** What a task waits for, to be followed by a title: "the turn of ". */
    private final String what;

    private final @Nullable Supplier<Set<Task<?>>> holders;

    private @Nullable Waiter head;
    private @Nullable Waiter tail;
    private int size;

    // The label of the futures, made once for a title.
    private @Nullable String label;
    private @Nullable String labelledTitle;

    WaitList(String what) {
        this(what, null);
    }

    /** A list whose waiters can say who must do something before it is their turn. */
    WaitList(String what, @Nullable Supplier<Set<Task<?>>> holders) {
        this.what = what;
        this.holders = holders;
    }

    /** Makes a waiter for the calling task, which binds the owner; it is not in the list yet. */
    Waiter newWaiter(LoopBound owner) {
        EventLoop loop = owner.bind();
        String shown = label(owner.title());
        return new Waiter(holders == null ? loop.createFuture(shown) : loop.createFuture(shown, holders));
    }

    /** Makes a waiter for the calling task and puts it at the end. */
    Waiter enter(LoopBound owner) {
        Waiter waiter = newWaiter(owner);
        add(waiter);
        return waiter;
    }

    @SuppressWarnings("StringEquality") // the same string needs the same label; an equal one merely makes it again
    private String label(String title) {
        String known = label;
        if (known == null || labelledTitle != title) {
            known = what + title;
            label = known;
            labelledTitle = title;
        }
        return known;
    }

    void add(Waiter waiter) {
        Waiter last = tail;
        if (last == null) {
            head = waiter;
        } else {
            last.next = waiter;
            waiter.previous = last;
        }
        tail = waiter;
        waiter.listed = true;
        size++;
    }

    /** Takes a waiter out, if it is in. */
    void remove(Waiter waiter) {
        if (!waiter.listed) {
            return;
        }
        Waiter before = waiter.previous;
        Waiter after = waiter.next;
        if (before == null) {
            head = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.previous = before;
        }
        waiter.previous = null;
        waiter.next = null;
        waiter.listed = false;
        size--;
    }

    /** Wakes the first that is pending, and takes it and the cancelled ones before it out; tells whether there was one. */
    boolean wakeNext() {
        for (Waiter first = head; first != null; first = head) {
            boolean pending = first.isPending();
            if (pending) {
                first.wake();
            }
            remove(first);
            if (pending) {
                return true;
            }
        }
        return false;
    }

    /** Wakes the first few that are pending. */
    void wake(int count) {
        int left = count;
        while (left > 0 && wakeNext()) {
            left--;
        }
    }

    void wakeAll() {
        wake(Integer.MAX_VALUE);
    }

    /** Wakes the first, which stays in, unless it has been woken or cancelled. */
    void wakeFirst() {
        Waiter first = head;
        if (first != null && first.isPending()) {
            first.wake();
        }
    }

    /** Whether anyone in here has not been cancelled. */
    boolean hasLive() {
        for (Waiter waiter = head; waiter != null; waiter = waiter.next) {
            if (!waiter.isCancelled()) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return head == null;
    }

    /** How many are in, those included that have been cancelled and have not run since. */
    int size() {
        return size;
    }
}
