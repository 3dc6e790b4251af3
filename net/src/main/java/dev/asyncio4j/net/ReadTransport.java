package dev.asyncio4j.net;

/**
 * The receiving side of a transport, as far as a {@link StreamReader} needs it.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
public interface ReadTransport {

    /** Takes nothing from the peer until {@link #resumeReading}. Does nothing if it does so already (TR-9). */
    void pauseReading();

    /** Undoes {@link #pauseReading}. */
    void resumeReading();
}
