package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.getRunningLoop;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
            VirtualTime.run(body.asCoroutine());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("the scene failed", e);
        }
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
}
