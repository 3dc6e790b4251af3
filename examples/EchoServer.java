import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.net.*;

// A server that sends back whatever it is sent, to any number of clients at a time, until Ctrl-C.
//
//     ./asyncio run examples/EchoServer.java [HOST [PORT]]

void main(String[] args) {
    var host = args.length > 0 ? args[0] : "127.0.0.1";
    var port = args.length > 1 ? args[1] : "8888";
    try {
        run(() -> serve(host, Integer.parseInt(port)));
    } catch (IOException | IllegalArgumentException wrong) {
        System.err.println("EchoServer: " + wrong.getMessage());
        System.exit(1);
    }
}

void serve(String host, int port) throws IOException {
    try (var server = Streams.startServer(this::echo, host, port)) {
        server.sockets().forEach(address -> IO.println("listening on " + address));
        server.serveForever();
    }
}

// @start region="echo"
void echo(Connection client) throws IOException {
    while (!client.reader().atEof()) {
        client.write(client.reader().read(64 * 1024));
    }
}
// @end
