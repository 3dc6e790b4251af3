package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/**
 * Makes a loop's tasks: set with {@link EventLoop#setTaskFactory}.
 *
 * {@snippet class="dev.asyncio4j.snippets.Loops" region="taskFactory"}
 */
@FunctionalInterface
public interface TaskFactory {

    /** Starts every task at once, to its first wait, unless its options say otherwise (EAG-1). */
    TaskFactory EAGER = new TaskFactory() {
        @Override
        public <T extends @Nullable Object> Task<T> create(
                BaseEventLoop loop, Coroutine<T, ?> body, TaskOptions options) {
            return loop.newTask(body, options.eager() == null ? options.withEagerStart(true) : options);
        }
    };

    /**
     * Makes and starts a task, by {@link BaseEventLoop#newTask}.
     *
     * @param <T> what it returns
     * @param loop the loop
     * @param body what it runs
     * @param options as given to {@link EventLoop#createTask(Coroutine, TaskOptions)}
     * @return the new task
     */
    <T extends @Nullable Object> Task<T> create(BaseEventLoop loop, Coroutine<T, ?> body, TaskOptions options);
}
