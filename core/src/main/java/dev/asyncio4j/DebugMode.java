package dev.asyncio4j;

import dev.asyncio4j.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What a loop does more in debug mode: it remembers where tasks and handles were made, and warns of steps that take long.
 *
 * <p>Switched on by {@link EventLoop#setDebug}, the system property {@code asyncio4j.debug} or the environment variable
 * {@code ASYNCIO4J_DEBUG}. Loop thread only.
 */
final class DebugMode {

    /** How many frames of a creation are kept. */
    private static final int FRAMES = 10;

    /** The key under which a report says where its task or future was made (EXC-2). */
    static final String SOURCE = "source_traceback";

    private static final StackWalker WALKER = StackWalker.getInstance();

    private final BaseEventLoop loop;
    private final Map<Object, List<StackTraceElement>> creationSites = new WeakHashMap<>();

    DebugMode(BaseEventLoop loop) {
        this.loop = loop;
    }

    static boolean isOnByDefault() {
        return Boolean.getBoolean("asyncio4j.debug") || System.getenv("ASYNCIO4J_DEBUG") != null;
    }

    void noteCreation(Object created) {
        creationSites.put(
                created,
                WALKER.walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement)
                        .filter(frame -> !isOurs(frame))
                        .limit(FRAMES)
                        .toList()));
    }

    private static boolean isOurs(StackTraceElement frame) {
        String name = frame.getClassName();
        String ours = DebugMode.class.getPackageName();
        return name.startsWith("java.")
                || name.startsWith(ours + ".internal.")
                || (name.startsWith(ours) && name.lastIndexOf('.') == ours.length());
    }

    /** Where something was made, or nothing if that was not noted. */
    List<StackTraceElement> creationSite(Object created) {
        return creationSites.getOrDefault(created, List.of());
    }

    ExceptionContext withCreationSite(ExceptionContext context) {
        for (String key : List.of(ExceptionContext.TASK, ExceptionContext.FUTURE, ExceptionContext.HANDLE)) {
            Object subject = context.asMap().get(key);
            List<StackTraceElement> site = subject == null ? List.of() : creationSite(subject);
            if (!site.isEmpty()) {
                String name = key.equals(ExceptionContext.HANDLE) ? "handle_traceback" : SOURCE;
                return context.with(name, site);
            }
        }
        return context;
    }

    /** Takes a turn and measures it; warns, on a coroutine, when it took long. */
    void runTimed(ReadyEntry entry) {
        long begin = Clock.SYSTEM.nanoTime();
        entry.runReady();
        Duration took = Duration.ofNanos(Clock.SYSTEM.nanoTime() - begin);
        if (took.compareTo(loop.slowCallbackDuration()) >= 0) {
            loop.warnSoon(() -> "a step of " + entry.describeTurn() + " took " + took.toMillis() + " ms");
        }
    }
}
