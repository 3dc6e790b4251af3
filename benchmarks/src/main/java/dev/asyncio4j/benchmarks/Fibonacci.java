package dev.asyncio4j.benchmarks;

/** pyperformance's coroutines: fibonacci(25), every call a coroutine. A coroutine that need not wait is a method call. */
final class Fibonacci {

    /** Keeps the compiler from dropping the work. */
    @SuppressWarnings("UnusedVariable")
    private static int sink;

    private Fibonacci() {}

    static void run(int count) {
        for (var i = 0; i < count; i++) {
            sink += fibonacci(25);
        }
    }

    private static int fibonacci(int n) {
        return n <= 1 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }
}
