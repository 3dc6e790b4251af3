package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.getRunningLoop;

import dev.asyncio4j.Future;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** {@code asyncio.wait([a, b])}, in Python's own steps, until {@code Asyncio} has it. */
final class Waiting {

    private Waiting() {}

    static void forAll(Future<?>... members) {
        forAll(List.of(members));
    }

    static void forAll(Collection<? extends Future<?>> members) {
        List<? extends Future<?>> pending =
                members.stream().filter(member -> !member.done()).toList();
        if (pending.isEmpty()) {
            return;
        }
        Future<Boolean> ended = getRunningLoop().createFuture("the members of a wait");
        Consumer<Future<?>> onDone = _ -> {
            if (!ended.done() && pending.stream().allMatch(Future::done)) {
                ended.setResult(true);
            }
        };
        pending.forEach(member -> member.addDoneCallback(onDone));
        try {
            ended.await();
        } finally {
            pending.forEach(member -> member.removeDoneCallback(onDone));
        }
    }
}
