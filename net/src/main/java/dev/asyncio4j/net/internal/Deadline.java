package dev.asyncio4j.net.internal;

/**
 * A deadline that changes as seldom as it can.
 *
 * <p>Netty's epoll handler sets a timer descriptor whenever the deadline it is told differs from the one before, which for
 * "now and the timeout" is on every turn: a system call as dear as the wait itself. So an armed deadline is kept as long as
 * it lies ahead and not after the wanted one. Waking too early costs one turn per armed deadline; a timer that is moved back
 * with every request, as idle timeouts are, costs none.
 *
 * <p><b>Threads.</b> The loop's raw thread only.
 */
final class Deadline {

    /** No deadline. Times are never negative. */
    static final long NONE = -1;

    private long armed = NONE;

    /**
     * Makes sure that the deadline is not after the wanted one.
     *
     * @param now the time
     * @param wanted when to wake at the latest, or {@link #NONE}
     * @return the deadline that now holds
     */
    long arm(long now, long wanted) {
        var passed = armed == NONE || armed <= now;
        if (passed || (wanted != NONE && wanted < armed)) {
            armed = wanted;
        }
        return armed;
    }

    /** Returns the deadline that holds. */
    long armed() {
        return armed;
    }
}
