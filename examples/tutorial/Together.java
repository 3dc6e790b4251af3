import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.*;
import java.time.Duration;

// @start region="main"
void main() {
    run(() -> {
        try {
            TaskGroup.run(group -> {
                group.createTask(() -> download("a small file", 20));
                group.createTask(() -> download("a large file", 3_600_000));
                group.createTask(() -> fail());
            });
        } catch (ExceptionGroup failures) {
            failures.exceptions().forEach(failure -> IO.println("failed: " + failure.getMessage()));
        }
    });
}

void download(String what, int millis) {
    try {
        sleep(Duration.ofMillis(millis));
        IO.println("got " + what);
    } catch (CancelledError cancelled) {
        IO.println("did not get " + what);
        throw cancelled;
    }
}

void fail() throws IOException {
    sleep(Duration.ofMillis(40));
    throw new IOException("the disk is full");
}
// @end
