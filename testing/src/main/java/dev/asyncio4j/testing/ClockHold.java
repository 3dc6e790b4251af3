package dev.asyncio4j.testing;

/**
 * Keeps a virtual clock where it is until it is closed; made by {@link VirtualTime#holdClock}.
 *
 * <p><b>Threads.</b> Any may close it. The second time nothing happens.
 */
public final class ClockHold implements AutoCloseable {

    private final VirtualTimeLoop loop;
    private final String reason;

    ClockHold(VirtualTimeLoop loop, String reason) {
        this.loop = loop;
        this.reason = reason;
    }

    /** Lets the clock go on, unless something else holds it. */
    @Override
    public void close() {
        loop.release(this);
    }

    @Override
    public String toString() {
        return reason;
    }
}
