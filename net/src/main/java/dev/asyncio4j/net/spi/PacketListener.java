package dev.asyncio4j.net.spi;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens on a {@link PacketTransport}.
 *
 * <p>The order of calls is opened, then datagrams and errors, then lost, once each but datagrams and errors; paused and
 * resumed alternate in between.
 *
 * <p><b>Threads.</b> Called on the loop's bare thread, {@link #onPauseWriting} also by whoever sends: complete futures and
 * schedule callbacks only.
 */
public interface PacketListener {

    /**
     * Hears that there is a socket.
     *
     * @param transport the socket
     */
    void onOpened(PacketTransport transport);

    /**
     * Takes a datagram.
     *
     * @param bytes its contents, maybe none; valid during this call only
     * @param sender who sent it
     */
    void onDatagram(ByteBuffer bytes, SocketAddress sender);

    /**
     * Hears that a datagram could not be sent, or that an earlier one did not arrive; the socket lives on (DG-3).
     *
     * @param error what the system says
     */
    void onError(IOException error);

    /** Hears that more than the high-water mark waits to be sent. */
    void onPauseWriting();

    /** Hears that what waits to be sent has shrunk to the low-water mark. */
    void onResumeWriting();

    /**
     * Hears that the socket is closed.
     *
     * @param cause why, or null if it was closed in peace
     */
    void onLost(@Nullable Throwable cause);
}
