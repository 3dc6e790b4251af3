package dev.asyncio4j.benchmarks;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.gather;
import static dev.asyncio4j.Asyncio.sleep;

import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** pyperformance's async_tree: six levels of tasks, each waiting for six below it, and a workload in the leaves. */
final class AsyncTree {

    static final Consumer<AsyncTree> NONE = tree -> {};
    static final Consumer<AsyncTree> IO = tree -> callDatabase();
    static final Consumer<AsyncTree> MEMOIZATION = AsyncTree::lookUp;
    static final Consumer<AsyncTree> CPU_IO_MIXED = AsyncTree::computeOrLookUp;

    private static final int LEVELS = 6;
    private static final int BRANCHES = 6;
    private static final Duration IO_TIME = Duration.ofMillis(50);

    private final Consumer<AsyncTree> leaf;
    private final Random random = new Random(0);
    private final Set<Integer> cache = new HashSet<>();
    private boolean taskGroups;

    AsyncTree(Consumer<AsyncTree> leaf) {
        this.leaf = leaf;
    }

    AsyncTree withTaskGroups() {
        taskGroups = true;
        return this;
    }

    void runOften(int count) {
        for (var i = 0; i < count; i++) {
            recurse(LEVELS);
        }
    }

    private void recurse(int level) {
        if (level == 0) {
            leaf.accept(this);
        } else if (taskGroups) {
            TaskGroup.run(group -> {
                for (var i = 0; i < BRANCHES; i++) {
                    group.createTask(() -> recurse(level - 1));
                }
            });
        } else {
            var children = new ArrayList<Task<?>>(BRANCHES);
            for (var i = 0; i < BRANCHES; i++) {
                children.add(createTask(() -> recurse(level - 1)));
            }
            gather(children);
        }
    }

    private static void callDatabase() {
        sleep(IO_TIME);
    }

    private void lookUp() {
        var key = 1 + random.nextInt(100);
        if (key <= 90 && !cache.add(key)) {
            return;
        }
        callDatabase();
    }

    private void computeOrLookUp() {
        if (random.nextDouble() < 0.5) {
            product(1, 500);
        } else {
            lookUp();
        }
    }

    /** first × … × last; with 1 and 500 the factorial of 500, which math.factorial computes in halves too. */
    private static BigInteger product(int first, int last) {
        if (last - first < 8) {
            var small = BigInteger.valueOf(first);
            for (var i = first + 1; i <= last; i++) {
                small = small.multiply(BigInteger.valueOf(i));
            }
            return small;
        }
        var middle = (first + last) >>> 1;
        return product(first, middle).multiply(product(middle + 1, last));
    }
}
