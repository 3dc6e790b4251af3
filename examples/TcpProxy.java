import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.net.*;
import dev.asyncio4j.sync.*;
import java.time.Duration;

// Stands between clients and a server, and passes on what they send each other.
//
//     ./asyncio run examples/TcpProxy.java                                  a demonstration that ends by itself
//     ./asyncio run examples/TcpProxy.java LISTEN_PORT TARGET_HOST:PORT     until Ctrl-C

static final String HELP = """
        usage: TcpProxy [LISTEN_PORT TARGET_HOST:PORT]

        Listens on a port of 127.0.0.1 (0 for any) and passes each connection on to a target, both ways, no faster than the
        slower side reads. Prints a line for each connection when it has ended. Goes on until Ctrl-C.
        Without arguments, starts an echo server and a proxy before it, sends something through, and ends.

        The exit code is 1 if it cannot listen there, 2 if the arguments are wrong, 130 after Ctrl-C.
        """;

void main(String[] args) {
    if (List.of(args).contains("--help")) {
        IO.print(HELP);
        return;
    }
    try {
        switch (args.length) {
            case 0 -> run(this::demonstrate);
            case 2 -> serve(parsePort(args[0]), Address.parse(args[1]));
            default -> throw new IllegalArgumentException("a port to listen on and a target are needed");
        }
    } catch (IllegalArgumentException wrong) {
        fail(2, wrong.getMessage() + " (--help tells more)");
    } catch (IOException broken) {
        fail(1, broken.getMessage());
    }
}

static int parsePort(String text) {
    var port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("a port is a number up to 65535, not " + text);
    }
    return port;
}

void fail(int exitCode, String reason) {
    System.err.println("TcpProxy: " + reason);
    System.exit(exitCode);
}

void serve(int port, Address target) throws IOException {
    run(() -> {
        try (var proxy = startProxy(port, target)) {
            try {
                new Event().await(); // until Ctrl-C
            } finally {
                proxy.abortClients();
            }
        }
    });
}

Server startProxy(int port, Address target) throws IOException {
    var proxy = Streams.startServer(client -> pass(client, target), "127.0.0.1", port);
    proxy.sockets().forEach(address -> IO.println("listening on " + address + ", passing on to " + target));
    return proxy;
}

// @start region="pass"
void pass(Connection client, Address target) {
    var there = new Counter();
    var back = new Counter();
    var start = getRunningLoop().time();
    var end = "";
    try (var server = Streams.openConnection(target.host(), target.port())) {
        gather(() -> copy(client, server, there), () -> copy(server, client, back));
    } catch (IOException broken) {
        client.writer().abort();
        end = ": " + broken.getMessage();
    }
    IO.println("%s: %d bytes there, %d bytes back, %dms%s"
            .formatted(
                    client.remoteAddress(),
                    there.bytes,
                    back.bytes,
                    getRunningLoop().time().minus(start).toMillis(),
                    end));
    ended.release();
}

void copy(Connection from, Connection to, Counter counter) throws IOException {
    try {
        for (var block = from.reader().read(BLOCK); block.length > 0; block = from.reader().read(BLOCK)) {
            to.write(block); // waits while the receiver is slow; then nothing is read, and the sender is slowed down too
            counter.bytes += block.length;
        }
        to.writer().writeEof(); // the other direction may go on
    } catch (IOException broken) {
        from.writer().abort();
        to.writer().abort();
        throw broken;
    }
}
// @end

static final int BLOCK = 64 * 1024;

final Semaphore ended = new Semaphore(0); // counts the connections whose line is printed

static class Counter {
    long bytes;
}

static final int CLIENTS = 5;
static final byte[] MEBIBYTE = new byte[1024 * 1024];

void demonstrate() throws IOException {
    try (var echo = Streams.startServer(this::echo, "127.0.0.1", 0);
            var proxy = startProxy(0, Address.of(echo))) {
        var received = mapConcurrent(CLIENTS, IntStream.range(0, CLIENTS).boxed(), _ -> sendThrough(Address.of(proxy)));
        for (var i = 0; i < CLIENTS; i++) {
            ended.acquire();
        }
        IO.println("%d clients sent %d bytes each and got %s back".formatted(CLIENTS, MEBIBYTE.length, received));
    }
}

void echo(Connection client) throws IOException {
    for (var block = client.reader().read(BLOCK); block.length > 0; block = client.reader().read(BLOCK)) {
        client.write(block);
    }
}

/** Sends a mebibyte, and counts meanwhile what comes back. */
int sendThrough(Address proxy) throws IOException {
    try (var connection = Streams.openConnection(proxy.host(), proxy.port())) {
        var answer = createTask(() -> connection.reader().read());
        connection.write(MEBIBYTE);
        connection.writer().writeEof();
        return answer.await().length;
    }
}

/** Where somebody listens. */
record Address(String host, int port) {

    static Address of(Server server) {
        var socket = server.sockets().getFirst();
        return new Address(socket.getHostString(), socket.getPort());
    }

    static Address parse(String text) {
        var colon = text.lastIndexOf(':');
        try {
            var host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
            return new Address(host, parsePort(text.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("a target is a HOST:PORT, not " + text, wrong);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
