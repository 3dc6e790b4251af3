package dev.asyncio4j.testing;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.RunOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a program in virtual time, with the checks at its end. */
final class VirtualRun {

    private final VirtualTimeOptions options;

    /** Made by the thread that runs the loop, read when it has ended. */
    private @Nullable VirtualTimeLoop loop;

    VirtualRun(VirtualTimeOptions options) {
        this.options = options;
    }

    <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T, X> main) throws X {
        T result;
        try {
            result = Asyncio.run(() -> runChecked(main), RunOptions.DEFAULT.withLoopFactory(this::newLoop));
        } catch (Throwable e) {
            addUnhandled(e);
            throw e;
        }
        throwUnhandled();
        return result;
    }

    private VirtualTimeLoop newLoop() {
        var made = new VirtualTimeLoop(options);
        loop = made;
        return made;
    }

    private <T extends @Nullable Object, X extends Throwable> T runChecked(Coroutine<T, X> main) throws X {
        T result = main.run();
        VirtualTimeLoop running = loop;
        if (running != null && !options.allowsPendingTasks()) {
            running.checkNothingPending(Asyncio.currentTask().orElseThrow());
        }
        return result;
    }

    private void addUnhandled(Throwable thrown) {
        List<ExceptionContext> contexts = unhandled();
        if (!contexts.isEmpty()) {
            thrown.addSuppressed(UnhandledError.of(contexts));
        }
    }

    private void throwUnhandled() {
        List<ExceptionContext> contexts = unhandled();
        if (!contexts.isEmpty()) {
            throw UnhandledError.of(contexts);
        }
    }

    private List<ExceptionContext> unhandled() {
        return loop == null ? List.of() : loop.unhandled();
    }
}
