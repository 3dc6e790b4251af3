package dev.asyncio4j.testing;

import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds tasks that wait for each other in a circle. */
final class WaitCycles {

    /*
     * A walk in depth, with a stack of its own, since a chain of tasks may be longer than a thread's stack is deep. Each task
     * is entered once, so it takes time in proportion to the waits; where circles share tasks not every one is listed, but
     * each knot of tasks shows at least one.
     */

    private record Step(Task<?> task, Iterator<Task<?>> next) {}

    private final Set<Task<?>> tasks;
    private final Set<Task<?>> entered = new HashSet<>();
    private final Deque<Step> path = new ArrayDeque<>();
    private final List<List<Task<?>>> cycles = new ArrayList<>();

    WaitCycles(Set<Task<?>> tasks) {
        this.tasks = tasks;
    }

    /** Each circle, in the order of waiting. */
    List<List<Task<?>>> find() {
        for (Task<?> task : tasks) {
            visit(task);
            while (!path.isEmpty()) {
                goOn();
            }
        }
        return cycles;
    }

    private void visit(Task<?> task) {
        if (entered.add(task)) {
            path.addLast(new Step(task, awaitedTasks(task).iterator()));
        }
    }

    private void goOn() {
        Step last = path.getLast();
        if (!last.next().hasNext()) {
            path.removeLast();
            return;
        }
        Task<?> next = last.next().next();
        List<Task<?>> back = pathFrom(next);
        if (back.isEmpty()) {
            visit(next);
        } else {
            cycles.add(back);
        }
    }

    private List<Task<?>> pathFrom(Task<?> start) {
        return path.stream()
                .<Task<?>>map(Step::task)
                .dropWhile(task -> task != start)
                .toList();
    }

    /** The tasks that a task waits for, directly or through futures that wait for others. */
    private static Collection<Task<?>> awaitedTasks(Task<?> task) {
        var found = new LinkedHashSet<Task<?>>();
        Deque<Future<?>> open = new ArrayDeque<>();
        Set<Future<?>> seen = new HashSet<>();
        task.waitingOn().ifPresent(open::add);
        while (!open.isEmpty()) {
            Future<?> future = open.removeFirst();
            if (future instanceof Task<?> awaited) {
                found.add(awaited);
            } else if (seen.add(future)) {
                open.addAll(future.dependencies());
            }
        }
        return found;
    }
}
