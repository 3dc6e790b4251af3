package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
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
     * <p>A large array is taken piece by piece, so that no second one of its size is needed; nothing that others write
     * meanwhile comes in between.
     *
     * <p><b>Cancellation.</b> All the bytes are sent nevertheless: cancelling does not take them back.
     *
     * @param bytes what to send; not to be changed until this returns
     * @throws ConnectionResetException if the connection is gone
     * @throws IOException if it broke otherwise
     * @throws IllegalStateException after {@link StreamWriter#writeEof}
     */
    public void write(byte[] bytes) throws IOException {
        link.writeAndDrain(bytes);
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
     * Returns what was agreed on with the peer, if the connection is encrypted.
     *
     * @return protocol, cipher and certificates; empty for a plain connection
     */
    public Optional<TlsInfo> tlsInfo() {
        return writer.tlsInfo();
    }

    /**
     * Encrypts the connection from here on: asyncio's {@code start_tls} (SW-5). Suspends until what was written is on its
     * way and the handshake has succeeded.
     *
     * <p>The end that accepted the connection is the server of the handshake. Both ends must agree on the moment: what the
     * peer sent before, and was not read, is taken for its part of the handshake. An encrypted connection can be encrypted
     * again, inside.
     *
     * <p><b>Cancellation.</b> Closes the connection.
     *
     * @param options how; a client must say whose certificate it expects ({@link TlsOptions#withServerHostname})
     * @throws TlsException if one side refused the other's certificate, name or protocol; the connection is closed then
     * @throws ConnectionAbortedException if the handshake took too long; the connection is closed then
     * @throws ConnectionResetException if the connection is gone
     * @throws IllegalArgumentException if a client does not say whose certificate it expects, or a server has none
     */
    public void startTls(TlsOptions options) throws IOException {
        writer.startTls(options);
    }

    /**
     * Sends what is left and closes. Suspends until that is done; outside a task it goes on in the background.
     *
     * <p>An encrypted connection waits for the peer's farewell, at most for {@link TlsOptions#shutdownTimeout}.
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
