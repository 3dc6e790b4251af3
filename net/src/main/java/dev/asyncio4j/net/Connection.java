package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a peer: bytes in both directions, in order, without loss.
 *
 * <p><b>Cancellation.</b> What is written before a cancel is sent; what a cancelled read waited for stays to be read.
 *
 * <p><b>Threads.</b> Loop thread only. One task may read at a time; any number may write.
 *
 * <p><b>Example.</b>
 *
 * {@snippet :
 * try (var connection = Streams.openConnection("example.org", 7)) {
 *     connection.write("hello\n".getBytes());
 *     var answer = connection.reader().readLine();
 * }
 * }
 */
public final class Connection implements AutoCloseable {
    private final StreamLink link;
    private final StreamWriter writer;

    Connection(StreamLink link) {
        this.link = link;
        this.writer = new StreamWriter(link);
    }

    /**
     * Returns what the peer sends.
     *
     * @return the receiving side
     */
    public StreamReader reader() {
        return link.reader();
    }

    /**
     * Returns what the peer receives.
     *
     * @return the sending side
     */
    public StreamWriter writer() {
        return writer;
    }

    /**
     * Sends bytes. Suspends while too much is unsent: this is {@link StreamWriter#write} and {@link StreamWriter#drain} in
     * one.
     *
     * <p><b>Cancellation.</b> All the bytes have been taken when this suspends; cancelling does not take them back.
     *
     * @param bytes what to send; copied
     * @throws ConnectionResetException if the connection is gone
     * @throws IOException if it broke otherwise
     * @throws IllegalStateException after {@link StreamWriter#writeEof}
     */
    public void write(byte[] bytes) throws IOException {
        writer.write(bytes);
        writer.drain();
    }

    /**
     * Returns the peer's address.
     *
     * @return the address, or null if it has none, as the end of a Unix domain socket may
     */
    public @Nullable SocketAddress remoteAddress() {
        return link.transport().remoteAddress();
    }

    /**
     * Returns the address of this end.
     *
     * @return the address, or null if it has none, as the end of a Unix domain socket may
     */
    public @Nullable SocketAddress localAddress() {
        return link.transport().localAddress();
    }

    /**
     * Sends what is left and closes. Suspends until that is done; outside a task it goes on in the background.
     *
     * <p><b>Cancellation.</b> A cancel that comes meanwhile drops what is unsent and closes at once. It is not thrown here,
     * where it would be buried under the exception of a try block, but at the task's next wait.
     *
     * <p><b>Errors.</b> None. What broke the connection is told by whoever used it and by {@link StreamWriter#waitClosed}.
     */
    @Override
    public void close() {
        writer.close();
        if (link.isLost() || Asyncio.currentTask().isEmpty()) {
            return;
        }
        try {
            link.awaitLost();
        } catch (CancelledError cancelled) {
            writer.abort();
            Rearm.cancel(cancelled);
        }
    }

    @Override
    public String toString() {
        return "Connection[" + localAddress() + " -> " + remoteAddress() + (writer.isClosing() ? ", closing" : "")
                + "]";
    }
}
