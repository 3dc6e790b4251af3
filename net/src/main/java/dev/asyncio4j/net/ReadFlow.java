package dev.asyncio4j.net;

/**
 * Something whose reading can be held up, as far as a {@link StreamReader} needs it.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
public interface ReadFlow {

    /** Takes nothing from the peer until {@link #resumeReading}. Does nothing if it does so already (TR-9). */
    void pauseReading();

    /** Undoes {@link #pauseReading}. Does nothing if it is undone already, or closing (TR-9). */
    void resumeReading();
}
