package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;

/** Keeps a cancel that came where none may be thrown, for the task's next wait. */
final class Rearm {

    private Rearm() {}

    static void cancel(CancelledError caught) {
        Asyncio.currentTask().ifPresent(task -> task.cancel(caught.getMessage()));
    }
}
