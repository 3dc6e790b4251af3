package dev.asyncio4j;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The values that {@link ContextVar}s have for one task, callback or thread.
 *
 * <p>A task gets a copy of its creator's context, a callback a copy of its scheduler's, unless a context is given.
 * Copying takes constant time.
 *
 * <p><b>Threads.</b> Not safe for use by several threads at once.
 */
public final class Context {

    /** The context of a thread that runs no loop. Holds nothing until such a thread sets a variable. */
    private static final ThreadLocal<Context> OF_THREAD = ThreadLocal.withInitial(Context::new);

    /** Never changed in place, so that copies can share it. */
    private Map<ContextVar<?>, Object> values;

    private boolean entered;

    /** Makes an empty context. */
    public Context() {
        this(Map.of());
    }

    private Context(Map<ContextVar<?>, Object> values) {
        this.values = values;
    }

    /** The context of whatever runs now: a task, a callback, or a thread without a loop. */
    static Context current() {
        BaseEventLoop loop = BaseEventLoop.currentOrNull();
        return loop != null ? loop.currentContext() : OF_THREAD.get();
    }

    /**
     * Copies this context.
     *
     * @return a new context with the same values
     */
    public Context copy() {
        return new Context(values);
    }

    /**
     * Runs a body in this context, on the calling thread or in the calling task.
     *
     * @param <T> the type of the result
     * @param body what to run
     * @return what the body returns
     * @throws Exception whatever the body throws
     * @throws IllegalStateException if this context has been entered and not left
     */
    public <T extends @Nullable Object> T run(Callable<T> body) throws Exception {
        if (entered || current() == this) {
            throw new IllegalStateException("this context has been entered already; enter a copy() of it");
        }
        Context outer = exchange(this);
        boolean outerEntered = outer.entered;
        outer.entered = true;
        entered = true;
        try {
            return body.call();
        } finally {
            entered = false;
            outer.entered = outerEntered;
            exchange(outer);
        }
    }

    private static Context exchange(Context next) {
        BaseEventLoop loop = BaseEventLoop.currentOrNull();
        if (loop != null) {
            return loop.exchangeContext(next);
        }
        Context before = OF_THREAD.get();
        OF_THREAD.set(next);
        return before;
    }

    /**
     * Returns the value of a variable in this context.
     *
     * @param <T> the variable's type
     * @param variable the variable
     * @return its value here, or empty if it has none; its default is not looked at
     */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> get(ContextVar<T> variable) {
        return Optional.ofNullable((T) values.get(variable));
    }

    /**
     * Tells whether a variable has a value in this context.
     *
     * @param variable the variable
     * @return true if it was set here or in a context that this is a copy of
     */
    public boolean contains(ContextVar<?> variable) {
        return values.containsKey(variable);
    }

    /**
     * Returns all values.
     *
     * @return an unmodifiable map of the values now
     */
    public Map<ContextVar<?>, Object> asMap() {
        return values;
    }

    /** Gives a variable a value, or none if it is null. */
    void put(ContextVar<?> variable, @Nullable Object value) {
        var changed = new java.util.HashMap<>(values);
        if (value == null) {
            changed.remove(variable);
        } else {
            changed.put(variable, value);
        }
        values = Map.copyOf(changed);
    }

    @Override
    public String toString() {
        return "Context" + values;
    }
}
