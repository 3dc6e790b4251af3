package dev.asyncio4j.testing;

import dev.asyncio4j.ExceptionContext;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells that exceptions reached the loop's exception handler: outside a test they would have been logged and forgotten.
 *
 * <p>The first of them is the cause, the others are suppressed.
 */
public final class UnhandledError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private UnhandledError(String message) {
        super(message);
    }

    static UnhandledError of(List<ExceptionContext> contexts) {
        var error = new UnhandledError(contexts.stream()
                .map(UnhandledError::describe)
                .collect(Collectors.joining("\n  ", "the loop's exception handler was told:\n  ", "")));
        List<Throwable> exceptions = contexts.stream()
                .flatMap(context -> context.exception().stream())
                .toList();
        exceptions.stream().limit(1).forEach(error::initCause);
        exceptions.stream().skip(1).forEach(error::addSuppressed);
        return error;
    }

    private static String describe(ExceptionContext context) {
        return context.message()
                + context.get(ExceptionContext.TASK, Object.class)
                        .map(task -> " in " + task)
                        .orElse("")
                + context.exception().map(e -> ": " + e).orElse("");
    }
}
