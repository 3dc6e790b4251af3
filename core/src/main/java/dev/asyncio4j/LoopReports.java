package dev.asyncio4j;

import dev.asyncio4j.internal.coroutine.Carrier;
import dev.asyncio4j.internal.coroutine.FiberRuntime;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a loop says to the outside: exceptions nobody handled, coroutines that hold its thread, how it runs.
 *
 * <p><b>Threads.</b> Logging may block, so it happens on coroutines and on threads of its own, never on the loop's bare
 * thread, and never on the watchdog's.
 */
final class LoopReports implements Carrier.Listener {

    private static final String LOGGER = "asyncio";
    private static final AtomicBoolean RUNTIME_NOTED = new AtomicBoolean();

    private final BaseEventLoop loop;
    private final LongAdder dropped = new LongAdder();

    LoopReports(BaseEventLoop loop) {
        this.loop = loop;
    }

    private static Logger logger() {
        return System.getLogger(LOGGER);
    }

    /** Says once per process when coroutines run portably, and why. */
    static void noteRuntime(FiberRuntime runtime) {
        String shortcoming = runtime.shortcoming();
        if (shortcoming != null && RUNTIME_NOTED.compareAndSet(false, true)) {
            logger().log(
                            Level.INFO,
                            "asyncio4j uses its portable runtime, where a blocking call of the JDK holds the event loop: "
                                    + shortcoming);
        }
    }

    /** Counts a wake-up that came after the loop was closed. */
    void countDropped() {
        dropped.increment();
    }

    /** Tells a handler; if there is none, or it fails, the log (EXC-2, EXC-4). */
    void handle(@Nullable ExceptionHandler handler, ExceptionContext reported) {
        ExceptionContext context = loop.withCreationSite(reported);
        if (handler == null) {
            loop.defaultExceptionHandler(context);
            return;
        }
        try {
            tell(handler, context);
        } catch (ExitError e) {
            throw e;
        } catch (Throwable e) {
            loop.defaultExceptionHandler(ExceptionContext.of("the exception handler itself failed")
                    .with(ExceptionContext.EXCEPTION, e)
                    .with("context", context));
        }
    }

    /** In the context of what failed, if it has one (EXC-3). */
    private void tell(ExceptionHandler handler, ExceptionContext context) throws Exception {
        Context running = context.runningContext();
        if (running == null) {
            handler.handle(loop, context);
            return;
        }
        running.copy().run(() -> {
            handler.handle(loop, context);
            return true;
        });
    }

    void warn(String message) {
        logger().log(Level.WARNING, message);
    }

    void log(ExceptionContext context) {
        var text = new StringBuilder(context.message());
        for (Map.Entry<String, Object> entry : new TreeMap<>(context.asMap()).entrySet()) {
            if (!(entry.getValue() instanceof Throwable) && !entry.getValue().equals(context.message())) {
                text.append("\n  ").append(entry.getKey()).append(": ").append(entry.getValue());
            }
        }
        logger().log(Level.ERROR, text.toString(), context.exception().orElse(null));
    }

    @Override
    public void heldTooLong(String what, boolean blocked, Duration held, StackTraceElement[] stack) {
        String where = stack.length == 0 ? "" : " at " + userFrame(stack);
        String advice = blocked
                ? ", in a blocking call; use toThread, or the native runtime, where such a call holds nothing up"
                : "; let it suspend now and then, or move the work to toThread";
        var trace =
                new HeldLoop(what + " has held the event loop for " + held.toMillis() + " ms" + where + advice, stack);
        Thread.ofPlatform()
                .daemon()
                .name("asyncio4j-report")
                .start(() -> logger().log(Level.WARNING, trace.getMessage(), trace));
    }

    @Override
    public @Nullable Consumer<StackTraceElement[]> closeLook(Duration held) {
        DebugMode debugging = loop.debug();
        return debugging == null ? null : debugging.closeLook(held);
    }

    /** The first frame that is not the JDK's: where the user's code called what blocks. */
    static StackTraceElement userFrame(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String module = frame.getModuleName();
            if (module == null || !module.startsWith("java.")) {
                return frame;
            }
        }
        return stack[0];
    }

    @Override
    public boolean othersAreReady() {
        return loop.othersAreHeldUp();
    }

    /** Carries the stack of the coroutine that holds the loop into the log. */
    private static final class HeldLoop extends Throwable {
        private static final long serialVersionUID = 1L;

        HeldLoop(String message, StackTraceElement[] stack) {
            super(message, null, false, true);
            setStackTrace(stack);
        }
    }
}
