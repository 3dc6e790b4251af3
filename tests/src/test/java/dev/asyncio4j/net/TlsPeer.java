package dev.asyncio4j.net;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A client by the JDK's blocking means, for a thread of its own: it ends as badly as a test wants. */
final class TlsPeer implements AutoCloseable {
    private static final int LIMIT_MILLIS = 30_000; // a test that waits so long has failed

    private final Socket raw = new Socket();
    private final SSLSocket socket;

    private TlsPeer(int port, String protocol, int receiveBuffer) throws IOException {
        raw.setSoTimeout(LIMIT_MILLIS);
        if (receiveBuffer > 0) {
            raw.setReceiveBufferSize(receiveBuffer);
        }
        raw.connect(new InetSocketAddress(Net.LOOPBACK, port), LIMIT_MILLIS);
        socket = (SSLSocket) trustingAll().getSocketFactory().createSocket(raw, Net.LOOPBACK, port, false);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
    }

    /** Connects and does the handshake. */
    static TlsPeer connect(int port, String protocol) throws IOException {
        return new TlsPeer(port, protocol, 0);
    }

    /** Connects and does the handshake; the system takes little for it that it does not read. */
    static TlsPeer connectNarrow(int port) throws IOException {
        return new TlsPeer(port, "TLSv1.3", 4096);
    }

    /** Connects and does the handshake, for who wants nothing else. */
    static Socket socket(int port) throws IOException {
        return connect(port, "TLSv1.3").socket;
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

    /** A server of the same kind. */
    static final class Listening implements AutoCloseable {
        private final SSLServerSocket socket;

        private Listening(SSLServerSocket socket) {
            this.socket = socket;
        }

        static Listening open(X509Bundle bundle) throws Exception {
            var context = SSLContext.getInstance("TLS");
            context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
            var socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.ofLiteral(Net.LOOPBACK));
            socket.setSoTimeout(LIMIT_MILLIS);
            return new Listening(socket);
        }

        int port() {
            return socket.getLocalPort();
        }

        /** Sends a byte, asks for another handshake, and tells whether it got that far as to send one more. */
        boolean askForAnotherHandshake(String protocol) throws IOException {
            socket.setEnabledProtocols(new String[] {protocol});
            try (var peer = (SSLSocket) socket.accept()) {
                peer.setSoTimeout(LIMIT_MILLIS);
                peer.getOutputStream().write(1);
                peer.startHandshake();
                peer.getInputStream().read();
                peer.getOutputStream().write(1);
                return true;
            } catch (SSLException | SocketException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
