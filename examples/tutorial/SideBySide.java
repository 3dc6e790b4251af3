import static dev.asyncio4j.Asyncio.*;

import java.time.Duration;

// @start region="main"
void main() {
    run(() -> {
        var tea = createTask(() -> brew("tea", 60));
        var coffee = brew("coffee", 30);
        IO.println("serving " + coffee + " and " + tea.await());
    });
}
// @end

// @start region="brew"
String brew(String drink, int millis) {
    IO.println("brewing " + drink);
    sleep(Duration.ofMillis(millis));
    IO.println(drink + " is ready");
    return drink;
}
// @end
