import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.*;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

// What time is it? Asked and answered by UDP, where any message may get lost.
//
//     ./asyncio run examples/TimeServer.java              a demonstration that ends by itself
//     ./asyncio run examples/TimeServer.java serve PORT
//     ./asyncio run examples/TimeServer.java ask HOST PORT

static final String HELP = """
        usage: TimeServer [serve PORT | ask HOST PORT]

        serve   answers each question that comes to a port of 127.0.0.1 (0 for any) with the time, until Ctrl-C
        ask     asks such a server, up to three times, and prints what it says
        Without arguments: a server that hears every second question only, and a client.

        The exit code is 1 if nobody answers or it cannot listen there, 2 if the arguments are wrong, 130 after Ctrl-C.
        """;

static final int TRIES = 3;
static final Duration PATIENCE = Duration.ofMillis(500); // with one question

void main(String... args) {
    try {
        switch (List.of(args)) {
            case List<String> help when help.contains("--help") -> IO.print(HELP);
            case List<String> none when none.isEmpty() -> run(this::demonstrate);
            case List<String> serve when serve.size() == 2 && serve.getFirst().equals("serve") ->
                run(() -> serve(port(serve.get(1))));
            case List<String> ask when ask.size() == 3 && ask.getFirst().equals("ask") ->
                IO.println(run(() -> ask(ask.get(1), port(ask.get(2)))));
            default -> throw new IllegalArgumentException("either \"serve PORT\" or \"ask HOST PORT\" is needed");
        }
    } catch (IllegalArgumentException wrong) {
        fail(2, wrong.getMessage() + " (--help tells more)");
    } catch (IOException broken) {
        fail(1, broken.getMessage());
    }
}

int port(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
        throw new IllegalArgumentException("a port is a number up to 65535, not " + text);
    }
    return Integer.parseInt(text);
}

void fail(int exitCode, String reason) {
    System.err.println("TimeServer: " + reason);
    System.exit(exitCode);
}

// @start region="serve"
void serve(int port) throws IOException {
    try (var server = Datagrams.bind("127.0.0.1", port)) {
        IO.println("listening on " + server.localAddress());
        while (true) {
            answer(server, server.receive());
        }
    }
}

/** A question is a number, and the answer begins with it: so a late answer is not taken for that to a later question. */
void answer(DatagramEndpoint server, Datagram question) {
    var answer = new String(question.data()) + " " + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try {
        server.send(answer.getBytes(), question.sender());
    } catch (IOException gone) {
        IO.println("an earlier answer could not be sent: " + gone.getMessage());
    }
}
// @end

// @start region="ask"
String ask(String host, int port) throws IOException {
    try (var server = Datagrams.connect(host, port)) {
        for (var question = 1; question <= TRIES; question++) {
            server.send(String.valueOf(question).getBytes());
            try {
                return answerTo(question, server);
            } catch (TimeoutException lost) {
                IO.println("no answer to question " + question);
            } catch (PortUnreachableException nobody) {
                throw new IOException("nobody listens on " + server.remoteAddress(), nobody);
            }
        }
        throw new IOException("no answer from " + server.remoteAddress());
    }
}

String answerTo(int question, DatagramEndpoint server) throws IOException {
    return timeout(PATIENCE, () -> {
        while (true) {
            var answer = new String(server.receive().data()).split(" ", 2);
            if (answer.length == 2 && answer[0].equals(String.valueOf(question))) {
                return answer[1];
            }
        }
    });
}
// @end

void demonstrate() throws IOException {
    try (var server = Datagrams.bind("127.0.0.1", 0)) {
        var serving = createTask(() -> serveEverySecond(server));
        var address = (InetSocketAddress) server.localAddress();
        for (var i = 0; i < 2; i++) {
            IO.println("it is " + ask("127.0.0.1", address.getPort()));
        }
        serving.cancel();
    }
}

void serveEverySecond(DatagramEndpoint server) throws IOException {
    while (true) {
        server.receive(); // as if it had got lost
        answer(server, server.receive());
    }
}
