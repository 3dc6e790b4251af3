import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.net.*;

// @start region="main"
void main(String[] args) throws IOException {
    var port = args.length > 0 ? Integer.parseInt(args[0]) : 8888;
    run(() -> {
        try (var server = Streams.startServer(this::chat, "127.0.0.1", port)) {
            IO.println("listening on port " + server.sockets().getFirst().getPort());
            server.serveUntilCancelled(Duration.ofSeconds(2));
        }
    });
}
// @end

// @start region="chat"
final Set<Connection> clients = new LinkedHashSet<>();

void chat(Connection client) throws IOException {
    clients.add(client);
    try {
        for (var line : client.reader()) {
            sendToAll(line);
        }
    } finally {
        clients.remove(client);
    }
}
// @end

// @start region="send"
static final int MOST_UNSENT = 1024 * 1024;

void sendToAll(byte[] line) {
    for (var client : clients) {
        client.writer().write(line);
        if (client.writer().getWriteBufferSize() > MOST_UNSENT) {
            client.writer().abort();
        }
    }
}
// @end
