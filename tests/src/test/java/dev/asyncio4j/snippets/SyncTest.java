package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.sync.Barrier;
import dev.asyncio4j.sync.Condition;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import dev.asyncio4j.sync.PriorityQueue;
import dev.asyncio4j.sync.Queue;
import dev.asyncio4j.sync.QueueShutDownException;
import dev.asyncio4j.sync.Semaphore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the documentation of locks and queues shows. */
class SyncTest {

    private final List<String> printed = new ArrayList<>();
    private int fetched;

    private void print(String line) {
        printed.add(line);
    }

    private String fetch(String name) {
        fetched++;
        sleep(ZERO);
        return "page of " + name;
    }

    private final Map<String, String> cache = new HashMap<>();
    private final Lock lock = new Lock();

    // @start region="lock"
    String page(String url) {
        try (var _ = lock.acquire()) {
            if (!cache.containsKey(url)) {
                cache.put(url, fetch(url)); // suspends; no other task gets in meanwhile
            }
            return cache.get(url);
        }
    }
    // @end

    @Test
    void lock() {
        var pages = Asyncio.run(() -> Asyncio.gather(() -> page("a"), () -> page("a"), () -> page("b")));
        assertThat(pages).containsExactly("page of a", "page of a", "page of b");
        assertThat(fetched).isEqualTo(2);
    }

    @Test
    void event() {
        Asyncio.run(() -> {
            // @start region="event"
            var ready = new Event();
            createTask(() -> {
                print(fetch("settings"));
                ready.set();
            });
            ready.await();
            print("ready");
            // @end
        });
        assertThat(printed).containsExactly("page of settings", "ready");
    }

    private final Condition changed = new Condition();
    private int stock;

    // @start region="condition"
    void sell() {
        try (var _ = changed.acquire()) {
            changed.awaitUntil(() -> stock > 0);
            stock--;
        }
    }

    void deliver(int pieces) {
        try (var _ = changed.acquire()) {
            stock += pieces;
            changed.signal(pieces);
        }
    }
    // @end

    @Test
    void condition() {
        Asyncio.run(() -> {
            var sales = List.of(createTask(this::sell), createTask(this::sell));
            sleep(ZERO);
            deliver(3);
            Asyncio.gather(sales);
        });
        assertThat(stock).isEqualTo(1);
    }

    @Test
    void semaphore() {
        Asyncio.run(() -> {
            // @start region="semaphore"
            var connections = new Semaphore(10);
            try (var _ = connections.acquire()) {
                print(fetch("a"));
            }
            // @end
        });
        assertThat(printed).containsExactly("page of a");
    }

    @Test
    void barrier() {
        Asyncio.run(() -> {
            // @start region="barrier"
            var round = new Barrier(3);
            for (String player : List.of("a", "b", "c")) {
                createTask(() -> {
                    print(player + " plays");
                    if (round.await() == 0) {
                        print("all have played");
                    }
                });
            }
            // @end
            sleep(ZERO);
            sleep(ZERO);
        });
        assertThat(printed).containsExactly("a plays", "b plays", "c plays", "all have played");
    }

    @Test
    void queue() {
        Asyncio.run(() -> {
            // @start region="queue"
            var urls = new Queue<String>(100);
            for (int worker = 0; worker < 3; worker++) {
                createTask(() -> {
                    while (true) {
                        var url = urls.get();
                        try {
                            print(fetch(url));
                        } finally {
                            urls.taskDone();
                        }
                    }
                });
            }
            urls.put("a");
            urls.put("b");
            urls.join();
            // @end
        });
        assertThat(printed).containsExactly("page of a", "page of b");
    }

    @Test
    void queueThatEnds() {
        Asyncio.run(() -> {
            var lines = new Queue<String>();
            // @start region="shutdown"
            var printer = createTask(() -> {
                try {
                    while (true) {
                        print(lines.get());
                    }
                } catch (QueueShutDownException e) {
                    print("that was all");
                }
            });
            lines.put("one");
            lines.put("two");
            lines.shutdown();
            printer.await();
            // @end
        });
        assertThat(printed).containsExactly("one", "two", "that was all");
    }

    @Test
    void priorities() {
        // @start region="priority"
        record Job(int priority, String what) {}

        var jobs = new PriorityQueue<>(100, Comparator.comparingInt(Job::priority));
        jobs.putNowait(new Job(5, "tidy up"));
        jobs.putNowait(new Job(1, "put the fire out"));
        print(jobs.getNowait().what());
        // @end
        assertThat(printed).containsExactly("put the fire out");
    }
}
