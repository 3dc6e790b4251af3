package dev.asyncio4j;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a task waits for that waits for news of several futures; cancelling it cancels none of them. */
final class WaitForOthers extends Future<Boolean> {

    private final Collection<? extends Future<?>> others;

    /** Keeps the collection: who looks later finds those that are in it then. */
    WaitForOthers(BaseEventLoop loop, String label, Collection<? extends Future<?>> others) {
        super(loop, label);
        this.others = others;
    }

    /** Ends the wait, unless it has ended. */
    void tell() {
        if (!done()) {
            setResult(true);
        }
    }

    @Override
    public Set<Future<?>> dependencies() {
        var pending = new LinkedHashSet<Future<?>>(others);
        pending.removeIf(Future::done);
        return pending;
    }
}
