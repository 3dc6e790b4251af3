package dev.asyncio4j;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The generators of one loop whose bodies have begun and not ended: to be closed when nobody can iterate them any more, and
 * when the loop ends (AG-8, AG-9).
 *
 * <p><b>Threads.</b> Loop thread only.
 */
final class LiveGenerators {

    private static final class Handle extends PhantomReference<AsyncGenerator<?>> {
        final GeneratorRun<?> run;

        Handle(AsyncGenerator<?> generator, GeneratorRun<?> run, ReferenceQueue<AsyncGenerator<?>> collected) {
            super(generator, collected);
            this.run = run;
        }
    }

    private final BaseEventLoop loop;
    private final ReferenceQueue<AsyncGenerator<?>> collected = new ReferenceQueue<>();
    private final Set<Handle> handles = new HashSet<>();
    private final Set<GeneratorRun<?>> live = new LinkedHashSet<>();

    LiveGenerators(BaseEventLoop loop) {
        this.loop = loop;
    }

    void watch(AsyncGenerator<?> generator, GeneratorRun<?> run) {
        handles.add(new Handle(generator, run, collected));
    }

    void began(GeneratorRun<?> run) {
        live.add(run);
    }

    void ended(GeneratorRun<?> run) {
        live.remove(run);
    }

    /** Starts a task for each generator that was abandoned, to close it. Called once an iteration. */
    void closeCollected() {
        if (handles.isEmpty()) {
            return;
        }
        for (Reference<?> next = collected.poll(); next != null; next = collected.poll()) {
            Handle handle = (Handle) next;
            handles.remove(handle);
            if (!handle.run.isUnstarted() && !handle.run.isFinished()) {
                loop.onCallbackFiber(() -> loop.createTask(() -> closeReporting(handle.run)));
            }
        }
    }

    /** Closes all, side by side, and waits for that; what goes wrong is reported. */
    void shutdown() {
        var ending = new ArrayList<Task<?>>();
        for (GeneratorRun<?> run : List.copyOf(live)) {
            ending.add(loop.createTask(() -> closeReporting(run)));
        }
        if (!ending.isEmpty()) {
            Asyncio.gatherOutcomes(ending);
        }
    }

    boolean isEmpty() {
        return live.isEmpty();
    }

    /** Has every body that is suspended at a yield begin to end, in a task each: the loop is being closed. */
    void beginUnwinding() {
        for (GeneratorRun<?> run : List.copyOf(live)) {
            if (run.isSuspended()) {
                Action<RuntimeException> closing = () -> closeReporting(run);
                loop.newTask(closing.asCoroutine(), TaskOptions.DEFAULT)
                        .stepper()
                        .runReady();
            }
        }
    }

    private void closeReporting(GeneratorRun<?> run) {
        try {
            run.close();
        } catch (Exception | LinkageError | AssertionError e) {
            loop.callExceptionHandler(ExceptionContext.of("an error left a generator that was being closed")
                    .with(ExceptionContext.EXCEPTION, e)
                    .with("asyncgen", run.describe()));
        }
    }
}
