package dev.asyncio4j;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Locale;
import java.util.function.Predicate;

/** Knows the many shapes in which Java libraries report that their thread was interrupted. */
final class Interrupts {

    /** Longer cause chains are not followed. */
    private static final int DEPTH = 32;

    private Interrupts() {}

    /** Whether an exception says itself that an interrupt is behind it. */
    static boolean causedBy(Throwable thrown) {
        return isInChain(thrown, Interrupts::isInterrupt);
    }

    /**
     * Whether an exception may follow from an interrupt that was sent: drivers find their connection closed by it and say
     * only that.
     */
    static boolean mayFollow(Throwable thrown) {
        return isInChain(thrown, e -> e instanceof Exception && !(e instanceof RuntimeException));
    }

    private static boolean isInChain(Throwable thrown, Predicate<Throwable> condition) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (condition.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isInterrupt(Throwable e) {
        return e instanceof InterruptedException
                || e instanceof ClosedByInterruptException
                || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException))
                || saysClosedByInterrupt(e.getMessage());
    }

    private static boolean saysClosedByInterrupt(@org.jspecify.annotations.Nullable String message) {
        return message != null && message.toLowerCase(Locale.ROOT).contains("closed by interrupt");
    }
}
