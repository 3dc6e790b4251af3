import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.Task;
import dev.asyncio4j.net.*;
import dev.asyncio4j.sync.*;
import java.time.Duration;

// A chat for any number of people: each connects with telnet or nc, gives a name, and reads what the others write.
//
//     ./asyncio run examples/ChatServer.java [HOST [PORT]]
//     nc 127.0.0.1 8888

static final String HELP = """
        usage: ChatServer [HOST [PORT]]

        Lets people talk, each by a connection such as that of "nc HOST PORT", until Ctrl-C. It listens on 127.0.0.1 and
        port 8888 unless told otherwise; with port 0, on any free port.

          /who     tells who is there
          /quit    leaves

        The exit code is 1 if it cannot listen there, 2 if the arguments are wrong, 130 after Ctrl-C.
        """;

static final int MOST_BEHIND = 100; // lines that may wait for one member
static final int MOST_IN_LINE = 4 * 1024; // bytes
static final int MOST_IN_NAME = 20;
static final Duration PATIENCE = Duration.ofSeconds(5); // with whoever does not read the last words

void main(String[] args) {
    if (List.of(args).contains("--help")) {
        IO.print(HELP);
        return;
    }
    try {
        var address = address(List.of(args));
        run(() -> serve(address));
    } catch (IllegalArgumentException wrong) {
        fail(2, wrong.getMessage() + " (--help tells more)");
    } catch (IOException cannotListen) {
        fail(1, cannotListen.getMessage());
    }
}

InetSocketAddress address(List<String> args) {
    if (args.size() > 2) {
        throw new IllegalArgumentException("there are too many arguments");
    }
    var host = args.isEmpty() ? "127.0.0.1" : args.getFirst();
    if (host.startsWith("-")) {
        throw new IllegalArgumentException("there is no option " + host);
    }
    try {
        return InetSocketAddress.createUnresolved(host, args.size() < 2 ? 8888 : Integer.parseInt(args.getLast()));
    } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException("a port is a number up to 65535, not " + args.getLast(), wrong);
    }
}

void fail(int exitCode, String reason) {
    System.err.println("ChatServer: " + reason);
    System.exit(exitCode);
}

void serve(InetSocketAddress address) throws IOException {
    var options = ServerOptions.DEFAULT.withLimit(MOST_IN_LINE);
    var server = Streams.startServer(this::chat, address.getHostString(), address.getPort(), options);
    try {
        server.sockets().forEach(socket -> IO.println("listening on " + socket));
        new Event().await(); // until Ctrl-C
    } finally {
        server.close();
        sayGoodbye();
    }
}

void sayGoodbye() {
    for (var member : List.copyOf(members)) {
        member.dismiss("* The server is going down. Goodbye.");
    }
    gather(List.copyOf(senders));
}

// @start region="chat"
final Set<Member> members = new LinkedHashSet<>();
final Set<Task<?>> senders = new LinkedHashSet<>();

void chat(Connection connection) {
    var member = new Member(connection);
    var sender = createTask(member::sendLines);
    members.add(member);
    senders.add(sender);
    try {
        member.tell("* Welcome. What is your name?");
        if (introduce(member)) {
            listen(member);
        }
    } catch (IOException gone) {
        // as good as leaving
    } finally {
        leave(member, "has left");
        sender.await();
        senders.remove(sender);
    }
}
// @end

/** Asks for a name until there is a good one. Returns false if the connection ended before. */
boolean introduce(Member member) throws IOException {
    for (var line = member.readLine(); line.isPresent(); line = member.readLine()) {
        var name = line.get();
        if (name.isEmpty() || name.length() > MOST_IN_NAME) {
            member.tell("* A name has between 1 and " + MOST_IN_NAME + " characters. What is yours?");
        } else if (names().anyMatch(name::equalsIgnoreCase)) {
            member.tell("* The name " + name + " is taken. What is yours?");
        } else {
            tellAll("* " + name + " has come");
            member.name = name;
            member.tell("* Hello, " + name + ". Here are: " + everybody() + ". Leave with /quit.");
            return true;
        }
    }
    return false;
}

void listen(Member member) throws IOException {
    for (var line = member.readLine(); line.isPresent(); line = member.readLine()) {
        switch (line.get()) {
            case "" -> {}
            case "/quit" -> {
                return;
            }
            case "/who" -> member.tell("* Here are: " + everybody());
            case String text -> tellAll(member.name + ": " + text);
        }
    }
}

// @start region="all"
/** Tells all who have a name; whoever is too far behind to be told has to go. */
void tellAll(String line) {
    for (var member : List.copyOf(members)) {
        if (!member.name.isEmpty()) {
            member.tell(line);
        }
    }
}
// @end

void leave(Member member, String why) {
    if (members.remove(member) && !member.name.isEmpty()) {
        tellAll("* " + member.name + " " + why);
    }
    member.dismiss("* Goodbye.");
}

Stream<String> names() {
    return members.stream().map(member -> member.name).filter(name -> !name.isEmpty());
}

String everybody() {
    return names().collect(Collectors.joining(", "));
}

/** Somebody who is connected, and the lines that wait to be sent there. */
class Member {
    final Connection connection;
    final Queue<String> lines = new Queue<>(MOST_BEHIND);
    String name = ""; // until there is one
    boolean leaving;

    Member(Connection connection) {
        this.connection = connection;
    }

    /** Returns the next line without what a terminal could take for a command; empty when there will be no more. */
    Optional<String> readLine() throws IOException {
        while (!leaving) {
            try {
                var line = connection.reader().readLine();
                return leaving || line.length == 0
                        ? Optional.empty()
                        : Optional.of(new String(line).replaceAll("\\p{Cc}", "").strip());
            } catch (LimitOverrunException tooLong) {
                tell("* That line was too long.");
            }
        }
        return Optional.empty();
    }

    // @start region="member"
    void tell(String line) {
        if (leaving) {
            return;
        }
        if (!lines.full()) {
            lines.putNowait(line);
            return;
        }
        dismiss("* You have fallen too far behind. Goodbye.");
        leave(this, "has fallen too far behind");
    }

    /** Says a last word, after which the connection is closed. Does not wait for that, nor for ever. */
    void dismiss(String lastWord) {
        if (!leaving) {
            leaving = true;
            if (lines.full()) {
                lines.getNowait();
            }
            lines.putNowait(lastWord);
            lines.shutdown();
            getRunningLoop().callLater(PATIENCE, connection.writer()::abort);
        }
    }

    void sendLines() {
        try (connection) {
            while (true) {
                connection.write((lines.get() + "\r\n").getBytes());
            }
        } catch (QueueShutDownException allIsSaid) {
            // closed
        } catch (IOException gone) {
            // whoever reads from it hears of that too
        }
    }
    // @end
}
