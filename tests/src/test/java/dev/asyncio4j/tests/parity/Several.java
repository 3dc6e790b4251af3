package dev.asyncio4j.tests.parity;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** What Python says with a comprehension: several tasks, or a word on each of them. */
final class Several {

    private Several() {}

    /** {@code [asyncio.create_task(body(name)) for name in names]}. */
    static List<Task<Void>> tasks(List<String> names, Consumer<String> body) {
        var tasks = new ArrayList<Task<Void>>();
        for (String name : names) {
            tasks.add(Asyncio.createTask(() -> body.accept(name)));
        }
        return tasks;
    }

    /** {@code *(task.done() for task in tasks)}. */
    static Python.Each done(Collection<? extends Future<?>> tasks) {
        return Python.each(tasks.stream().map(Future::done));
    }

    /** {@code *(task.cancelled() for task in tasks)}. */
    static Python.Each cancelled(Collection<? extends Future<?>> tasks) {
        return Python.each(tasks.stream().map(Future::cancelled));
    }

    /** The names of tasks, sorted. */
    static String names(Collection<? extends Task<?>> tasks) {
        return tasks.isEmpty()
                ? "none"
                : String.join(" ", tasks.stream().map(Task::name).sorted().toList());
    }
}
