package dev.asyncio4j;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long {@link Asyncio#wait} waits. Immutable; each method returns changed options.
 *
 * {@snippet class="dev.asyncio4j.snippets.SeveralTest" region="wait-within"}
 *
 * @param timeout the time after which it returns in any case, or null for no limit; zero or less lets everything that is
 *     ready run once
 * @param returnWhen what it waits for
 */
public record WaitOptions(@Nullable Duration timeout, ReturnWhen returnWhen) {

    /** No limit, until all have ended. */
    public static final WaitOptions DEFAULT = new WaitOptions(null, ReturnWhen.ALL_COMPLETED);

    /** Checks that there is something to wait for. */
    public WaitOptions {
        Objects.requireNonNull(returnWhen, "returnWhen");
    }

    /**
     * Waits until all have ended, but not longer than some time.
     *
     * @param timeout the time
     * @return options with that limit
     */
    public static WaitOptions within(Duration timeout) {
        return DEFAULT.withTimeout(timeout);
    }

    /**
     * Changes the limit.
     *
     * @param newTimeout the time
     * @return changed options
     */
    public WaitOptions withTimeout(Duration newTimeout) {
        return new WaitOptions(Objects.requireNonNull(newTimeout, "timeout"), returnWhen);
    }

    /**
     * Changes what is waited for.
     *
     * @param newReturnWhen when to return
     * @return changed options
     */
    public WaitOptions withReturnWhen(ReturnWhen newReturnWhen) {
        return new WaitOptions(timeout, newReturnWhen);
    }
}
