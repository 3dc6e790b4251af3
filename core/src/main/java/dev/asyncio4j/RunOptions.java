package dev.asyncio4j;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How to run a program. Immutable; each method returns changed options.
 *
 * @param debug whether the loop is in debug mode, or null to leave that to the loop
 * @param loopFactory makes the loop, or null for {@link Asyncio#newEventLoop}
 */
public record RunOptions(@Nullable Boolean debug, @Nullable Supplier<? extends EventLoop> loopFactory) {

    /** The loop's own debug mode, the best loop. */
    public static final RunOptions DEFAULT = new RunOptions(null, null);

    /**
     * Decides on the debug mode.
     *
     * @param enabled true to switch it on
     * @return changed options
     */
    public RunOptions withDebug(boolean enabled) {
        return new RunOptions(enabled, loopFactory);
    }

    /**
     * Chooses the loop.
     *
     * @param factory makes the loop; called once
     * @return changed options
     */
    public RunOptions withLoopFactory(Supplier<? extends EventLoop> factory) {
        return new RunOptions(debug, factory);
    }
}
