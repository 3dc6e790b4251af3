import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.*;
import http.*;
import java.time.Duration;

// Fetches web pages, many at a time on one thread, and says how long that took and how long it would have taken one
// after another.
//
//     ./asyncio run examples/FetchPages.java                                     200 slow pages of a server of its own
//     ./asyncio run examples/FetchPages.java URL... [--limit N] [--timeout S]    these pages

static final String HELP = """
        usage: FetchPages [URL...] [--limit N] [--timeout S]

        Fetches pages over plain HTTP, many at a time. Prints a line for each, in the order given: its status, the size
        of its body, the time it took and its URL; or why it could not be fetched.
        Without a URL, starts a server with 200 pages that take 50 ms each, and fetches those.

          --limit N     fetch at most N pages at a time (20)
          --timeout S   give up on a page after S seconds (10)
          --help        print this text

        The exit code is 0 if every page was fetched, 1 if one was not, 2 if an option is wrong.
        """;

static final int OWN_PAGES = 200;

void main(String[] args) throws IOException {
    Options options;
    try {
        options = Options.parse(args);
    } catch (IllegalArgumentException wrong) {
        System.err.println("FetchPages: " + wrong.getMessage() + " (--help tells more)");
        System.exit(2);
        return;
    }
    if (options.help()) {
        IO.print(HELP);
    } else {
        var allFetched = run(() -> options.urls().isEmpty() ? fetchOwnPages(options) : report(options.urls(), options));
        System.exit(allFetched ? 0 : 1);
    }
}

boolean report(List<String> urls, Options options) {
    var start = now();
    var pages = fetchAll(urls, options);
    var took = millisSince(start);

    pages.forEach(page -> IO.println(page.line()));
    var failed = pages.stream().filter(Page::failed).count();
    var oneAfterAnother = pages.stream().mapToLong(Page::millis).sum();
    IO.println("%d pages, %d failed, %dms (one after another: %dms)"
            .formatted(pages.size(), failed, took, oneAfterAnother));
    return failed == 0;
}

// @start region="all"
List<Page> fetchAll(List<String> urls, Options options) {
    var progress = new Progress(urls.size());
    return mapConcurrent(options.limit(), urls, url -> progress.count(fetch(url, options.timeout())));
}
// @end

Page fetch(String url, Duration limit) {
    var start = now();
    try {
        var response = timeout(limit, () -> get(HttpUrl.parse(url)));
        return Page.fetched(url, response, millisSince(start));
    } catch (TimeoutException e) {
        return Page.failed(url, "timed out after " + limit.toMillis() + "ms", millisSince(start));
    } catch (UnknownHostException e) {
        return Page.failed(url, "unknown host " + e.getMessage(), millisSince(start));
    } catch (IOException e) {
        return Page.failed(url, e.getMessage(), millisSince(start));
    }
}

// @start region="get"
ResponseParser get(HttpUrl url) throws IOException {
    var response = new ResponseParser();
    try (var connection = Streams.openConnection(url.host(), url.port())) {
        connection.write(url.request());
        while (!response.isComplete()) {
            response.feed(connection.reader().read(64 * 1024)); // nothing, once the server has closed
        }
    }
    return response;
}
// @end

boolean fetchOwnPages(Options options) throws IOException {
    var manyAtOnce = ServerOptions.DEFAULT.withBacklog(OWN_PAGES);
    try (var server = Streams.startServer(this::servePage, "127.0.0.1", 0, manyAtOnce)) {
        var root = "http://127.0.0.1:" + server.sockets().getFirst().getPort();
        System.err.println("no URL was given: fetching " + OWN_PAGES + " pages that take 50 ms each from " + root);
        return report(IntStream.range(0, OWN_PAGES).mapToObj(i -> root + "/" + i).toList(), options);
    }
}

void servePage(Connection client) throws IOException {
    client.reader().readUntil("\r\n\r\n".getBytes());
    sleep(Duration.ofMillis(50));
    client.write("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\nHello, reader!".getBytes());
}

Duration now() {
    return getRunningLoop().time();
}

long millisSince(Duration start) {
    return now().minus(start).toMillis();
}

/** How it went with one URL. */
record Page(String line, long millis, boolean failed) {

    static Page fetched(String url, ResponseParser response, long millis) {
        var line = "%d %d %dms %s".formatted(response.status(), response.bodySize(), millis, url);
        return new Page(line, millis, false);
    }

    static Page failed(String url, String reason, long millis) {
        return new Page("FAILED %s %s".formatted(reason, url), millis, true);
    }
}

/** Tells on stderr how far it has got: by a bar on a terminal, by a line for each tenth elsewhere. */
static final class Progress {
    private static final int WIDTH = 40;

    private final boolean onTerminal = System.console() != null && System.console().isTerminal();
    private final int total;
    private int done;
    private int failed;

    Progress(int total) {
        this.total = total;
    }

    Page count(Page page) {
        done++;
        failed += page.failed() ? 1 : 0;
        if (onTerminal) {
            var filled = WIDTH * done / total;
            var bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
            System.err.print("\r[" + bar + "] " + this + (done == total ? "\n" : ""));
        } else if (10 * done / total > 10 * (done - 1) / total) {
            System.err.println(this);
        }
        return page;
    }

    @Override
    public String toString() {
        return done + " of " + total + " pages" + (failed == 0 ? "" : ", " + failed + " failed");
    }
}

/** What the command line says. */
record Options(List<String> urls, int limit, Duration timeout, boolean help) {

    static Options parse(String[] args) {
        var urls = new ArrayList<String>();
        var limit = 20;
        var timeout = Duration.ofSeconds(10);
        var help = false;
        for (var words = List.of(args).iterator(); words.hasNext(); ) {
            var word = words.next();
            switch (word) {
                case "--help", "-h" -> help = true;
                case "--limit" -> limit = value(word, words, "a whole number above 0", Options::atLeastOne);
                case "--timeout" -> timeout = value(word, words, "a number of seconds above 0", Options::seconds);
                default -> urls.add(url(word));
            }
        }
        return new Options(List.copyOf(urls), limit, timeout, help);
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

    private static String url(String word) {
        if (word.startsWith("-")) {
            throw new IllegalArgumentException("there is no option " + word);
        }
        return word;
    }
}
