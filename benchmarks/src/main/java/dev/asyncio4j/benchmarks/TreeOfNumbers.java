package dev.asyncio4j.benchmarks;

import dev.asyncio4j.AsyncGenerator;
import org.jspecify.annotations.Nullable;

/** pyperformance's async_generators: walks a balanced tree of 100,000 numbers, with a generator for each node. */
record TreeOfNumbers(
        @Nullable TreeOfNumbers left, int value, @Nullable TreeOfNumbers right) {

    private static final int NUMBERS = 100_000;

    static void run(int count) {
        for (var i = 0; i < count; i++) {
            var sum = 0L;
            for (var number : of(0, NUMBERS).walk()) {
                sum += number;
            }
            if (sum != NUMBERS * (NUMBERS - 1L) / 2) {
                throw new AssertionError("the numbers in the tree add up to " + sum);
            }
        }
    }

    private static TreeOfNumbers of(int from, int to) {
        var middle = (from + to) / 2;
        return new TreeOfNumbers(
                from < middle ? of(from, middle) : null, middle, middle + 1 < to ? of(middle + 1, to) : null);
    }

    private AsyncGenerator<Integer> walk() {
        return AsyncGenerator.of(yielder -> {
            if (left != null) {
                for (var number : left.walk()) {
                    yielder.yield(number);
                }
            }
            yielder.yield(value);
            if (right != null) {
                for (var number : right.walk()) {
                    yielder.yield(number);
                }
            }
        });
    }
}
