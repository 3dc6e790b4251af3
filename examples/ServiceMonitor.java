import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.ExitStack;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.*;
import java.time.Duration;

// Watches any number of services at a time: tells when one goes down and when it is back, and how fast they answer.
//
//     ./asyncio run examples/ServiceMonitor.java                  a demonstration with 300 services that ends by itself
//     ./asyncio run examples/ServiceMonitor.java HOST:PORT...     these services, until Ctrl-C

static final String HELP = """
        usage: ServiceMonitor [HOST:PORT...] [--every S] [--timeout S] [--limit N] [--rounds N]

        Connects to each address in rounds, many at a time. Takes each for up at first; prints a line whenever one goes down
        or comes back, and a table after each round.
        Without an address, watches 300 services of its own, some of which are down, for three rounds.

          --every S     begin a round S seconds after the last one has begun (10)
          --timeout S   take for down what does not answer within S seconds (3)
          --limit N     check at most N at a time (100)
          --rounds N    end after N rounds; else it goes on until Ctrl-C
          --help        print this text

        The exit code is 0 if all were up in the last round, 1 if one was not, 2 if an argument is wrong, 130 after Ctrl-C.
        """;

void main(String[] args) throws IOException {
    Options options;
    try {
        options = Options.parse(args);
    } catch (IllegalArgumentException wrong) {
        System.err.println("ServiceMonitor: " + wrong.getMessage() + " (--help tells more)");
        System.exit(2);
        return;
    }
    if (options.help()) {
        IO.print(HELP);
    } else if (options.services().isEmpty()) {
        run(() -> demonstrate(options));
    } else {
        System.exit(run(() -> watch(options)) ? 0 : 1);
    }
}

// @start region="watch"
boolean watch(Options options) {
    for (var round = 1; ; round++) {
        var next = getRunningLoop().time().plus(options.every());
        checkAll(round, options.services(), options);
        if (round == options.rounds()) {
            return options.services().stream().allMatch(Service::isUp);
        }
        sleep(next.minus(getRunningLoop().time()));
    }
}

void checkAll(int round, List<Service> services, Options options) {
    var start = getRunningLoop().time();
    forEachConcurrent(options.limit(), services, service -> check(service, options.timeout()));
    printTable(round, services, millisSince(start));
}

void check(Service service, Duration limit) {
    var start = getRunningLoop().time();
    try (var _ = timeout(limit, () -> Streams.openConnection(service.host, service.port))) {
        service.isUp(millisSince(start));
    } catch (TimeoutException silent) {
        service.isDown("no answer within " + limit.toMillis() + "ms");
    } catch (UnknownHostException unknown) {
        service.isDown("unknown host");
    } catch (IOException refused) {
        service.isDown(refused.getMessage());
    }
}
// @end

long millisSince(Duration start) {
    return getRunningLoop().time().minus(start).toMillis();
}

void printTable(int round, List<Service> services, long took) {
    var up = services.stream().filter(Service::isUp).toList();
    var millis = up.stream().map(service -> service.millis).sorted().toList();
    IO.println("round     " + round);
    IO.println("  up      " + up.size());
    IO.println("  down    " + (services.size() - up.size()));
    if (!up.isEmpty()) {
        IO.println("  median  " + millis.get(millis.size() / 2) + "ms");
        IO.println("  slowest " + millis.getLast() + "ms");
    }
    IO.println("  took    " + took + "ms");
}

/** What is watched, and how it was found when last looked at. */
static final class Service {
    final String host;
    final int port;
    private long millis;
    private boolean down;
    private Duration downSince = Duration.ZERO;

    Service(String host, int port) {
        this.host = host;
        this.port = port;
    }

    static Service parse(String address) {
        var colon = address.lastIndexOf(':');
        try {
            var port = Integer.parseInt(address.substring(colon + 1));
            if (colon < 1 || port < 1 || port > 65_535) {
                throw new NumberFormatException();
            }
            return new Service(address.substring(0, colon).replaceAll("^\\[(.*)]$", "$1"), port);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("an address is a HOST:PORT, not " + address, wrong);
        }
    }

    boolean isUp() {
        return !down;
    }

    void isUp(long millis) {
        this.millis = millis;
        if (down) {
            down = false;
            var lost = getRunningLoop().time().minus(downSince).toMillis();
            IO.println("UP   " + this + " answers within " + millis + "ms, after " + lost + "ms");
        }
    }

    void isDown(String reason) {
        if (!down) {
            down = true;
            downSince = getRunningLoop().time();
            IO.println("DOWN " + this + " " + reason);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}

/** What the command line says. */
record Options(List<Service> services, Duration every, Duration timeout, int limit, int rounds, boolean help) {

    static Options parse(String[] args) {
        var services = new ArrayList<Service>();
        var every = Duration.ofSeconds(10);
        var timeout = Duration.ofSeconds(3);
        var limit = 100;
        var rounds = 0; // for ever
        var help = false;
        for (var words = List.of(args).iterator(); words.hasNext(); ) {
            var word = words.next();
            switch (word) {
                case "--help", "-h" -> help = true;
                case "--every" -> every = value(word, words, "a number of seconds above 0", Options::seconds);
                case "--timeout" -> timeout = value(word, words, "a number of seconds above 0", Options::seconds);
                case "--limit" -> limit = value(word, words, "a whole number above 0", Options::atLeastOne);
                case "--rounds" -> rounds = value(word, words, "a whole number above 0", Options::atLeastOne);
                default -> services.add(service(word));
            }
        }
        return new Options(List.copyOf(services), every, timeout, limit, rounds, help);
    }

    private static <T> T value(String option, Iterator<String> words, String expected, Function<String, T> reader) {
        var text = words.hasNext() ? words.next() : "nothing";
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(option + " needs " + expected + ", not " + text, wrong);
        }
    }

    private static int atLeastOne(String text) {
        var number = Integer.parseInt(text);
        if (number < 1) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static Duration seconds(String text) {
        var millis = Math.round(1000 * Double.parseDouble(text));
        if (millis < 1) {
            throw new IllegalArgumentException(text);
        }
        return Duration.ofMillis(millis);
    }

    private static Service service(String word) {
        if (word.startsWith("-")) {
            throw new IllegalArgumentException("there is no option " + word);
        }
        return Service.parse(word);
    }
}

/* ---- the demonstration ---- */

static final int OWN_SERVICES = 300;
static final int OWN_SERVICES_DOWN = 5;

void demonstrate(Options options) throws IOException {
    try (var all = new ExitStack()) {
        var own = new ArrayList<OwnService>();
        for (var i = 0; i < OWN_SERVICES; i++) {
            own.add(all.enter(new OwnService()));
        }
        for (var lost : own.subList(0, OWN_SERVICES_DOWN)) {
            lost.stop();
        }
        var services = own.stream().map(service -> new Service(HERE, service.port)).toList();
        checkAll(1, services, options);
        own.getLast().stop();
        checkAll(2, services, options);
        own.getLast().start();
        checkAll(3, services, options);
    }
}

static final String HERE = "127.0.0.1";

/** Listens, or keeps its port without listening, so that nobody else gets it meanwhile. */
static final class OwnService implements AutoCloseable {
    final int port;
    private Server server;
    private Socket kept = new Socket();

    OwnService() throws IOException {
        server = listen(0);
        port = server.sockets().getFirst().getPort();
    }

    private static Server listen(int port) throws IOException {
        return Streams.startServer(client -> client.reader().read(), HERE, port);
    }

    void start() throws IOException {
        kept.close();
        server = listen(port);
    }

    void stop() throws IOException {
        server.close();
        sleep(Duration.ZERO); // the port is free when this step of the loop has ended
        kept = new Socket();
        kept.setReuseAddress(true);
        kept.bind(new InetSocketAddress(HERE, port));
    }

    @Override
    public void close() throws IOException {
        server.close();
        kept.close();
    }
}
