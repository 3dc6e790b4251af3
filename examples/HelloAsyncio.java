import static dev.asyncio4j.Asyncio.*;

import java.time.Duration;

// Greets two people at a time, on one thread: while one greeting waits, the other goes on.
//
//     ./asyncio run examples/HelloAsyncio.java

// @start region="hello"
void main() {
    var farewells = run(() -> gather(() -> greet("Ada"), () -> greet("Grace")));
    farewells.forEach(IO::println);
}

String greet(String name) {
    IO.println("Hello, " + name + "!");
    sleep(Duration.ofMillis(100));
    return "Goodbye, " + name + "!";
}
// @end
