package dev.asyncio4j.net;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.timeout;
import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Action;
import dev.asyncio4j.Task;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.testing.DeadlockError;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeOptions;
import dev.asyncio4j.testing.net.LinkConditions;
import dev.asyncio4j.testing.net.MemoryNetwork;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hosts, latency and what goes wrong in a network in memory; what streams promise is in {@link StreamContractTest}. */
class MemoryNetworkTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static <X extends Throwable> void run(MemoryNetwork network, Action<X> program) throws X {
        VirtualTime.run(program, VirtualTimeOptions.DEFAULT.withDriver(network).withPendingTasksAllowed(true));
    }

    /** Answers each line with itself. */
    private static Server echo(String host) throws IOException {
        return Streams.startServer(
                connection -> {
                    for (byte[] line = connection.reader().readLine();
                            line.length > 0;
                            line = connection.reader().readLine()) {
                        connection.write(line);
                    }
                },
                host,
                80);
    }

    @Test
    void hosts_areFoundByTheirNames() throws IOException {
        run(new MemoryNetwork().addHost("shop", "10.0.0.1").addHost("bank", "10.0.0.2"), () -> {
            try (var _ = echo("shop");
                    var _ = echo("bank");
                    var connection = Streams.openConnection("bank", 80)) {
                assertThat(connection.remoteAddress()).hasToString("/10.0.0.2:80");
                assertThatExceptionOfType(UnknownHostException.class)
                        .isThrownBy(() -> Streams.openConnection("pub", 80))
                        .withMessageContaining("pub")
                        .withMessageContaining("shop");
            }
        });
    }

    @Test
    void latency_takesVirtualTime() throws IOException {
        var network = new MemoryNetwork().setConditions(LinkConditions.DEFAULT.withLatency(SECOND));
        run(network, () -> {
            var loop = getRunningLoop();
            try (var _ = echo("localhost")) {
                Duration begin = loop.time();
                try (var connection = Streams.openConnection("localhost", 80)) {
                    assertThat(loop.time().minus(begin)).isEqualTo(SECOND.multipliedBy(2));
                    connection.write(bytes("there and back\n"));
                    connection.reader().readLine();
                    assertThat(loop.time().minus(begin)).isEqualTo(SECOND.multipliedBy(4));
                }
            }
        });
    }

    @Test
    void jitter_keepsTheOrder_andComesFromTheSeed() throws IOException {
        assertThat(arrivals(1)).isEqualTo(arrivals(1)).isNotEqualTo(arrivals(2));
    }

    /** When each of the lines 0 to 9, sent at once, has come back. */
    private static List<Duration> arrivals(long seed) throws IOException {
        var network = new MemoryNetwork(seed)
                .setConditions(LinkConditions.DEFAULT.withJitter(SECOND).withMostPerWrite(2));
        var times = new ArrayList<Duration>();
        run(network, () -> {
            try (var _ = echo("localhost");
                    var connection = Streams.openConnection("localhost", 80)) {
                for (int i = 0; i < 10; i++) {
                    connection.write(bytes(i + "\n"));
                }
                for (int i = 0; i < 10; i++) {
                    assertThat(text(connection.reader().readLine())).isEqualTo(i + "\n");
                    times.add(getRunningLoop().time());
                }
            }
        });
        return times;
    }

    @Test
    void mostPerRead_makesReadsShort() throws IOException {
        run(new MemoryNetwork().setConditions(LinkConditions.DEFAULT.withMostPerRead(3)), () -> {
            try (var _ = Streams.startServer(connection -> connection.write(new byte[10]), "localhost", 80);
                    var connection = Streams.openConnection("localhost", 80)) {
                assertThat(connection.reader().read(10)).hasSize(3);
                assertThat(connection.reader().readExactly(7)).hasSize(7);
            }
        });
    }

    @Test
    void reset_isHeardAtBothEnds() throws IOException {
        var network = new MemoryNetwork();
        run(network, () -> {
            var told = new ArrayList<String>();
            try (var _ = Streams.startServer(
                            connection -> {
                                try {
                                    connection.reader().readLine();
                                } catch (ConnectionResetException e) {
                                    told.add("server");
                                }
                            },
                            "localhost",
                            80);
                    var connection = Streams.openConnection("localhost", 80)) {
                Task<byte[]> reading = createTask(() -> connection.reader().readLine());
                VirtualTime.settle();
                network.links().getFirst().reset();
                assertThatExceptionOfType(ConnectionResetException.class).isThrownBy(reading::await);
                VirtualTime.settle();
                assertThat(told).containsExactly("server");
                assertThat(network.links()).isEmpty();
            }
        });
    }

    @Test
    void silence_losesWhatIsSent_andTellsNobody() throws IOException {
        var network = new MemoryNetwork().setConditions(LinkConditions.DEFAULT.withLatency(SECOND));
        run(network, () -> {
            try (var _ = echo("localhost");
                    var connection = Streams.openConnection("localhost", 80)) {
                connection.write(bytes("on its way\n"));
                VirtualTime.settle();
                network.links().getFirst().silence();
                connection.write(bytes("lost\n"));
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> timeout(
                                Duration.ofHours(1), () -> connection.reader().readLine()));

                network.links().getFirst().restore();
                connection.write(bytes("heard\n"));
                assertThat(text(connection.reader().readLine())).isEqualTo("heard\n");
            }
        });
    }

    /** Without a time limit whoever waits for such a peer waits for ever, and the virtual clock says so. */
    @Test
    void silence_withoutATimeLimit_isADeadlock() {
        var network = new MemoryNetwork();
        assertThatThrownBy(() -> run(network, () -> {
                    try (var _ = echo("localhost");
                            var connection = Streams.openConnection("localhost", 80)) {
                        network.links().getFirst().silence();
                        connection.reader().readLine();
                    }
                }))
                .isInstanceOf(DeadlockError.class)
                .hasMessageContaining("waits for data on a stream");
    }

    @Test
    void connect_toAHostThatIsUnreachable_neverEnds() throws IOException {
        var network = new MemoryNetwork().addUnreachable("127.0.0.1");
        run(network, () -> {
            try (var _ = echo("localhost")) {
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> timeout(SECOND, () -> Streams.openConnection("localhost", 80)));
                network.removeUnreachable("127.0.0.1");
                Streams.openConnection("localhost", 80).close();
            }
        });
    }

    /** The client is connected when the system has it in its queue, and waits when that is full. */
    @Test
    void backlog_whenFull_makesConnectsWait() throws IOException {
        run(new MemoryNetwork(), () -> {
            var options = ServerOptions.DEFAULT.withBacklog(2).withStartServing(false);
            try (var server = Streams.startServer(_ -> {}, "localhost", 80, options);
                    var _ = Streams.openConnection("localhost", 80);
                    var _ = Streams.openConnection("localhost", 80)) {
                Task<Connection> third = createTask(() -> Streams.openConnection("localhost", 80));
                sleep(SECOND);
                assertThat(third.done()).isFalse();
                server.startServing();
                third.await().close();
            }
        });
    }

    @Test
    void server_thatIsClosed_resetsThoseItHasNotAccepted() throws IOException {
        run(new MemoryNetwork(), () -> {
            var options = ServerOptions.DEFAULT.withStartServing(false);
            var server = Streams.startServer(_ -> {}, "localhost", 80, options);
            try (var connection = Streams.openConnection("localhost", 80)) {
                server.close();
                assertThatExceptionOfType(ConnectionResetException.class)
                        .isThrownBy(() -> connection.reader().read());
            }
        });
    }

    @Test
    void conditions_thatCannotBe_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkConditions.DEFAULT.withWindow(0))
                .withMessageContaining("window must be positive and is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkConditions.DEFAULT.withLatency(SECOND.negated()))
                .withMessageContaining("latency");
        assertThatIllegalArgumentException().isThrownBy(() -> new MemoryNetwork().addHost("nowhere"));
    }
}
