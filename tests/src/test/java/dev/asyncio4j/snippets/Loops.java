package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;

import dev.asyncio4j.TaskFactory;

/** What {@link dev.asyncio4j.EventLoop} and what belongs to it show. */
final class Loops {

    private Loops() {}

    static void show() {
        // @start region="taskFactory"
        getRunningLoop().setTaskFactory(TaskFactory.EAGER);
        createTask(() -> IO.println("first: a task starts at once, and not when its creator waits"));
        IO.println("second");
        // @end
    }
}
