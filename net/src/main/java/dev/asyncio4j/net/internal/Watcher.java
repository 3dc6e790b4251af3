package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.internal.Readiness.Direction;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells the raw thread whenever a channel of {@code java.nio} is ready in one direction.
 *
 * <p><b>Threads.</b> The loop's own; {@link #want} on the raw thread, {@link #leave} not.
 */
final class Watcher {
    /*
     * Readiness is asked in a callback: it wakes a selector, for which a coroutine may have to wait. So what is wanted and
     * what is being watched are two things, and adjust() brings the second in line with the first. A channel that is watched
     * must not be closed: the selecting thread would report that it cannot watch it.
     */

    private final Crossing crossing;
    private final SelectableChannel channel;
    private final Direction direction;

    private @Nullable Runnable ready;
    private boolean wanted;
    private boolean watched;
    private boolean adjusting; // adjust() is on its way
    private boolean left;
    private @Nullable IOException failure;

    Watcher(Crossing crossing, SelectableChannel channel, Direction direction) {
        this.crossing = crossing;
        this.channel = channel;
        this.direction = direction;
    }

    void onReady(Runnable heard) {
        ready = heard;
    }

    void want(boolean now) {
        wanted = now;
        if (wanted != watched && !adjusting && !crossing.isLoopClosed()) {
            adjusting = true;
            crossing.toCallback(this::adjust);
        }
    }

    private void adjust() {
        adjusting = false;
        if (left || wanted == watched) {
            return;
        }
        watched = wanted;
        if (!watched) {
            Readiness.remove(crossing.loop(), channel, direction);
            return;
        }
        try {
            Readiness.add(crossing.loop(), channel, direction, this::report);
        } catch (IOException e) {
            failure = e;
            report();
        }
    }

    private void report() {
        if (wanted && !left) {
            crossing.toRaw(Objects.requireNonNull(ready));
        }
    }

    /** Lets go of the channel, which can then be closed. In a callback, or when the loop is closed. */
    void leave() {
        left = true;
        if (watched && !crossing.isLoopClosed()) {
            watched = false;
            Readiness.remove(crossing.loop(), channel, direction);
        }
    }

    /** Throws why the channel cannot be watched, if it cannot. */
    void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
