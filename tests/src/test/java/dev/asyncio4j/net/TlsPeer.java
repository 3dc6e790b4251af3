package dev.asyncio4j.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A client by the JDK's blocking means, for a thread of its own: it ends as badly as a test wants. */
final class TlsPeer implements AutoCloseable {
    private static final int LIMIT_MILLIS = 30_000; // a test that waits so long has failed

    private final Socket raw = new Socket();
    private final SSLSocket socket;

    private TlsPeer(int port, String protocol) throws IOException {
        raw.setSoTimeout(LIMIT_MILLIS);
        raw.connect(new InetSocketAddress(Net.LOOPBACK, port), LIMIT_MILLIS);
        socket = (SSLSocket) trustingAll().getSocketFactory().createSocket(raw, Net.LOOPBACK, port, false);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
    }

    /** Connects and does the handshake. */
    static TlsPeer connect(int port, String protocol) throws IOException {
        return new TlsPeer(port, protocol);
    }

    private static SSLContext trustingAll() throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pki.Extended(new Pki.TrustsAll())}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Makes what a client says first. */
    static byte[] clientHello() throws IOException {
        var engine = trustingAll().createSSLEngine();
        engine.setUseClientMode(true);
        var hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        var bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends what is or is not a record. */
    void writeRaw(byte[] bytes) throws IOException {
        raw.getOutputStream().write(bytes);
    }

    /** Sends bytes and reads as many. */
    byte[] echoed(byte[] bytes) throws IOException {
        write(bytes);
        return socket.getInputStream().readNBytes(bytes.length);
    }

    /** Reads one byte; -1 if the peer said farewell, an exception if it only left. */
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    /** Asks for new keys (1.3), or for another handshake (1.2). */
    void handshakeAgain() throws IOException {
        socket.startHandshake();
    }

    /** Says farewell, and waits for the other's. */
    void farewell() throws IOException {
        socket.close();
    }

    /** Says farewell, and reads on. */
    void halfFarewell() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the stream without a farewell; closes if the other does. */
    void leave() throws IOException {
        raw.shutdownOutput();
    }

    /** Breaks the connection off. */
    void reset() throws IOException {
        raw.setSoLinger(true, 0);
        raw.close();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
