package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.gather;
import static dev.asyncio4j.Asyncio.run;
import static dev.asyncio4j.Asyncio.sleep;

import java.time.Duration;

/** What {@link dev.asyncio4j.Asyncio} shows first. */
final class FrontDoor {

    private FrontDoor() {}

    // @start region="hello"
    static void main() {
        var farewells = run(() -> gather(() -> greet("Ada"), () -> greet("Grace")));
        farewells.forEach(IO::println);
    }

    static String greet(String name) {
        IO.println("Hello, " + name + "!");
        sleep(Duration.ofMillis(100));
        return "Goodbye, " + name + "!";
    }
    // @end
}
