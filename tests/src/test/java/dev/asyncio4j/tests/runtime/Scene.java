package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Plays a scene on a platform thread of its own, with a limit.
 *
 * <p>A loop that is dead answers no interrupt, so the scene is left behind then, and every stack is told.
 */
final class Scene {

    /** Far more than any scene takes: it only tells a slow machine from a dead loop. */
    private static final long LIMIT_SECONDS = Long.getLong("asyncio4j.scene.seconds", 60);

    private Scene() {}

    /** Runs a coroutine in a loop of its own. */
    static void run(Action<Exception> main) throws Exception {
        play(() -> {
            Asyncio.run(main);
            return true;
        });
    }

    static <T> T play(Callable<T> scene) throws Exception {
        return play(LIMIT_SECONDS, scene);
    }

    static <T> T play(long limitSeconds, Callable<T> scene) throws Exception {
        var outcome = new FutureTask<>(scene);
        Thread.ofPlatform().daemon().name("scene").start(outcome);
        try {
            return outcome.get(limitSeconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw asThrown(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the scene did not end within " + limitSeconds + " s\n" + stacks(), e);
        }
    }

    /** Does what is to fail, and keeps what it throws to itself. */
    static void fail(ThrowingCallable deed) {
        assertThat(catchThrowable(deed)).isNotNull();
    }

    private static Exception asThrown(Throwable thrown) {
        return switch (thrown) {
            case Exception exception -> exception;
            case Error error -> throw error;
            default -> throw new AssertionError(thrown);
        };
    }

    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getValue().length > 0)
                .map(Scene::stack)
                .collect(Collectors.joining("\n"));
    }

    private static String stack(Map.Entry<Thread, StackTraceElement[]> entry) {
        return entry.getKey() + " " + entry.getKey().getState() + "\n\tat "
                + Arrays.stream(entry.getValue()).map(String::valueOf).collect(Collectors.joining("\n\tat "));
    }
}
