package dev.asyncio4j;

import dev.asyncio4j.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a loop does more in debug mode: it remembers where tasks and handles were made, and warns of steps that take long.
 *
 * <p>Switched on by {@link EventLoop#setDebug}, the system property {@code asyncio4j.debug} or the environment variable
 * {@code ASYNCIO4J_DEBUG}.
 *
 * <p><b>Threads.</b> Loop thread only, but for {@link #closeLook}.
 */
final class DebugMode {

    /** How many frames of a creation are kept. */
    private static final int FRAMES = 10;

    /** The key under which a report says where its task or future was made (EXC-2). */
    static final String SOURCE = "source_traceback";

    private static final StackWalker WALKER = StackWalker.getInstance();

    private final BaseEventLoop loop;
    private final Map<Object, List<StackTraceElement>> creationSites = new WeakHashMap<>();

    /** Written by the loop's thread, read by the watchdog's. */
    private volatile @Nullable Turn current;

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
        var turn = new Turn(loop.slowCallbackDuration());
        current = turn;
        long begin = Clock.SYSTEM.nanoTime();
        entry.runReady();
        Duration took = Duration.ofNanos(Clock.SYSTEM.nanoTime() - begin);
        current = null;
        if (took.compareTo(turn.limit) >= 0) {
            loop.warnSoon(() ->
                    "a step of " + entry.describeTurn() + " took " + took.toMillis() + " ms" + turn.whereItWasSeen());
        }
    }

    /** The watchdog's thread, which looks a few times while a step is getting late. */
    @Nullable
    Consumer<StackTraceElement[]> closeLook(Duration held) {
        Turn turn = current;
        return turn != null && turn.isGettingLate(held) ? stack -> turn.seen(held, stack) : null;
    }

    /** A turn under way. */
    private static final class Turn {

        private final Duration limit;

        /** The last that the watchdog saw of it. Written by its thread, read by any. */
        private volatile StackTraceElement[] stack = {};

        /** The watchdog's thread only. */
        private boolean seenLate;

        Turn(Duration limit) {
            this.limit = limit;
        }

        /** From half the limit on, until one look came when it was over. */
        boolean isGettingLate(Duration held) {
            return !seenLate && held.multipliedBy(2).compareTo(limit) >= 0;
        }

        void seen(Duration held, StackTraceElement[] now) {
            stack = now;
            seenLate = held.compareTo(limit) >= 0;
        }

        String whereItWasSeen() {
            StackTraceElement[] seen = stack;
            return seen.length == 0 ? "" : "; it was seen at " + LoopReports.userFrame(seen);
        }
    }
}
