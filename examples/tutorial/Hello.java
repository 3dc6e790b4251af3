import static dev.asyncio4j.Asyncio.*;

import java.time.Duration;

void main() {
    run(() -> {
        IO.println("Hello ...");
        sleep(Duration.ofMillis(100));
        IO.println("... world!");
    });
}
