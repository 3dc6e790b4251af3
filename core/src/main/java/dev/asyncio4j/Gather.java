package dev.asyncio4j;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of several: done when all its children are, or the first of them has failed (GA-1 to GA-8).
 *
 * @param <C> what the children return
 * @param <R> what is made of each
 */
final class Gather<C extends @Nullable Object, R extends @Nullable Object> extends Future<List<R>> {

    private final List<Future<? extends C>> inOrder;
    private final Set<Future<? extends C>> children;
    private final Function<Future<? extends C>, R> toResult;
    private final boolean failsFast;
    private int unfinished;
    private boolean cancelRequested;
    private @Nullable String cancelMessage;

    private Gather(
            BaseEventLoop loop,
            Collection<? extends Awaitable<? extends C>> awaitables,
            boolean failsFast,
            Function<Future<? extends C>, R> toResult) {
        super(loop, "all of " + awaitables.size() + " results");
        this.inOrder = futures(loop, awaitables);
        this.children = new LinkedHashSet<>(inOrder);
        this.failsFast = failsFast;
        this.toResult = toResult;
        this.unfinished = children.size();
    }

    static <T extends @Nullable Object> Future<List<T>> values(
            BaseEventLoop loop, Collection<? extends Awaitable<? extends T>> awaitables) {
        return new Gather<T, T>(loop, awaitables, true, Future::result).begin();
    }

    static <T extends @Nullable Object> Future<List<Outcome<T>>> outcomes(
            BaseEventLoop loop, Collection<? extends Awaitable<? extends T>> awaitables) {
        return new Gather<T, Outcome<T>>(loop, awaitables, false, Outcomes::of).begin();
    }

    private static <C extends @Nullable Object> List<Future<? extends C>> futures(
            BaseEventLoop loop, Collection<? extends Awaitable<? extends C>> awaitables) {
        var futures = new ArrayList<Future<? extends C>>(awaitables.size());
        awaitables.forEach(awaitable -> futures.add(loop.ensureFuture(awaitable)));
        return futures;
    }

    private Future<List<R>> begin() {
        if (children.isEmpty()) {
            setResult(List.of());
        } else if (children.stream().allMatch(Future::done)) {
            children.forEach(this::childDone);
        } else {
            children.forEach(child -> child.whenDone(new ChildDone(child)));
        }
        return this;
    }

    private final class ChildDone extends ReadyEntry {

        private final Future<? extends C> child;

        ChildDone(Future<? extends C> child) {
            this.child = child;
        }

        @Override
        void runReady() {
            childDone(child);
        }
    }

    private void childDone(Future<? extends C> child) {
        unfinished--;
        if (done()) {
            child.markRetrieved();
        } else if (failsFast && child.cancelled()) {
            failCancelled(child.cancellationToThrow());
        } else if (failsFast && child.exception() != null) {
            setException(child.failure());
        } else if (unfinished == 0) {
            finish();
        }
    }

    private void finish() {
        if (cancelRequested) {
            failCancelled(new CancelledError(cancelMessage));
            return;
        }
        var results = new ArrayList<R>(inOrder.size());
        inOrder.forEach(child -> results.add(toResult.apply(child)));
        setResult(java.util.Collections.unmodifiableList(results));
    }

    /** Cancels the children; this ends when they have (GA-6). */
    @Override
    public boolean cancel(@Nullable String message) {
        if (done()) {
            return false;
        }
        boolean accepted = false;
        for (Future<? extends C> child : children) {
            accepted |= child.cancel(message);
        }
        if (accepted) {
            cancelRequested = true;
            cancelMessage = message;
        }
        return accepted;
    }

    @Override
    public Set<Future<?>> dependencies() {
        var pending = new LinkedHashSet<Future<?>>(children);
        pending.removeIf(Future::done);
        return pending;
    }

    @Override
    public String describe() {
        return "a gathering of " + inOrder.size() + ", of which " + unfinished + " have not ended";
    }
}
