package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;

/**
 * Keeps a cancel that came where none may be thrown, for the task's next wait.
 *
 * <p>The count of requests stays what it was. Without a request it was the end of the loop, which every wait tells anew.
 */
final class Rearm {

    private Rearm() {}

    static void cancel(CancelledError caught) {
        Asyncio.currentTask().filter(task -> task.cancelling() > 0).ifPresent(task -> {
            task.uncancel();
            task.cancel(caught.getMessage());
        });
    }
}
