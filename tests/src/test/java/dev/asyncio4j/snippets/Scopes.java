package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.sleep;

import dev.asyncio4j.CancelScope;
import java.time.Duration;

/** What {@link CancelScope} shows. */
final class Scopes {

    private Scopes() {}

    static void show() {
        // @start region="moveOn"
        var scope = CancelScope.moveOnAfter(Duration.ofMillis(20), _ -> {
            sleep(Duration.ofHours(1));
            IO.println("this is not reached");
        });
        if (scope.cancelledCaught()) {
            IO.println("went on without it");
        }
        // @end
    }
}
