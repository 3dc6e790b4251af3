package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.createTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.interop.Futures;
import dev.asyncio4j.interop.Publishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;

/** What the documentation of interop shows. */
class InteropTest {

    private final List<String> printed = new ArrayList<>();

    private void print(String line) {
        printed.add(line);
    }

    private static CompletableFuture<String> fetchAsync() {
        return CompletableFuture.supplyAsync(() -> "page");
    }

    @Test
    void awaitStage() {
        Asyncio.run(() -> {
            // @start region="await-stage"
            String page = Futures.await(fetchAsync());
            print(page);
            // @end
        });
        assertThat(printed).containsExactly("page");
    }

    @Test
    void publishers() {
        Asyncio.run(() -> {
            // @start region="publishers"
            Flow.Publisher<Integer> squares = Publishers.publish(emitter -> {
                for (int i = 1; i <= 3; i++) {
                    emitter.emit(i * i);
                }
            });
            try (var items = Publishers.subscribe(squares)) {
                for (int square : items) {
                    print("" + square);
                }
            }
            // @end
        });
        assertThat(printed).containsExactly("1", "4", "9");
    }

    @Test
    void subscribe() {
        Asyncio.run(() -> {
            var prices = new SubmissionPublisher<Integer>();
            createTask(() -> {
                prices.submit(7);
                prices.close();
            });
            // @start region="subscribe"
            try (var items = Publishers.subscribe(prices)) {
                for (Integer price : items) {
                    print("now " + price);
                }
            }
            // @end
        });
        assertThat(printed).containsExactly("now 7");
    }
}
