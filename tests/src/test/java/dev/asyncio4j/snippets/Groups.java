package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.sleep;

import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.TaskGroup;
import java.io.IOException;
import java.time.Duration;

/** What {@link TaskGroup} shows. */
final class Groups {

    private Groups() {}

    static void show() {
        // @start region="group"
        try {
            TaskGroup.run(group -> {
                group.createTask(() -> load("a"));
                group.createTask(() -> load("broken")); // fails: the other is cancelled, and waited for
            });
        } catch (ExceptionGroup failures) {
            failures.handle(IOException.class, e -> IO.println("could not load: " + e.getMessage()));
        }
        // @end
    }

    private static void load(String name) throws IOException {
        if (name.equals("broken")) {
            throw new IOException(name);
        }
        sleep(Duration.ofHours(1));
    }
}
