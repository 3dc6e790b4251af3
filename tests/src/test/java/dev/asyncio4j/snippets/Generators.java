package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.sleep;

import dev.asyncio4j.AsyncGenerator;
import java.time.Duration;

/** What {@link AsyncGenerator} shows. */
final class Generators {

    private Generators() {}

    // @start region="generator"
    static AsyncGenerator<Integer> countdown(int from) {
        return AsyncGenerator.of(out -> {
            for (var i = from; i > 0; i--) {
                sleep(Duration.ofMillis(10));
                out.yield(i);
            }
        });
    }

    static void liftOff() {
        try (var numbers = countdown(3)) {
            for (var number : numbers) {
                IO.println(number);
            }
        }
    }
    // @end
}
