package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.gatherOutcomes;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.mapConcurrent;
import static dev.asyncio4j.Asyncio.runCoroutineThreadsafe;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.timeout;
import static dev.asyncio4j.Asyncio.toThread;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.Outcome;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.ConnectionHandler;
import dev.asyncio4j.net.ServerOptions;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.process.SubprocessOptions;
import dev.asyncio4j.process.Subprocesses;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/how-to.md shows. */
class HowToTest {

    private final List<String> printed = new ArrayList<>();

    private void print(Object line) {
        printed.add(String.valueOf(line));
    }

    private static String fetch(String name) throws IOException {
        if (name.equals("broken")) {
            throw new IOException(name + " is not there");
        }
        sleep(Duration.ZERO);
        return "page of " + name;
    }

    @Test
    void limitTheTime() throws Exception {
        Asyncio.run(() -> {
            // @start region="timeout"
            try {
                var page = timeout(Duration.ofSeconds(5), () -> fetch("a"));
                print(page);
            } catch (TimeoutException e) {
                print("no answer within 5 seconds");
            }
            // @end
        });
        assertThat(printed).containsExactly("page of a");
    }

    @Test
    void limitHowMany() {
        Asyncio.run(() -> {
            // @start region="limit"
            var names = List.of("a", "b", "c", "d");
            var pages = mapConcurrent(2, names, name -> fetch(name));
            // @end
            pages.forEach(this::print);
        });
        assertThat(printed).containsExactly("page of a", "page of b", "page of c", "page of d");
    }

    @Test
    void goOnInSpiteOfFailures() {
        Asyncio.run(() -> {
            // @start region="outcomes"
            var outcomes = gatherOutcomes(() -> fetch("a"), () -> fetch("broken"));
            for (var outcome : outcomes) {
                switch (outcome) {
                    case Outcome.Success(var page) -> print(page);
                    case Outcome.Failure(var exception) -> print("failed: " + exception.getMessage());
                    case Outcome.Cancelled(var error) -> print("cancelled: " + error.getMessage());
                }
            }
            // @end
        });
        assertThat(printed).containsExactly("page of a", "failed: broken is not there");
    }

    @Test
    void stopAllWhenOneFails() {
        Asyncio.run(() -> {
            // @start region="group"
            try {
                TaskGroup.run(group -> {
                    var a = group.createTask(() -> fetch("a"));
                    var b = group.createTask(() -> fetch("broken"));
                    print(a.await() + " and " + b.await());
                });
            } catch (ExceptionGroup failures) {
                failures.handle(IOException.class, e -> print("failed: " + e.getMessage()));
            }
            // @end
        });
        assertThat(printed).containsExactly("failed: broken is not there");
    }

    @Test
    void callWhatBlocks(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("notes.txt"), "a\nb\n");
        Asyncio.run(() -> {
            // @start region="thread"
            var lines = toThread(() -> Files.readAllLines(file));
            // @end
            lines.forEach(this::print);
        });
        assertThat(printed).containsExactly("a", "b");
    }

    @Test
    void comeFromAnotherThread() throws Exception {
        Asyncio.run(() -> {
            var loop = getRunningLoop();
            print(toThread(() -> fromAnotherThread(loop)));
        });
        assertThat(printed).containsExactly("page of a");
    }

    // @start region="threadsafe"
    static String fromAnotherThread(EventLoop loop) throws InterruptedException, ExecutionException {
        var page = runCoroutineThreadsafe(() -> fetch("a"), loop);
        return page.get();
    }
    // @end

    @Test
    void cleanUp() {
        Asyncio.run(() -> {
            var task = createTask(() -> session());
            sleep(Duration.ZERO);
            task.cancel();
            gatherOutcomes(List.of(task));
        });
        assertThat(printed).containsExactly("working", "goodbye was said");
    }

    // @start region="cleanup"
    void session() {
        try {
            print("working");
            sleep(Duration.ofHours(1));
        } finally {
            CancelScope.shielded(_ -> sayGoodbye());
        }
    }
    // @end

    private void sayGoodbye() {
        sleep(Duration.ofMillis(10));
        print("goodbye was said");
    }

    @Test
    void keepAnInvariantAcrossWaits() {
        Asyncio.run(() -> {
            Asyncio.gather(() -> cached("a"), () -> cached("a"));
        });
        assertThat(printed).containsExactly("fetching a");
    }

    // @start region="lock"
    final Lock lock = new Lock();
    final Map<String, String> cache = new HashMap<>();

    String cached(String name) throws IOException {
        try (var _ = lock.acquire()) {
            var page = cache.get(name);
            if (page == null) {
                print("fetching " + name);
                page = fetch(name); // waits: without the lock the other task would fetch it too
                cache.put(name, page);
            }
            return page;
        }
    }
    // @end

    @Test
    void talkToAServer() throws Exception {
        Asyncio.run(() -> {
            // @start region="server"
            try (var server = Streams.startServer(
                    client -> {
                        var name = new String(client.reader().readLine(), UTF_8).strip();
                        client.write(("Hello, " + name + "!\n").getBytes(UTF_8));
                    },
                    "127.0.0.1",
                    0)) {
                var port = server.sockets().getFirst().getPort();
                // @end
                // @start region="client"
                try (var connection = Streams.openConnection("127.0.0.1", port)) {
                    connection.write("Ada\n".getBytes(UTF_8));
                    print(new String(connection.reader().readLine(), UTF_8));
                }
                // @end
            }
        });
        assertThat(printed).containsExactly("Hello, Ada!\n");
    }

    @Test
    void talkOnThisMachine(@TempDir Path folder) throws Exception {
        var file = folder.resolve("greeter.sock");
        Asyncio.run(() -> {
            // @start region="unix"
            var onlyUs = ServerOptions.DEFAULT.withPermissions(PosixFilePermissions.fromString("rw-------"));
            try (var server = Streams.startUnixServer(client -> client.write("hello\n".getBytes(UTF_8)), file, onlyUs);
                    var connection = Streams.openUnixConnection(file)) {
                print(server.addresses() + " says "
                        + new String(connection.reader().readLine(), UTF_8));
            }
            // @end
        });
        assertThat(printed).containsExactly("[" + file + "] says hello\n");
    }

    @Test
    void sendAFile(@TempDir Path folder) throws Exception {
        var path = Files.writeString(folder.resolve("page"), "a long page");
        Asyncio.run(() -> {
            // @start region="sendfile"
            ConnectionHandler sendPage = client -> {
                try (var file = FileChannel.open(path)) {
                    client.writer().sendfile(file);
                }
            };
            // @end
            try (var server = Streams.startServer(sendPage, "127.0.0.1", 0);
                    var connection = Streams.openConnection(
                            "127.0.0.1", server.sockets().getFirst().getPort())) {
                print(new String(connection.reader().read(), UTF_8));
            }
        });
        assertThat(printed).containsExactly("a long page");
    }

    @Test
    void runAnotherProgram() throws Exception {
        Asyncio.run(() -> {
            // @start region="subprocess"
            try (var sort = Subprocesses.createSubprocessExec(List.of("sort", "-r"), SubprocessOptions.PIPES)) {
                var output = timeout(Duration.ofSeconds(30), () -> sort.communicate("a\nb\n".getBytes(UTF_8)));
                print(output.stdoutText() + "ended with " + sort.await());
            }
            // @end
        });
        assertThat(printed).containsExactly("b\na\nended with 0");
    }

    @Test
    void hearOfLostFailures() {
        Asyncio.run(() -> {
            var heard = new Event();
            // @start region="handler"
            getRunningLoop().setExceptionHandler((loop, context) -> {
                print(context.message());
                heard.set();
            });
            // @end
            getRunningLoop().callExceptionHandler(ExceptionContext.of("nobody looked at this"));
            heard.await();
        });
        assertThat(printed).containsExactly("nobody looked at this");
    }
}
