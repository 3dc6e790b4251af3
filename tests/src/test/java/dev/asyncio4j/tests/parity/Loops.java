package dev.asyncio4j.tests.parity;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.RunOptions;
import dev.asyncio4j.Task;

/** Makes every loop that a twin runs on: the one place that decides on its clock. */
final class Loops {

    private Loops() {}

    /** {@code asyncio.new_event_loop()}. */
    static BaseEventLoop newEventLoop() {
        return new BaseEventLoop();
    }

    /** What {@code Runner} and {@code run} are given, so that they use such a loop. */
    static RunOptions options() {
        return RunOptions.DEFAULT.withLoopFactory(Loops::newEventLoop);
    }

    /** {@code asyncio.run(main())}. */
    static <T, X extends Throwable> T run(Coroutine<T, X> main) throws X {
        return Asyncio.run(main, options());
    }

    /** {@code asyncio.run(main())}. */
    static <X extends Throwable> void run(Action<X> main) throws X {
        Asyncio.run(main.asCoroutine(), options());
    }

    /** {@code await asyncio.get_running_loop().create_future()}: waits for what nobody completes. */
    static void forever() {
        Asyncio.getRunningLoop().createFuture("nothing").await();
    }

    /** {@code asyncio.current_task()}. */
    static Task<?> me() {
        return Asyncio.currentTask().orElseThrow();
    }

    /** How loops run coroutines here: {@code native} or {@code portable}. */
    static String runtimeName() {
        try (var loop = newEventLoop()) {
            return loop.runtimeName();
        }
    }
}
