package dev.asyncio4j.tests.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port of this machine that nobody listens on, and that nobody else gets meanwhile. */
final class RefusingPort implements AutoCloseable {
    private final Socket bound = new Socket();
    private final int port;

    RefusingPort() throws IOException {
        bound.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        port = bound.getLocalPort();
    }

    int port() {
        return port;
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    /** Lets others have the port, and listen on it. */
    void release() throws IOException {
        bound.close();
    }

    @Override
    public void close() throws IOException {
        release();
    }
}
