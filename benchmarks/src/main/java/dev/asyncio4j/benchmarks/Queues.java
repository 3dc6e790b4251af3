package dev.asyncio4j.benchmarks;

import static dev.asyncio4j.Asyncio.createTask;

import dev.asyncio4j.sync.Queue;

/** One task puts, another gets. */
final class Queues {

    private Queues() {}

    static void one(int count) {
        handOver(count, new Queue<>(1));
    }

    static void hundred(int count) {
        handOver(count, new Queue<>(100));
    }

    private static void handOver(int count, Queue<Integer> queue) {
        var producer = createTask(() -> {
            for (var i = 0; i < count; i++) {
                queue.put(i);
            }
        });
        for (var i = 0; i < count; i++) {
            queue.get();
        }
        producer.await();
    }
}
