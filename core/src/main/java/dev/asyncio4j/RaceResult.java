package dev.asyncio4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link Asyncio#staggeredRace} ended.
 *
 * @param <T> what the attempts return
 * @param result what the winner returned; null also if nobody won
 * @param index which attempt won, from 0, or -1 if none did
 * @param exceptions for each attempt that was started what it threw, a {@link CancelledError} if the race was over for it,
 *     or null for the winner
 */
public record RaceResult<T extends @Nullable Object>(
        @Nullable T result, int index, List<@Nullable Throwable> exceptions) {

    /**
     * Tells whether an attempt succeeded.
     *
     * @return false if all failed, or there was none
     */
    public boolean won() {
        return index >= 0;
    }
}
