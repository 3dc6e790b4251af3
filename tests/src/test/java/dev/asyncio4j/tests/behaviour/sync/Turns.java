package dev.asyncio4j.tests.behaviour.sync;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets the loop run by turns instead of by time, and keeps a trail of what happened. */
final class Turns {

    private final List<String> trail = new ArrayList<>();

    /** Lets everything that is ready run once. */
    static void turn() {
        Asyncio.sleep(Duration.ZERO);
    }

    /** Lets things run until nothing moves in any scene of ours. */
    static void settle() {
        for (int turn = 0; turn < 20; turn++) {
            turn();
        }
    }

    void step(String what) {
        trail.add(what);
    }

    List<String> trail() {
        return trail;
    }

    /** Starts a task that runs a body and then leaves its name in the trail, or that it was cancelled. */
    Task<@Nullable Void> start(String name, Action<?> body) {
        return Asyncio.createTask(() -> {
            try {
                body.run();
                step(name);
            } catch (CancelledError e) {
                step(name + " cancelled");
                throw e;
            }
        });
    }
}
