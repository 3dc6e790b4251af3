package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.getRunningLoop;

import dev.asyncio4j.Future;
import dev.asyncio4j.TimerHandle;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code asyncio.wait([a, b])}, in Python's own steps, until {@code Asyncio} has it. */
final class Waiting {

    /** What {@code asyncio.wait} returns. */
    record Waited(Set<Future<?>> done, Set<Future<?>> pending) {}

    private Waiting() {}

    static Waited forAll(Future<?>... members) {
        return forAll(List.of(members), null);
    }

    static Waited forAll(Collection<? extends Future<?>> members, @Nullable Duration timeout) {
        Set<Future<?>> all = new LinkedHashSet<>(members);
        Set<Future<?>> pending = new LinkedHashSet<>(all);
        pending.removeIf(Future::done);
        if (!pending.isEmpty()) {
            awaitAll(pending, timeout);
        }
        pending.removeIf(Future::done);
        all.removeAll(pending);
        return new Waited(all, pending);
    }

    private static void awaitAll(Set<Future<?>> pending, @Nullable Duration timeout) {
        Future<Boolean> ended = getRunningLoop().createFuture("the members of a wait");
        Consumer<Future<?>> onDone = _ -> {
            if (!ended.done() && pending.stream().allMatch(Future::done)) {
                ended.setResult(true);
            }
        };
        TimerHandle timer = timeout == null
                ? null
                : getRunningLoop().callLater(timeout, () -> {
                    if (!ended.done()) {
                        ended.setResult(false);
                    }
                });
        pending.forEach(member -> member.addDoneCallback(onDone));
        try {
            ended.await();
        } finally {
            if (timer != null) {
                timer.cancel();
            }
            pending.forEach(member -> member.removeDoneCallback(onDone));
        }
    }
}
