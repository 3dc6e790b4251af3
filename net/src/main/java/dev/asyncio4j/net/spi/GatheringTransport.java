package dev.asyncio4j.net.spi;

import org.jspecify.annotations.Nullable;

/**
 * The part of a transport that is the same wherever its bytes go: it notes what is asked of it, and carries that over once,
 * when the loop's batch ends.
 *
 * <p><b>Threads.</b> The loop's own, coroutines included; {@link #carryOver} runs on the bare thread.
 */
public abstract class GatheringTransport implements EngineTransport {

    /** Counts what waits to be sent. */
    protected final WaterMarks marks = new WaterMarks();

    /** Nothing is to be taken from the peer. */
    protected boolean readingPaused;

    /** What was written is still sent, and nothing more. */
    protected boolean closing;

    /** What was written is dropped. */
    protected boolean aborting;

    /** The end: the listener has been told, or nobody listens. */
    protected boolean lost;

    /** What went wrong first. */
    protected @Nullable Throwable failure;

    private final Runnable turn = this::takeTurn;
    private boolean submitted;

    /** Begins open, with nothing asked. */
    protected GatheringTransport() {}

    /**
     * Has something run on the bare thread when the loop's batch ends.
     *
     * @param carrying is to run once
     */
    protected abstract void runAfterBatch(Runnable carrying);

    /** Carries over what was asked for since the last time. On the bare thread, and not once this is lost. */
    protected abstract void carryOver();

    /** Tells the listener that writing pauses. */
    protected abstract void pauseWriting();

    /** Asks for a {@link #carryOver}: one for each batch, however often this is called. */
    protected final void submit() {
        if (!submitted && !lost) {
            submitted = true;
            runAfterBatch(turn);
        }
    }

    private void takeTurn() {
        submitted = false;
        if (!lost) {
            carryOver();
        }
    }

    /**
     * Counts what was written and pauses writing if that was too much.
     *
     * @param bytes how many
     */
    protected final void wrote(long bytes) {
        marks.add(bytes);
        submit();
        pauseIfFull();
    }

    private void pauseIfFull() {
        if (marks.beginPause()) {
            pauseWriting();
        }
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            submit();
        }
    }

    @Override
    public final void abort(@Nullable Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        closing = true;
        aborting = true;
        submit();
    }

    @Override
    public final void pauseReading() {
        readingPaused = true;
        submit();
    }

    @Override
    public final void resumeReading() {
        readingPaused = false;
        submit();
    }

    /**
     * Tells whether bytes are taken from the peer.
     *
     * @return false when paused or closing
     */
    public final boolean isReading() {
        return !readingPaused && !isClosing();
    }

    @Override
    public final void setWriteBufferLimits(int high, int low) {
        marks.setLimits(high, low);
        pauseIfFull();
    }

    @Override
    public final int highWater() {
        return marks.high();
    }

    @Override
    public final int lowWater() {
        return marks.low();
    }

    @Override
    public final long bufferedBytes() {
        return marks.buffered();
    }

    @Override
    public final boolean isClosing() {
        return closing || lost;
    }
}
