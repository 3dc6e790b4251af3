package dev.asyncio4j.benchmarks.jmh;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One suspend-and-resume of a task, beside the same of a virtual thread on a loop that can do nothing else. The aim is at
 * most one and a half times the bare one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 50, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgs = {
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseParallelGC",
            "-Xms1g",
            "-Xmx1g"
        })
@State(Scope.Thread)
public class SuspendResume {

    private static final int OPERATIONS = 10_000;

    /** How many tasks take turns: with one, each suspension is a whole iteration of the loop. */
    @Param({"1", "1000"})
    private int tasks;

    private final BareLoop bare = new BareLoop();

    @SuppressWarnings("NullAway.Init") // set before each trial
    private BaseEventLoop loop;

    /** Makes the loop. */
    @Setup
    public void openLoop() {
        loop = new BaseEventLoop();
    }

    /** Closes the loop. */
    @TearDown
    public void closeLoop() {
        loop.close();
    }

    /** Tasks that let the others run. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void sleepZero() {
        loop.runUntilComplete(inTasks(() -> Asyncio.sleep(Duration.ZERO)));
    }

    /** Tasks that wait for a future, each completed by a callback. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void awaitFuture() {
        loop.runUntilComplete(inTasks(() -> {
            Future<Boolean> future = loop.createFuture();
            loop.callSoon(() -> future.setResult(true));
            future.await();
        }));
    }

    private Coroutine<Object, RuntimeException> inTasks(Runnable operation) {
        return () -> {
            var started = new ArrayList<Future<?>>();
            for (int i = 0; i < tasks; i++) {
                started.add(loop.createTask(() -> repeat(operation)));
            }
            started.forEach(Future::await);
            return started;
        };
    }

    /** Virtual threads that let the others run. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void bareYield() {
        for (int i = 0; i < tasks; i++) {
            bare.newThread(() -> repeat(Thread::yield)).start();
        }
        bare.drain();
    }

    /** Virtual threads that park, each unparked by a callback. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public void bareParkUnpark() {
        for (int i = 0; i < tasks; i++) {
            bare.newThread(() -> repeat(() -> {
                        Thread me = Thread.currentThread();
                        bare.callSoon(() -> LockSupport.unpark(me));
                        LockSupport.park();
                    }))
                    .start();
        }
        bare.drain();
    }

    private void repeat(Runnable operation) {
        for (int i = 0; i < OPERATIONS / tasks; i++) {
            operation.run();
        }
    }
}
