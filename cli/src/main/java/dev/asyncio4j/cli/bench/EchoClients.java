package dev.asyncio4j.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Connections to an echo server, each sending its next message when the answer to the last is whole. */
final class EchoClients implements AutoCloseable {

    private static final int MESSAGE = 1024;
    private static final Executor THREADS = Thread::startVirtualThread;

    private final List<Socket> sockets;

    private EchoClients(List<Socket> sockets) {
        this.sockets = sockets;
    }

    static EchoClients connect(int port, int connections) throws IOException {
        var sockets = new ArrayList<Socket>();
        for (var i = 0; i < connections; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            sockets.add(socket);
            awaitAccepted(socket);
        }
        return new EchoClients(sockets);
    }

    /** Has a first message echoed: a server whose queue overflows would be asked again a second later only. */
    private static void awaitAccepted(Socket socket) throws IOException {
        try {
            echo(socket, 1);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Sends so many messages, shared among the connections. */
    void call(int count) throws IOException {
        var callers = sockets.stream()
                .map(socket -> CompletableFuture.runAsync(() -> echo(socket, count / sockets.size()), THREADS))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(callers).join();
        } catch (CompletionException e) {
            throw new IOException("a connection failed", e);
        }
    }

    private static void echo(Socket socket, int count) {
        var message = new byte[MESSAGE];
        try {
            for (var i = 0; i < count; i++) {
                socket.getOutputStream().write(message);
                if (socket.getInputStream().readNBytes(message, 0, MESSAGE) < MESSAGE) {
                    throw new IOException("the server closed a connection");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }
}
