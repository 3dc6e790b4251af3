import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.*;
import java.time.Duration;

// @start region="main"
void main() {
    run(() -> {
        try {
            timeout(Duration.ofMillis(20), () -> work());
        } catch (TimeoutException e) {
            IO.println("it took too long");
        }

        var task = createTask(() -> work());
        sleep(Duration.ofMillis(20));
        task.cancel("nobody needs it any more");
        try {
            task.await();
        } catch (CancelledError e) {
            IO.println("cancelled: " + e.getMessage());
        }
    });
}

void work() {
    IO.println("working");
    try {
        sleep(Duration.ofHours(1));
    } finally {
        IO.println("cleaning up");
    }
}
// @end
