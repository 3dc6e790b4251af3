package dev.asyncio4j.jcstress;

import org.jspecify.annotations.Nullable;

/** For twins: a future that looks before it leaps, so that two can end it, and each believes to have been the first. */
final class RacyFuture {

    private volatile @Nullable String outcome;

    boolean end(String how) {
        if (outcome != null) {
            return false;
        }
        Loops.dawdle();
        outcome = how;
        return true;
    }

    @Nullable
    String outcome() {
        return outcome;
    }
}
