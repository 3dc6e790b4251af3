package dev.asyncio4j;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stacks of suspended coroutines, without the frames that switch stacks. */
final class Stacks {

    private static final Set<String> SWITCHING = Set.of(
            "java.lang.VirtualThread",
            "java.lang.VirtualThread$VThreadContinuation$1",
            "java.lang.System$1",
            "java.util.concurrent.locks.LockSupport",
            "jdk.internal.vm.Continuation",
            Stepper.class.getName(),
            GeneratorRun.class.getName(),
            BaseEventLoop.class.getName());

    private static final String FIBERS = "dev.asyncio4j.internal.coroutine.";

    private Stacks() {}

    /** To be called on the loop's own thread: a stack taken by another disturbs the thread it is taken of. */
    static StackTraceElement[] of(@Nullable Thread thread) {
        if (thread == null) {
            return new StackTraceElement[0];
        }
        return Arrays.stream(thread.getStackTrace())
                .filter(frame -> !isSwitching(frame.getClassName()))
                .toArray(StackTraceElement[]::new);
    }

    private static boolean isSwitching(String className) {
        return SWITCHING.contains(className) || className.startsWith(FIBERS);
    }
}
