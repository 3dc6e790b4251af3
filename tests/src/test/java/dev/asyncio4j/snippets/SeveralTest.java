package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.asCompleted;
import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.mapConcurrent;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.staggeredRace;
import static dev.asyncio4j.WaitOptions.within;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Awaitable;
import dev.asyncio4j.ExitStack;
import dev.asyncio4j.Future;
import dev.asyncio4j.ReturnWhen;
import dev.asyncio4j.Task;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the documentation of waiting for several shows. */
class SeveralTest {

    private final List<String> printed = new ArrayList<>();

    private void print(String line) {
        printed.add(line);
    }

    private static String fetch(String name) throws IOException {
        if (name.equals("broken")) {
            throw new IOException(name);
        }
        sleep(Duration.ZERO);
        return "page of " + name;
    }

    @Test
    void waitFirst() {
        Asyncio.run(() -> {
            // @start region="wait-first"
            Task<String> fast = createTask(() -> fetch("a"));
            Task<String> slow = createTask(() -> sleep(ofHours(1), "b"));
            var result = Asyncio.wait(List.of(fast, slow), ReturnWhen.FIRST_COMPLETED);
            for (Task<String> task : result.done()) {
                print(task.result());
            }
            result.pending().forEach(Future::cancel);
            // @end
        });
        assertThat(printed).containsExactly("page of a");
    }

    @Test
    void waitWithin() {
        Asyncio.run(() -> {
            Task<String> task = createTask(() -> fetch("a"));
            // @start region="wait-within"
            var result = Asyncio.wait(List.of(task), within(ofSeconds(5)));
            if (!result.pending().isEmpty()) {
                print("still running: " + result.pending());
            }
            // @end
        });
        assertThat(printed).isEmpty();
    }

    @Test
    void inOrderOfCompletion() {
        Asyncio.run(() -> {
            List<Task<String>> tasks = List.of(createTask(() -> sleep(Duration.ZERO, "b")), createTask(() -> "a"));
            // @start region="as-completed"
            for (Task<String> done : asCompleted(tasks)) {
                print(done.result());
            }
            // @end
        });
        assertThat(printed).containsExactly("a", "b");
    }

    @Test
    void nextResults() {
        Asyncio.run(() -> {
            List<Task<String>> tasks = List.of(createTask(() -> fetch("a")), createTask(() -> fetch("broken")));
            // @start region="next-results"
            for (Awaitable<String> next : asCompleted(tasks).nextResults()) {
                try {
                    print(next.await(IOException.class));
                } catch (IOException e) {
                    print("failed: " + e.getMessage());
                }
            }
            // @end
        });
        assertThat(printed).containsExactly("failed: broken", "page of a");
    }

    @Test
    void race() {
        Asyncio.run(() -> {
            // @start region="staggered-race"
            var race = staggeredRace(List.of(() -> fetch("broken"), () -> fetch("mirror")), ofMillis(250));
            print("attempt " + race.index() + " gave the " + race.result());
            // @end
        });
        assertThat(printed).containsExactly("attempt 1 gave the page of mirror");
    }

    @Test
    void map() {
        Asyncio.run(() -> {
            List<String> names = List.of("a", "b", "c");
            // @start region="map-concurrent"
            List<String> pages = mapConcurrent(2, names, name -> fetch(name));
            // @end
            print(pages.getLast());
        });
        assertThat(printed).containsExactly("page of c");
    }

    @Test
    void exitStack() throws Exception {
        List<String> texts = List.of("a", "b");
        // @start region="exit-stack"
        try (var stack = new ExitStack()) {
            stack.callback(() -> print("all closed"));
            for (String text : texts) {
                StringReader reader = stack.enter(new StringReader(text));
                print("read " + (char) reader.read());
            }
        }
        // @end
        assertThat(printed).containsExactly("read a", "read b", "all closed");
    }
}
