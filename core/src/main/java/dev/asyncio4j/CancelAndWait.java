package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/** What is behind {@code Task.cancelAndWait}: the remedy for not knowing whose cancellation one has seen (CAN-14). */
final class CancelAndWait {

    private CancelAndWait() {}

    /**
     * Cancels a task and waits for its end on a future of our own: a CancelledError that comes out of this wait is the
     * caller's, never the task's.
     */
    static <T extends @Nullable Object> Outcome<T> of(Task<T> task, @Nullable String message) {
        if (!task.done()) {
            Stepper<?> caller = task.loop.currentStepper(task);
            if (caller.task() == task) {
                throw new IllegalStateException("a task cannot wait for its own end: " + task);
            }
            task.cancel(message);
            task.loop.endOf(task).await();
        }
        return Outcomes.of(task);
    }
}
