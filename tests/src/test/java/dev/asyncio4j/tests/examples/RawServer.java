package dev.asyncio4j.tests.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers a path with given bytes, and with silence a path that it does not know. Threads, no asyncio4j. */
final class RawServer implements AutoCloseable {

    private static final int BACKLOG = 1000;

    private final ServerSocket listening;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger mostBusy = new AtomicInteger();

    RawServer() throws IOException {
        this(InetAddress.ofLiteral("127.0.0.1"));
    }

    RawServer(InetAddress address) throws IOException {
        listening = new ServerSocket(0, BACKLOG, address);
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers a path with these bytes, {@code ~} standing for a line's end, and closes. */
    RawServer with(String path, String answer) {
        answers.put(path, answer.replace("~", "\r\n"));
        return this;
    }

    int port() {
        return listening.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** How many requests were being answered at the same time, at most. */
    int mostBusy() {
        return mostBusy.get();
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                mostBusy.accumulateAndGet(busy.incrementAndGet(), Math::max);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try (client) {
            var reader = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            var requested = reader.readLine().split(" ", -1)[1];
            while (!reader.readLine().isEmpty()) {
                // headers
            }
            answer(answers.get(requested), reader, client.getOutputStream());
        } catch (IOException gone) {
            // the client has closed
        } finally {
            busy.decrementAndGet();
        }
    }

    private static void answer(String answer, BufferedReader reader, OutputStream out) throws IOException {
        if (answer == null) {
            reader.readLine(); // ends when the client gives up
        } else {
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
