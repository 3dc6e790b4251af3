package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/**
 * How to make a task. Immutable; each method returns changed options.
 *
 * {@snippet :
 * createTask(() -> work(), TaskOptions.named("worker"));
 * }
 *
 * @param name the task's name, or null for {@code Task-} and a number
 * @param context the context to run in, shared and not copied, or null for a copy of the creator's
 * @param eager whether the task runs at once, to its first wait, before its creator goes on (EAG-1); null leaves it to the
 *     loop's task factory
 */
public record TaskOptions(
        @Nullable String name,
        @Nullable Context context,
        @Nullable Boolean eager) {

    /** A numbered name, a copy of the creator's context, no eager start. */
    public static final TaskOptions DEFAULT = new TaskOptions(null, null, null);

    /**
     * Names a task.
     *
     * @param name the name
     * @return options with that name
     */
    public static TaskOptions named(String name) {
        return DEFAULT.withName(name);
    }

    /**
     * Changes the name.
     *
     * @param newName the name
     * @return changed options
     */
    public TaskOptions withName(String newName) {
        return new TaskOptions(newName, context, eager);
    }

    /**
     * Changes the context.
     *
     * @param newContext the context, which the task will share
     * @return changed options
     */
    public TaskOptions withContext(Context newContext) {
        return new TaskOptions(name, newContext, eager);
    }

    /**
     * Decides whether the task starts eagerly.
     *
     * @param startsAtOnce true to run it to its first wait before its creator goes on
     * @return changed options
     */
    public TaskOptions withEagerStart(boolean startsAtOnce) {
        return new TaskOptions(name, context, startsAtOnce);
    }
}
