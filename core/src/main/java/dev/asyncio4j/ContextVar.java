package dev.asyncio4j;

import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A variable whose value belongs to the task, callback or thread that sets it, and travels to what these start (PEP 567).
 *
 * <p>Tasks inherit neither {@link ThreadLocal}s nor scoped values; this is what travels.
 *
 * {@snippet :
 * static final ContextVar<String> REQUEST = new ContextVar<>("request");
 * }
 *
 * <p><b>Threads.</b> Any; each sees the value of its own context.
 *
 * @param <T> the type of its values, which are never null
 */
public final class ContextVar<T> {

    private final String name;
    private final @Nullable T defaultValue;

    /**
     * Makes a variable without a default.
     *
     * @param name a name for reports
     */
    public ContextVar(String name) {
        this.name = Objects.requireNonNull(name, "name");
        this.defaultValue = null;
    }

    /**
     * Makes a variable with a default.
     *
     * @param name a name for reports
     * @param defaultValue the value where none is set
     */
    public ContextVar(String name, T defaultValue) {
        this.name = Objects.requireNonNull(name, "name");
        this.defaultValue = Objects.requireNonNull(defaultValue, "defaultValue");
    }

    /**
     * Returns the name.
     *
     * @return the name given at construction
     */
    public String name() {
        return name;
    }

    /**
     * Returns the value in the current context.
     *
     * @return the value set, or the default
     * @throws NoSuchElementException if there is neither
     */
    public T get() {
        T value = Context.current().get(this).orElse(defaultValue);
        if (value == null) {
            throw new NoSuchElementException("the context variable " + name
                    + " has no value here and no default; set it first, or use get(fallback)");
        }
        return value;
    }

    /**
     * Returns the value in the current context.
     *
     * @param fallback what to return where none is set; the variable's own default is not looked at
     * @return the value set, or the fallback
     */
    public T get(T fallback) {
        return Context.current().get(this).orElse(fallback);
    }

    /**
     * Sets the value in the current context.
     *
     * @param value the value
     * @return what {@link #reset} needs to restore the value there was before
     */
    public Token<T> set(T value) {
        Objects.requireNonNull(value, "value");
        Context context = Context.current();
        var token = new Token<>(this, context, context.get(this).orElse(null));
        context.put(this, value);
        return token;
    }

    /**
     * Restores the value there was before {@link #set}.
     *
     * @param token what {@code set} returned
     * @throws IllegalArgumentException if the token is another variable's or was made in another context
     * @throws IllegalStateException if the token has been used
     */
    public void reset(Token<T> token) {
        Context context = Context.current();
        token.use(this, context);
        context.put(this, token.before);
    }

    /**
     * Remembers what a variable was before it was set.
     *
     * @param <T> the variable's type
     */
    public static final class Token<T> {

        private final ContextVar<T> variable;
        private final Context context;
        private final @Nullable T before;
        private boolean used;

        Token(ContextVar<T> variable, Context context, @Nullable T before) {
            this.variable = variable;
            this.context = context;
            this.before = before;
        }

        private void use(ContextVar<T> asked, Context current) {
            if (asked != variable || current != context) {
                throw new IllegalArgumentException("this token belongs to " + variable
                        + " as it was set in another context; reset it where it was set");
            }
            if (used) {
                throw new IllegalStateException("this token of " + variable + " has been used already");
            }
            used = true;
        }
    }

    @Override
    public String toString() {
        return "ContextVar " + name;
    }
}
