package dev.asyncio4j.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The other end of a connection, by the JDK's own means and without waiting: it does what a test tells it and no more. */
final class Peer implements AutoCloseable {
    private final SocketChannel channel;

    private Peer(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
    }

    /** Connects; over loopback that is done by the system at once. */
    static Peer connectTo(Server server) throws IOException {
        return new Peer(SocketChannel.open(new InetSocketAddress(Net.LOOPBACK, Net.port(server))));
    }

    static Peer of(SocketChannel accepted) throws IOException {
        return new Peer(accepted);
    }

    void send(String text) throws IOException {
        send(Net.bytes(text));
    }

    void send(byte[] content) throws IOException {
        var bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
            Net.turn();
        }
    }

    void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** Reads so many bytes, letting the loop turn meanwhile. */
    String receive(int count) throws IOException {
        var into = ByteBuffer.allocate(count);
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new IOException("the stream ended after " + into.position() + " bytes");
            }
            Net.turn();
        }
        return Net.text(into.array());
    }

    /** Reads to the end, letting the loop turn meanwhile; returns how much came. */
    long drain() throws IOException {
        var into = ByteBuffer.allocate(256 * 1024);
        var total = 0L;
        for (var got = 0; got >= 0; got = channel.read(into.clear())) {
            total += got;
            Net.turn();
        }
        return total;
    }

    String receiveAll() throws IOException {
        return Net.text(receiveAllBytes());
    }

    byte[] receiveAllBytes() throws IOException {
        var all = new ByteArrayOutputStream();
        var into = ByteBuffer.allocate(64 * 1024);
        for (var got = 0; got >= 0; got = channel.read(into.clear())) {
            all.write(into.array(), 0, got);
            Net.turn();
        }
        return all.toByteArray();
    }

    /** Breaks the connection off: the other side gets a reset. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
