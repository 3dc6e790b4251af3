package dev.asyncio4j.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * The sending side of a connection.
 *
 * <p>{@link #write} takes bytes and never waits; {@link #drain} waits while too many of them are unsent. A task that writes
 * more than a little calls it after each write, or uses {@link Connection#write}, which does both.
 *
 * <p><b>Threads.</b> Loop thread only. Any number of tasks may write and drain (SW-3).
 */
public final class StreamWriter {
    private final SendingSide side;

    StreamWriter(SendingSide side) {
        this.side = side;
    }

    /**
     * Makes the sending side of a transport: for those who connect one by hand, as asyncio's constructor is.
     *
     * @param transport a connection of {@link Network}
     * @param protocol the protocol that it calls
     */
    public StreamWriter(Transport transport, StreamReaderProtocol protocol) {
        this(new TransportSide(transport, protocol));
    }

    /**
     * Takes bytes to send. Never suspends and never fails for a broken connection, which drops them (SW-1).
     *
     * <p>The bytes are copied into memory of the connection, so that the array may be changed afterwards, and leave with
     * whatever else was written when the loop's current batch ends.
     *
     * @param bytes what to send
     * @throws IllegalStateException after {@link #writeEof}, or while a file is sent
     */
    public void write(byte[] bytes) {
        side.write(bytes, 0, bytes.length);
    }

    /**
     * Takes a part of an array to send, as {@link #write(byte[])} does.
     *
     * @param bytes the array
     * @param offset where the part begins
     * @param length how long it is
     * @throws IllegalStateException after {@link #writeEof}, or while a file is sent
     */
    public void write(byte[] bytes, int offset, int length) {
        side.write(bytes, offset, length);
    }

    /**
     * Takes several pieces to send, one after the other, with nothing in between (TR-6).
     *
     * @param pieces what to send; they need not be lines
     * @throws IllegalStateException after {@link #writeEof}, or while a file is sent
     */
    public void writeLines(Iterable<byte[]> pieces) {
        for (var piece : pieces) {
            write(piece);
        }
    }

    /**
     * Waits until there is room to write more: until what is unsent has shrunk to the low-water mark. Suspends only if it
     * had grown above the high-water mark, or the connection closes (SW-2).
     *
     * <p>Returning does not mean that the bytes have left the process.
     *
     * @throws ConnectionResetException if the connection is gone
     * @throws IOException if it broke otherwise
     */
    public void drain() throws IOException {
        side.drain();
    }

    /**
     * Sends all of a file, as {@link #sendfile(FileChannel, SendfileOptions)} does.
     *
     * @param file an open file, which stays open
     * @return how many bytes were sent
     * @throws IOException if the connection or the file broke
     */
    public long sendfile(FileChannel file) throws IOException {
        return sendfile(file, SendfileOptions.DEFAULT);
    }

    /**
     * Sends a file, or a part of it, after what was written before: asyncio's {@code loop.sendfile} (TR-17). Suspends until
     * the system has taken all of it.
     *
     * <p>Over a plain connection the system sends the file by itself, and the bytes never come here. Over an encrypted one
     * it is read on the default executor and written, piece by piece. Nothing else may be written meanwhile; reading goes
     * on.
     *
     * <p><b>Cancellation.</b> Sends no more; what the system has taken stays sent, and the connection open. Here and after
     * an error {@link FileChannel#position()} tells how far it came.
     *
     * <p><b>Example.</b>
     *
     * {@snippet class="dev.asyncio4j.snippets.HowToTest" region="sendfile"}
     *
     * @param file an open file, which stays open; its position is left behind the last byte sent
     * @param options what of it, and how
     * @return how many bytes were sent
     * @throws SendfileNotAvailableException if there is to be no fallback and the system cannot do it
     * @throws ConnectionResetException if the connection went away in the middle
     * @throws IOException if the file cannot be read
     * @throws IllegalStateException if the connection is closing, or a file is being sent already
     */
    public long sendfile(FileChannel file, SendfileOptions options) throws IOException {
        return side.sendfile(file, options);
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
        drain();
        side.startTls(options);
    }

    /**
     * Returns what was agreed on with the peer, if the connection is encrypted.
     *
     * @return protocol, cipher and certificates; empty for a plain connection
     */
    public Optional<TlsInfo> tlsInfo() {
        return side.tlsInfo();
    }

    /**
     * Tells the peer that no more will come, once all is sent; reading may go on. No effect when closing (TR-13).
     *
     * @throws UnsupportedOperationException if the connection is encrypted
     */
    public void writeEof() {
        side.writeEof();
    }

    /**
     * Tells whether {@link #writeEof} can be used.
     *
     * @return true for plain connections, false for encrypted ones
     */
    public boolean canWriteEof() {
        return side.canWriteEof();
    }

    /** Closes the connection once all is sent, in the background; reading stops. Does not suspend (SW-4). */
    public void close() {
        side.close();
    }

    /** Closes the connection at once; what is unsent is dropped. Does not suspend. */
    public void abort() {
        side.abort();
    }

    /**
     * Tells whether the connection closes, was closed or is lost.
     *
     * @return true if nothing more will be sent
     */
    public boolean isClosing() {
        return side.isClosing();
    }

    /**
     * Waits until the connection is closed. Suspends until then (SW-4).
     *
     * @throws IOException if it broke
     * @throws dev.asyncio4j.TimeoutException if it was encrypted and the peer did not say farewell in time (TLS-3)
     */
    public void waitClosed() throws IOException {
        side.waitClosed();
    }

    /**
     * Sets the marks of flow control (TR-7).
     *
     * @param high unsent bytes above which {@link #drain} waits; 64 KiB at first
     * @param low unsent bytes at which it goes on; 16 KiB at first
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    public void setWriteBufferLimits(int high, int low) {
        side.setWriteBufferLimits(high, low);
    }

    /**
     * Sets the high mark of flow control, and the low mark to a quarter of it (TR-7).
     *
     * @param high unsent bytes above which {@link #drain} waits
     * @throws IllegalArgumentException if it is negative
     */
    public void setWriteBufferLimits(int high) {
        setWriteBufferLimits(high, high / 4);
    }

    /**
     * Counts what the system has not taken yet.
     *
     * @return bytes
     */
    public long getWriteBufferSize() {
        return side.bufferedBytes();
    }

    /**
     * Returns what is known of the connection, by asyncio's names.
     *
     * @param name {@code peername} or {@code sockname}
     * @return the address, or empty for any other name
     */
    public Optional<SocketAddress> getExtraInfo(String name) {
        return switch (name) {
            case "peername" -> Optional.ofNullable(side.remoteAddress());
            case "sockname" -> Optional.ofNullable(side.localAddress());
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return "StreamWriter[" + getWriteBufferSize() + " bytes unsent" + (isClosing() ? ", closing" : "") + "]";
    }
}
