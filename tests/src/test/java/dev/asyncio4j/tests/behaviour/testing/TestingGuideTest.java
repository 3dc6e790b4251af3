package dev.asyncio4j.tests.behaviour.testing;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.timeout;
import static dev.asyncio4j.Asyncio.toThread;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Future;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.testing.AsyncioExtension;
import dev.asyncio4j.testing.AsyncioTest;
import dev.asyncio4j.testing.DeadlockError;
import dev.asyncio4j.testing.Trail;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeOptions;
import dev.asyncio4j.testing.net.LinkConditions;
import dev.asyncio4j.testing.net.MemoryNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/testing.md shows. */
class TestingGuideTest {

    // @start region="subject"
    static <T> T retry(int attempts, Duration pause, Callable<T> call) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.call();
            } catch (IOException e) {
                if (attempt == attempts) {
                    throw e;
                }
                sleep(pause.multipliedBy(1L << (attempt - 1)));
            }
        }
    }
    // @end

    // @start region="first"
    @AsyncioTest
    void retry_serverThatIsDownAllDay_givesUpAfterFifteenHours() {
        var trail = new Trail();

        assertThatThrownBy(() -> retry(5, Duration.ofHours(1), () -> {
                    trail.timedStep("attempt");
                    throw new IOException("down");
                }))
                .hasMessage("down");

        trail.expect("PT0S attempt", "PT1H attempt", "PT3H attempt", "PT7H attempt", "PT15H attempt");
        assertThat(VirtualTime.elapsed()).isEqualTo(Duration.ofHours(15));
    }
    // @end

    // @start region="run"
    @Test
    void timeout_ofAServerThatIsSilent_isAMinute() {
        VirtualTime.run(() -> {
            var answer = getRunningLoop().createFuture("the answer");
            assertThatThrownBy(() -> timeout(Duration.ofMinutes(1), () -> answer.await()));
            assertThat(VirtualTime.elapsed()).isEqualTo(Duration.ofMinutes(1));
        });
    }
    // @end

    // @start region="deadlock"
    void shakeHands() {
        var aliceIsReady = new Event();
        var bobIsReady = new Event();
        TaskGroup.run(group -> {
            group.createTask(() -> greet(bobIsReady, aliceIsReady), TaskOptions.named("Alice"));
            group.createTask(() -> greet(aliceIsReady, bobIsReady), TaskOptions.named("Bob"));
        });
    }

    void greet(Event other, Event mine) {
        other.await();
        mine.set();
    }
    // @end

    @Test
    void deadlock_inTheGuide_isReported() {
        assertThatThrownBy(() -> VirtualTime.run(this::shakeHands))
                .isInstanceOf(DeadlockError.class)
                .hasMessageContaining("Alice")
                .hasMessageContaining("TestingGuideTest.greet(TestingGuideTest.java");
    }

    @Test
    void circle_inTheGuide_isNamed() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    var tasks = new ArrayList<Future<?>>();
                    tasks.add(createTask(() -> awaitOther(tasks, 1), TaskOptions.named("Kant")));
                    tasks.add(createTask(() -> awaitOther(tasks, 0), TaskOptions.named("Hume")));
                    tasks.getFirst().await();
                }))
                .hasMessageContaining("a circle: Kant waits for Hume waits for Kant");
    }

    private static void awaitOther(List<Future<?>> tasks, int number) {
        tasks.get(number).await();
    }

    static final class Ticker {
        int ticks;

        void run() {
            while (true) {
                sleep(Duration.ofSeconds(1));
                ticks++;
            }
        }
    }

    // @start region="time"
    @AsyncioTest
    void time_inATest() {
        var ticker = new Ticker();
        var ticking = createTask(() -> ticker.run());

        VirtualTime.settle(); // everything that can run now has run; no time has gone by
        assertThat(ticker.ticks).isZero();

        sleep(Duration.ofMinutes(1)); // time goes by, and all that happens in it happens
        VirtualTime.settle(); // what is due at this very moment, too
        assertThat(ticker.ticks).isEqualTo(60);

        VirtualTime.advance(Duration.ofMinutes(1)); // as if this line had computed for a minute
        assertThat(ticker.ticks).isEqualTo(60);

        ticking.cancel();
    }
    // @end

    static final class Radio {
        void receive(Consumer<String> listener) {
            Thread.ofPlatform().start(() -> listener.accept("news"));
        }
    }

    // @start region="hold"
    @AsyncioTest
    void reply_ofAThreadOfTheTests() {
        var loop = getRunningLoop();
        var news = loop.<String>createFuture("news");
        var hold = VirtualTime.holdClock("the radio");
        new Radio().receive(text -> {
            loop.callSoonThreadsafe(() -> news.setResult(text));
            hold.close();
        });
        assertThat(timeout(Duration.ofMinutes(1), () -> news.await())).isEqualTo("news");
    }
    // @end

    // @start region="seeds"
    @Test
    void counter_whateverTheOrder_countsAll() {
        VirtualTime.forSeeds(20, () -> {
            var lines = new ArrayList<String>();
            TaskGroup.run(group -> {
                for (String file : new String[] {"a", "b", "c"}) {
                    group.createTask(() -> lines.add(toThread(() -> "read " + file)));
                }
            });
            assertThat(lines).containsExactlyInAnyOrder("read a", "read b", "read c");
        });
    }
    // @end

    // @start region="network"
    @Test
    void client_whoseServerIsGone_givesUpAfterAMinute() throws IOException {
        var network = new MemoryNetwork()
                .addHost("shop", "10.0.0.1")
                .setConditions(LinkConditions.DEFAULT.withLatency(Duration.ofMillis(80)));

        VirtualTime.run(
                () -> {
                    try (var _ = Streams.startServer(shop -> shop.write("welcome\n".getBytes(UTF_8)), "shop", 80)) {
                        try (var client = Streams.openConnection("shop", 80)) {
                            assertThat(client.reader().readLine()).asString().isEqualTo("welcome\n");
                        }
                        network.addUnreachable("10.0.0.1");
                        assertThatThrownBy(
                                        () -> timeout(Duration.ofMinutes(1), () -> Streams.openConnection("shop", 80)))
                                .isInstanceOf(TimeoutException.class);
                    }
                },
                VirtualTimeOptions.DEFAULT.withDriver(network));
    }
    // @end

    // @start region="extension"
    @Nested
    class WithOptions {

        @RegisterExtension
        static final AsyncioExtension ASYNCIO =
                new AsyncioExtension(VirtualTimeOptions.DEFAULT.withPendingTasksAllowed(true));

        @RepeatedTest(3)
        void everyMethod_runsInVirtualTime() {
            createTask(() -> new Ticker().run());
            sleep(Duration.ofDays(1));
        }
    }
    // @end

    // ---- the guide itself

    private static final Path ROOT = Path.of(System.getProperty("asyncio4j.root", ".."));
    private static final Pattern SHOWN =
            Pattern.compile("<!-- region: (?<name>[\\w-]+) -->\\R```java\\R(?<code>.*?)```", Pattern.DOTALL);

    @Test
    void guide_everyProgramInIt_isARegionOfThisFile() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/testing.md"));
        Matcher shown = SHOWN.matcher(guide);
        int found = 0;
        for (; shown.find(); found++) {
            assertThat(shown.group("code")).isEqualTo(region(shown.group("name")));
        }
        assertThat(found).isEqualTo(guide.split("```java", -1).length - 1);
    }

    private static String region(String name) throws IOException {
        String path = TestingGuideTest.class.getName().replace('.', '/') + ".java";
        String source = Files.readString(ROOT.resolve("tests/src/test/java").resolve(path));
        String start = "@start region=\"" + name + "\"\n";
        String body = source.substring(source.indexOf(start) + start.length());
        String withMark = body.substring(0, body.indexOf("@end"));
        return withMark.substring(0, withMark.lastIndexOf('/') - 1)
                        .stripTrailing()
                        .stripIndent() + "\n";
    }
}
