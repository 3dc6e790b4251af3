package dev.asyncio4j;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Failed futures that nobody has looked at yet. They are reported when nobody can any more: when the future has been
 * collected, or at the latest when the loop is closed (FUT-7, EXC-5).
 *
 * <p><b>Threads.</b> Loop thread only.
 */
final class UnretrievedFailures {

    /** Refers to the failure strongly and to the future not at all. */
    private static final class Tracked extends PhantomReference<Future<?>> {
        final Failure failure;
        final String description;

        /** Kept here, since the future will be gone when it is asked for. */
        final List<StackTraceElement> creationSite;

        Tracked(
                Future<?> future,
                Failure failure,
                List<StackTraceElement> creationSite,
                ReferenceQueue<Future<?>> collected) {
            super(future, collected);
            this.creationSite = creationSite;
            this.failure = failure;
            this.description = future.describe();
        }
    }

    private final BaseEventLoop loop;
    private final ReferenceQueue<Future<?>> collected = new ReferenceQueue<>();
    private final Set<Tracked> tracked = new LinkedHashSet<>();

    /** Failures that someone was told of and will most likely look at before long; looked through when they grow many. */
    private static final int WORTH_PRUNING = 1_000;

    private int pruneAt = WORTH_PRUNING;

    UnretrievedFailures(BaseEventLoop loop) {
        this.loop = loop;
    }

    void track(Future<?> future, Failure failure) {
        if (tracked.size() >= pruneAt) {
            tracked.removeIf(entry -> entry.failure.isRetrieved());
            pruneAt = Math.max(WORTH_PRUNING, 2 * tracked.size());
        }
        tracked.add(new Tracked(future, failure, loop.creationSite(future), collected));
    }

    /** Reports what has been collected since the last time. Called once an iteration. */
    void reportCollected() {
        if (tracked.isEmpty()) {
            return;
        }
        for (Reference<?> next = collected.poll(); next != null; next = collected.poll()) {
            Tracked entry = (Tracked) next;
            tracked.remove(entry);
            report(entry);
        }
    }

    /** Reports everything: the loop ends, and with it all that could look. */
    List<ExceptionContext> takeAll() {
        List<ExceptionContext> all = tracked.stream()
                .filter(entry -> !entry.failure.isRetrieved())
                .map(UnretrievedFailures::context)
                .toList();
        tracked.clear();
        return all;
    }

    private void report(Tracked entry) {
        if (!entry.failure.isRetrieved()) {
            loop.callExceptionHandler(context(entry));
        }
    }

    private static ExceptionContext context(Tracked entry) {
        var context = ExceptionContext.of("the exception of " + entry.description + " was never retrieved")
                .with(ExceptionContext.EXCEPTION, entry.failure.exception());
        return entry.creationSite.isEmpty() ? context : context.with(DebugMode.SOURCE, entry.creationSite);
    }
}
