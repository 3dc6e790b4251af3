package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.getRunningLoop;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.Future;
import dev.asyncio4j.LoopOptions;
import dev.asyncio4j.RunOptions;
import dev.asyncio4j.Task;
import dev.asyncio4j.spi.Clock;
import dev.asyncio4j.spi.IoDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A scene on a loop whose time moves to the next timer when nothing can run, with a trail of what happened. */
final class Scene {

    /** What tasks of a scene throw on purpose. */
    static final class Boom extends Exception {
        private static final long serialVersionUID = 1L;

        Boom(String message) {
            super(message);
        }
    }

    private final List<String> trail = new ArrayList<>();

    static void play(Action<?> body) {
        try {
            Asyncio.run(body.asCoroutine(), RunOptions.DEFAULT.withLoopFactory(Scene::newLoop));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("the scene failed", e);
        }
    }

    private static BaseEventLoop newLoop() {
        var time = new VirtualTime();
        return new BaseEventLoop(LoopOptions.DEFAULT.withClock(time).withDriver(time));
    }

    /** Lets everything that is ready run, some times. */
    static void turns(int count) {
        for (int i = 0; i < count; i++) {
            Asyncio.sleep(Duration.ZERO);
        }
    }

    static <T> T after(int turns, T value) {
        turns(turns);
        return value;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // so that it fits where any value is expected
    static <T> T failAfter(int turns, String message) throws Boom {
        turns(turns);
        throw new Boom(message);
    }

    /** Waits until cancelled; says so on the trail, and cleans up for some turns. */
    void untilCancelled(String name, int cleanupTurns) {
        say(name + " starts");
        try {
            getRunningLoop().createFuture().await();
        } catch (CancelledError e) {
            say(name + " cancelled" + (e.getMessage() == null ? "" : " " + e.getMessage()));
            turns(cleanupTurns);
            throw e;
        } finally {
            say(name + " ends");
        }
    }

    /** Starts a task that the scene holds, and lets it run to its first wait. */
    static <T> Task<T> begun(Coroutine<T, ?> body) {
        Task<T> task = Asyncio.createTask(body);
        turns(1);
        return task;
    }

    void say(String step) {
        trail.add(step);
    }

    List<String> trail() {
        return trail;
    }

    static List<String> names(Collection<? extends Future<?>> futures) {
        return futures.stream().map(future -> ((Task<?>) future).name()).toList();
    }

    private static final class VirtualTime implements Clock, IoDriver {

        private volatile boolean woken;
        private volatile Thread sleeper;
        private long nowNanos;

        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public void poll(long timeoutNanos) {
            if (timeoutNanos != FOREVER) {
                nowNanos += timeoutNanos;
                return;
            }
            sleeper = Thread.currentThread();
            while (!woken && !Thread.currentThread().isInterrupted()) {
                LockSupport.park(this);
            }
            woken = false;
        }

        @Override
        public void wakeup() {
            woken = true;
            LockSupport.unpark(sleeper);
        }

        @Override
        public void close() {}
    }
}
