package dev.asyncio4j;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an exception handler is told (EXC-1): a message and whatever else is known, by name. Immutable.
 *
 * <p>New names may come with new versions; a handler ignores those it does not know.
 */
public final class ExceptionContext {

    /** The name of the exception that was not handled. */
    public static final String EXCEPTION = "exception";

    /** The name of the future concerned. */
    public static final String FUTURE = "future";

    /** The name of the task concerned. */
    public static final String TASK = "task";

    /** The name of the handle whose callback failed. */
    public static final String HANDLE = "handle";

    private static final String MESSAGE = "message";

    private final Map<String, Object> entries;

    private ExceptionContext(Map<String, Object> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Makes a context with a message and nothing else.
     *
     * @param message what happened
     * @return a new context
     */
    public static ExceptionContext of(String message) {
        return new ExceptionContext(new LinkedHashMap<>(Map.of(MESSAGE, message)));
    }

    /**
     * Adds an entry.
     *
     * @param name its name, such as {@link #TASK}
     * @param value what is known
     * @return a larger context
     */
    public ExceptionContext with(String name, Object value) {
        var larger = new LinkedHashMap<>(entries);
        larger.put(name, value);
        return new ExceptionContext(larger);
    }

    /**
     * Returns what happened.
     *
     * @return the message
     */
    public String message() {
        return String.valueOf(entries.get(MESSAGE));
    }

    /**
     * Returns the exception that was not handled.
     *
     * @return the exception, if there was one
     */
    public Optional<Throwable> exception() {
        return get(EXCEPTION, Throwable.class);
    }

    /**
     * Returns an entry.
     *
     * @param <T> its type
     * @param name its name
     * @param type its class
     * @return the entry, or empty if there is none of that name and type
     */
    public <T> Optional<T> get(String name, Class<T> type) {
        return Optional.ofNullable(entries.get(name)).filter(type::isInstance).map(type::cast);
    }

    /**
     * Returns everything.
     *
     * @return all entries by name, {@code message} first, the others as they were added
     */
    public Map<String, Object> asMap() {
        return entries;
    }

    /** The context that the task, future or handle concerned runs in (EXC-3). */
    @Nullable
    Context runningContext() {
        if (entries.get(TASK) instanceof Task<?> task) {
            return task.context();
        }
        if (entries.get(FUTURE) instanceof Task<?> task) {
            return task.context();
        }
        return entries.get(HANDLE) instanceof Handle handle ? handle.context() : null;
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
