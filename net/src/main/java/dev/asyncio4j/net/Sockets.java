package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.net.internal.NettyIoDriver;
import dev.asyncio4j.net.internal.Readiness;
import dev.asyncio4j.net.internal.Readiness.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Objects;

/**
 * Works with channels of {@code java.nio} that are the program's own: callbacks when one is ready, and operations that suspend
 * until one is. For new code {@link Streams} and {@link Datagrams} are easier and faster; this is for channels that come from
 * elsewhere, such as a library's, and for {@link java.nio.channels.Pipe}. {@link Streams#openConnection(SocketChannel)} and
 * {@link Streams#openPipes(java.nio.channels.Pipe.SourceChannel, java.nio.channels.Pipe.SinkChannel)} make streams of them;
 * after that they cannot be used here, and every method fails with {@link IllegalStateException} (SO-1).
 *
 * <p><b>States.</b> A channel must be non-blocking, which is checked always (SO-1). A thread of the loop's waits for all of its
 * channels. It lets go of one shortly after the last callback was removed or the last operation has ended; only then
 * {@code configureBlocking(true)} works again. Closing a channel ends neither callbacks nor waits: remove them, or cancel the
 * tasks, before.
 *
 * <p><b>Threads.</b> Inside a task or a callback of a running loop only. Operations suspend, so they need a task.
 *
 * <p><b>Order.</b> An operation is tried at once, and does not suspend if that succeeds (SO-2). One callback or task at a time
 * can wait for each direction of a channel: who comes next takes the place, and the task that waited is told so by an
 * {@link IllegalStateException}; asyncio leaves it waiting for ever (SO-3).
 *
 * <p><b>Cancellation.</b> An operation that is cancelled while it waits has taken nothing from the channel: no bytes are lost,
 * and no connection that could have been accepted (SO-4). Of {@link #sockSendAll} a part may have been sent.
 *
 * <p><b>Example.</b> A server and its client:
 *
 * {@snippet class="dev.asyncio4j.snippets.SocketsTest" region="sockets"}
 */
public final class Sockets {

    private Sockets() {}

    private static BaseEventLoop loop() {
        var loop = Asyncio.getRunningLoop();
        if (!(loop instanceof BaseEventLoop base)) {
            throw new UnsupportedOperationException("channels need a BaseEventLoop, not " + loop);
        }
        return base;
    }

    /* ---- readiness ---- */

    /**
     * Has a callback run whenever a channel can be read: there are bytes, a datagram, a connection to accept, the end, or an
     * error. Replaces the one before.
     *
     * <p>It runs in a copy of the current context, again and again as long as the channel is ready. A loop does not stay for
     * it: virtual time goes on without it.
     *
     * @param channel an open channel, non-blocking
     * @param callback what to run
     * @throws java.nio.channels.ClosedChannelException if the channel is closed
     * @throws IOException if the system does not let it be watched
     * @throws IllegalArgumentException if the channel is blocking, cannot be read, or is not the JDK's
     */
    public static void addReader(SelectableChannel channel, Runnable callback) throws IOException {
        checkUnowned(channel);
        Readiness.add(loop(), channel, Direction.READ, Objects.requireNonNull(callback, "callback"));
    }

    /**
     * Takes back what {@link #addReader} was given; it does not run any more.
     *
     * @param channel the channel, which may be closed
     * @return true if there was something (SO-6)
     */
    public static boolean removeReader(SelectableChannel channel) {
        checkUnowned(channel);
        return Readiness.remove(loop(), channel, Direction.READ);
    }

    /**
     * Has a callback run whenever a channel takes bytes, or connecting has succeeded or failed, as {@link #addReader} does.
     *
     * @param channel an open channel, non-blocking
     * @param callback what to run
     * @throws java.nio.channels.ClosedChannelException if the channel is closed
     * @throws IOException if the system does not let it be watched
     * @throws IllegalArgumentException if the channel is blocking, cannot be written to, or is not the JDK's
     */
    public static void addWriter(SelectableChannel channel, Runnable callback) throws IOException {
        checkUnowned(channel);
        Readiness.add(loop(), channel, Direction.WRITE, Objects.requireNonNull(callback, "callback"));
    }

    /**
     * Takes back what {@link #addWriter} was given; it does not run any more.
     *
     * @param channel the channel, which may be closed
     * @return true if there was something (SO-6)
     */
    public static boolean removeWriter(SelectableChannel channel) {
        checkUnowned(channel);
        return Readiness.remove(loop(), channel, Direction.WRITE);
    }

    /* ---- bytes ---- */

    /** A transport would lose what is taken, and what wakes it (SO-1). */
    private static void checkUnowned(SelectableChannel channel) {
        if (loop().ioDriver()
                .unwrap(NettyIoDriver.class)
                .filter(driver -> driver.owns(channel))
                .isPresent()) {
            throw new IllegalStateException(channel + " belongs to a transport; use that, or what else has opened it");
        }
    }

    /**
     * Receives what is there. Suspends until there is something.
     *
     * @param <C> the type of the channel
     * @param channel an open channel, non-blocking
     * @param limit how many bytes at most
     * @return at least one byte; none at the end, or for an empty datagram
     * @throws IOException if the channel is closed or broken
     * @throws IllegalArgumentException if the channel is blocking or the limit is not positive
     */
    public static <C extends SelectableChannel & ReadableByteChannel> byte[] sockRecv(C channel, int limit)
            throws IOException {
        byte[] room = room(limit);
        int count = sockRecvInto(channel, ByteBuffer.wrap(room));
        return Arrays.copyOf(room, count);
    }

    private static byte[] room(int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("the limit is " + limit + ", but must be positive");
        }
        return new byte[limit];
    }

    /**
     * Receives what is there into a buffer. Suspends until there is something.
     *
     * @param <C> the type of the channel
     * @param channel an open channel, non-blocking
     * @param buffer where to put it; its position moves on
     * @return how many bytes, at least one; 0 at the end, or for an empty datagram
     * @throws IOException if the channel is closed or broken
     * @throws IllegalArgumentException if the channel is blocking or the buffer has no room
     */
    public static <C extends SelectableChannel & ReadableByteChannel> int sockRecvInto(C channel, ByteBuffer buffer)
            throws IOException {
        var loop = loop();
        checkUsable(channel);
        if (!buffer.hasRemaining()) {
            throw new IllegalArgumentException("the buffer has no room: " + buffer);
        }
        if (channel instanceof DatagramChannel datagrams) {
            int before = buffer.position();
            sockRecvFromInto(datagrams, buffer); // read() does not tell an empty datagram from none
            return buffer.position() - before;
        }
        int count = channel.read(buffer);
        while (count == 0) {
            Readiness.await(loop, channel, Direction.READ);
            count = channel.read(buffer);
        }
        return Math.max(count, 0);
    }

    /**
     * Sends all bytes. Suspends until the system has taken them.
     *
     * <p><b>Errors.</b> How much was sent before an error cannot be told (SO-5); the other form's buffer tells it.
     *
     * @param <C> the type of the channel
     * @param channel an open channel, non-blocking
     * @param data the bytes
     * @throws IOException if the channel is closed or broken
     * @throws IllegalArgumentException if the channel is blocking
     */
    public static <C extends SelectableChannel & WritableByteChannel> void sockSendAll(C channel, byte[] data)
            throws IOException {
        sockSendAll(channel, ByteBuffer.wrap(data));
    }

    /**
     * Sends all bytes of a buffer. Suspends until the system has taken them.
     *
     * @param <C> the type of the channel
     * @param channel an open channel, non-blocking
     * @param data the bytes; its position is behind what was sent, also after an error or a cancel
     * @throws IOException if the channel is closed or broken
     * @throws IllegalArgumentException if the channel is blocking
     */
    public static <C extends SelectableChannel & WritableByteChannel> void sockSendAll(C channel, ByteBuffer data)
            throws IOException {
        var loop = loop();
        checkUsable(channel);
        while (data.hasRemaining()) {
            if (channel.write(data) == 0) {
                Readiness.await(loop, channel, Direction.WRITE);
            }
        }
    }

    private static void checkUsable(SelectableChannel channel) {
        checkUnowned(channel);
        if (channel.isOpen() && channel.isBlocking()) {
            throw new IllegalArgumentException(channel + " is blocking; call configureBlocking(false) first");
        }
    }

    /**
     * Sends all of a file, as {@link #sockSendfile(SelectableChannel, FileChannel, SendfileOptions)} does.
     *
     * @param <C> the type of the channel
     * @param channel an open channel of bytes, non-blocking
     * @param file an open file, which stays open
     * @return how many bytes were sent
     * @throws IOException if the channel or the file is closed or broken
     * @throws IllegalArgumentException if the channel is blocking, or one of datagrams
     */
    public static <C extends SelectableChannel & WritableByteChannel> long sockSendfile(C channel, FileChannel file)
            throws IOException {
        return sockSendfile(channel, file, SendfileOptions.DEFAULT);
    }

    /**
     * Sends a file, or a part of it: asyncio's {@code loop.sock_sendfile}. Suspends until the system has taken all of it.
     *
     * <p>The system moves it by itself where it can. It is asked to do so on the default executor, since it may wait for a
     * disk; so this suspends always.
     *
     * <p><b>Cancellation.</b> Sends no more than what is under way, and waits for that; what the system has taken stays sent.
     * Then and after an error {@link FileChannel#position()} tells how far it came.
     *
     * @param <C> the type of the channel
     * @param channel an open channel of bytes, non-blocking
     * @param file an open file, which stays open; its position is left behind the last byte sent
     * @param options what of it, and how
     * @return how many bytes were sent; fewer than asked for if the file ends before
     * @throws SendfileNotAvailableException if there is to be no fallback and the file is not one of the JDK's
     * @throws IOException if the channel or the file is closed or broken
     * @throws IllegalArgumentException if the channel is blocking, or one of datagrams
     */
    public static <C extends SelectableChannel & WritableByteChannel> long sockSendfile(
            C channel, FileChannel file, SendfileOptions options) throws IOException {
        var loop = loop();
        checkUsable(channel);
        if (channel instanceof DatagramChannel) {
            throw new IllegalArgumentException("files are sent over channels of bytes only, not over " + channel);
        }
        if (!options.fallback() && file.getClass().getModule() != FileChannel.class.getModule()) {
            throw new SendfileNotAvailableException("the system cannot send " + file);
        }
        var transfer = new FileTransfer(file, channel, options);
        try {
            while (transfer.sendSome(loop)) {
                Readiness.await(loop, channel, Direction.WRITE);
            }
        } finally {
            file.position(options.offset() + transfer.sent());
        }
        return transfer.sent();
    }

    /* ---- connections ---- */

    /**
     * Connects a channel. Suspends until it is connected; a name is looked up on the default executor (SO-5).
     *
     * <p><b>Cancellation.</b> The channel goes on connecting: close it.
     *
     * @param channel an open channel, non-blocking and not connected
     * @param address where to; if unresolved, the first address of the name is taken
     * @throws UnknownHostException if the name has no address
     * @throws java.net.ConnectException if nobody accepts there
     * @throws IOException if it fails otherwise; the JDK has closed the channel then
     * @throws IllegalArgumentException if the channel is blocking
     */
    public static void sockConnect(SocketChannel channel, SocketAddress address) throws IOException {
        var loop = loop();
        checkUsable(channel);
        boolean connected = channel.connect(resolved(loop, address));
        while (!connected) {
            Readiness.await(loop, channel, Direction.WRITE);
            connected = channel.finishConnect();
        }
    }

    private static SocketAddress resolved(BaseEventLoop loop, SocketAddress address) throws UnknownHostException {
        if (!(address instanceof InetSocketAddress inet) || !inet.isUnresolved()) {
            return address;
        }
        var found = loop.runInExecutor(null, () -> InetAddress.getByName(inet.getHostString()))
                .await(UnknownHostException.class);
        return new InetSocketAddress(found, inet.getPort());
    }

    /**
     * Accepts a connection. Suspends until there is one.
     *
     * @param channel a channel that is bound, non-blocking
     * @return the connection, non-blocking; close it
     * @throws IOException if the channel is closed, or the system has no more descriptors
     * @throws IllegalArgumentException if the channel is blocking
     */
    public static SocketChannel sockAccept(ServerSocketChannel channel) throws IOException {
        var loop = loop();
        checkUsable(channel);
        SocketChannel accepted = channel.accept();
        while (accepted == null) {
            Readiness.await(loop, channel, Direction.READ);
            accepted = channel.accept();
        }
        accepted.configureBlocking(false);
        return accepted;
    }

    /* ---- datagrams ---- */

    /**
     * Receives a datagram. Suspends until there is one.
     *
     * @param channel a channel that is bound or connected, non-blocking
     * @param limit how many bytes at most; what a datagram has beyond it is lost
     * @return the datagram and who sent it
     * @throws IOException if the channel is closed
     * @throws IllegalArgumentException if the channel is blocking or the limit is not positive
     */
    public static Datagram sockRecvFrom(DatagramChannel channel, int limit) throws IOException {
        var buffer = ByteBuffer.wrap(room(limit));
        SocketAddress sender = sockRecvFromInto(channel, buffer);
        var data = new byte[buffer.flip().remaining()];
        buffer.get(data);
        return new Datagram(data, sender);
    }

    /**
     * Receives a datagram into a buffer. Suspends until there is one.
     *
     * @param channel a channel that is bound or connected, non-blocking
     * @param buffer where to put it; its position moves on, and what does not fit is lost
     * @return who sent it
     * @throws IOException if the channel is closed
     * @throws IllegalArgumentException if the channel is blocking
     */
    public static SocketAddress sockRecvFromInto(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        var loop = loop();
        checkUsable(channel);
        SocketAddress sender = channel.receive(buffer);
        while (sender == null) {
            Readiness.await(loop, channel, Direction.READ);
            sender = channel.receive(buffer);
        }
        return sender;
    }

    /**
     * Sends a datagram. Suspends while the system has no room for it.
     *
     * @param channel a channel, non-blocking
     * @param data its contents, maybe none
     * @param recipient where to; not looked up
     * @return how many bytes were sent: all
     * @throws IOException if the channel is closed or the system refuses it
     * @throws IllegalArgumentException if the channel is blocking
     */
    public static int sockSendTo(DatagramChannel channel, byte[] data, SocketAddress recipient) throws IOException {
        var loop = loop();
        checkUsable(channel);
        int count = channel.send(ByteBuffer.wrap(data), recipient);
        while (count < data.length) {
            Readiness.await(loop, channel, Direction.WRITE);
            count = channel.send(ByteBuffer.wrap(data), recipient);
        }
        return count;
    }
}
