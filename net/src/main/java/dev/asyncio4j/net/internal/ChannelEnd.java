package dev.asyncio4j.net.internal;

import dev.asyncio4j.net.internal.Readiness.Direction;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One direction of a non-blocking channel of {@code java.nio}. */
abstract class ChannelEnd<C extends SelectableChannel> implements End {
    /*
     * Readiness is asked in a callback: it opens and wakes a selector, for which a coroutine may have to wait. So what is
     * wanted and what is being watched are two things, and adjust() brings the second in line with the first, looking again
     * when it had to wait. A channel that is watched must not be closed: the selecting thread would report that it cannot
     * watch it.
     */

    final Crossing crossing;
    final C channel;
    private final Direction direction;

    private @Nullable Runnable ready;
    private boolean wanted;
    private boolean watched;
    private boolean adjusting; // adjust() is on its way
    private boolean left;
    private @Nullable IOException failure;

    ChannelEnd(Crossing crossing, C channel, Direction direction) {
        this.crossing = crossing;
        this.channel = channel;
        this.direction = direction;
    }

    @Override
    public final void onReady(Runnable heard) {
        ready = heard;
    }

    @Override
    public final void want(boolean now) {
        wanted = now;
        if (wanted != watched && !adjusting && !crossing.isLoopClosed()) {
            adjusting = true;
            crossing.toCallback(this::adjust);
        }
    }

    private void adjust() {
        while (wanted != watched && !left) {
            watched = wanted;
            if (watched) {
                watch();
            } else {
                unwatch();
            }
        }
        adjusting = false;
    }

    private void watch() {
        try {
            Readiness.add(crossing.loop(), channel, direction, this::report);
        } catch (IOException e) {
            failure = e;
            report();
        }
        if (left) { // meanwhile
            unwatch();
        }
    }

    private void unwatch() {
        Readiness.remove(crossing.loop(), channel, direction);
    }

    private void report() {
        if (wanted && !left) {
            crossing.toRaw(Objects.requireNonNull(ready));
        }
    }

    @Override
    public final void leave() {
        left = true;
        if (watched && !crossing.isLoopClosed()) {
            watched = false;
            unwatch();
        }
    }

    @Override
    public final void close() throws IOException {
        channel.close();
    }

    /** Throws why the channel cannot be watched, if it cannot. */
    final void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
