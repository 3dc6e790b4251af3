package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncio4j.AsyncGenerator;
import dev.asyncio4j.Asyncio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A generator's body runs on a stack of its own, in the name of the task that iterates: the two are never mixed up. */
class GeneratorRuntimeTest {

    @Test
    void next_inAnAtomicBlock_failsAndLeavesTaskAndGeneratorWhole() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            try (var numbers = AsyncGenerator.<Integer>of(yielder -> {
                trail.add("the body begins");
                yielder.yield(1);
            })) {
                trail.add(catchThrowable(() -> Asyncio.atomically(numbers::next))
                        .getClass()
                        .getSimpleName());
                Asyncio.sleep(Duration.ofMillis(1));
                trail.add("the task goes on");
                trail.add("item " + numbers.next());
            }
        });

        assertThat(trail).hasSize(4).endsWith("the task goes on", "the body begins", "item 1");
    }

    @Tag("native")
    @Test
    void body_blockedInTheJdk_letsOthersRunAndIsReachedByACancel() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var queue = new ArrayBlockingQueue<String>(1);
            var task = Asyncio.createTask(() -> {
                try (var items = AsyncGenerator.<String>of(yielder -> {
                    while (true) {
                        yielder.yield(queue.take());
                    }
                })) {
                    trail.add(items.next());
                    trail.add(items.next());
                }
            });
            Asyncio.sleep(Duration.ofMillis(1));
            trail.add("another runs");
            queue.put("an item");
            Asyncio.sleep(Duration.ofMillis(1));
            task.cancel("enough");
            trail.add(catchThrowable(task::await).getMessage());
        });

        assertThat(trail).containsExactly("another runs", "an item", "enough");
    }

    @Test
    void body_thatOverflowsTheStack_failsItsIterationOnly() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            try (var items = AsyncGenerator.<Integer>of(yielder -> {
                yielder.yield(1);
                trail.add("depth " + depthOfEndlessDescent());
            })) {
                trail.add("item " + items.next());
                trail.add(catchThrowable(items::next).getClass().getSimpleName());
                Asyncio.sleep(Duration.ofMillis(1));
                trail.add("the task goes on");
            }
        });

        assertThat(trail).containsExactly("item 1", "StackOverflowError", "the task goes on");
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static int depthOfEndlessDescent() {
        return 1 + depthOfEndlessDescent();
    }
}
