package dev.asyncio4j.net;

import dev.asyncio4j.net.spi.PacketTransport;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that were received and not taken yet. When they are too many, the system keeps the rest, or drops it.
 *
 * <p><b>Threads.</b> The loop's own.
 */
final class PacketInbox {
    private static final int MOST_BYTES = 256 * 1024; // above which the engine stops reading

    private final ArrayDeque<Datagram> datagrams = new ArrayDeque<>(2);
    private @Nullable PacketTransport source;
    private long bytes;
    private boolean heldUp;

    /** Says where the datagrams come from. */
    void of(PacketTransport transport) {
        source = transport;
    }

    boolean isEmpty() {
        return datagrams.isEmpty();
    }

    void add(ByteBuffer contents, SocketAddress sender) {
        var copy = new byte[contents.remaining()];
        contents.get(copy);
        datagrams.add(new Datagram(copy, sender));
        bytes += copy.length + PacketTransport.OVERHEAD;
        if (bytes > MOST_BYTES && !heldUp && source != null) {
            heldUp = true;
            source.pauseReading();
        }
    }

    Datagram remove() {
        var first = datagrams.remove();
        bytes -= first.data().length + PacketTransport.OVERHEAD;
        if (heldUp && bytes <= MOST_BYTES && source != null) {
            heldUp = false;
            source.resumeReading();
        }
        return first;
    }

    void clear() {
        datagrams.clear();
        bytes = 0;
    }
}
