package dev.asyncio4j.testing.net;

import java.time.Duration;
import java.util.Objects;

/**
 * What the way between two ends of a {@link MemoryNetwork} is like. Immutable; each method returns changed conditions.
 *
 * @param latency how long bytes travel, one way; a connect takes twice that
 * @param jitter how much longer it may take at most; what was sent first still arrives first
 * @param mostPerRead how many bytes arrive in one piece at most
 * @param mostPerWrite how many bytes are taken from a sender in one iteration of the loop at most
 * @param window how many bytes each direction holds that were sent and not read
 */
public record LinkConditions(Duration latency, Duration jitter, int mostPerRead, int mostPerWrite, int window) {

    private static final int WINDOW = 64 * 1024;

    /** No latency, pieces as large as the window, which has 64 KiB. */
    public static final LinkConditions DEFAULT =
            new LinkConditions(Duration.ZERO, Duration.ZERO, Integer.MAX_VALUE, Integer.MAX_VALUE, WINDOW);

    /**
     * Makes conditions.
     *
     * @throws IllegalArgumentException if a time is negative, or a number not positive
     */
    public LinkConditions {
        requireNotNegative(latency, "latency");
        requireNotNegative(jitter, "jitter");
        requirePositive(mostPerRead, "mostPerRead");
        requirePositive(mostPerWrite, "mostPerWrite");
        requirePositive(window, "window");
    }

    private static void requireNotNegative(Duration time, String name) {
        if (Objects.requireNonNull(time, name).isNegative()) {
            throw new IllegalArgumentException(name + " cannot be negative and is " + time);
        }
    }

    private static void requirePositive(int number, String name) {
        if (number <= 0) {
            throw new IllegalArgumentException(name + " must be positive and is " + number);
        }
    }

    /**
     * Changes how long bytes travel.
     *
     * @param time one way
     * @return changed conditions
     */
    public LinkConditions withLatency(Duration time) {
        return new LinkConditions(time, jitter, mostPerRead, mostPerWrite, window);
    }

    /**
     * Changes how much the latency varies.
     *
     * @param most the longest addition; each is drawn by the network's seed
     * @return changed conditions
     */
    public LinkConditions withJitter(Duration most) {
        return new LinkConditions(latency, most, mostPerRead, mostPerWrite, window);
    }

    /**
     * Makes reads short.
     *
     * @param bytes how many arrive in one piece at most
     * @return changed conditions
     */
    public LinkConditions withMostPerRead(int bytes) {
        return new LinkConditions(latency, jitter, bytes, mostPerWrite, window);
    }

    /**
     * Makes writes short.
     *
     * @param bytes how many are taken from a sender in one iteration of the loop at most
     * @return changed conditions
     */
    public LinkConditions withMostPerWrite(int bytes) {
        return new LinkConditions(latency, jitter, mostPerRead, bytes, window);
    }

    /**
     * Changes how much each direction holds.
     *
     * @param bytes how many were sent and not read at most
     * @return changed conditions
     */
    public LinkConditions withWindow(int bytes) {
        return new LinkConditions(latency, jitter, mostPerRead, mostPerWrite, bytes);
    }
}
