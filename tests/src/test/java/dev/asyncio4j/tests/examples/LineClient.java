package dev.asyncio4j.tests.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A connection to a server, used by lines. */
final class LineClient implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader reader;

    LineClient(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    String read() throws IOException {
        return reader.readLine();
    }

    /** Tells whether the connection has ended, in peace or not; waits until it has, or a line comes. */
    boolean isAtEnd() throws IOException {
        try {
            return read() == null;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Says that no more will come. */
    void sendEnd() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads on until a line comes; returns it. */
    String readUntil(String wanted) throws IOException {
        var line = read();
        while (!line.equals(wanted)) {
            line = read();
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
