package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.LoopGroup;
import dev.asyncio4j.Task;
import dev.asyncio4j.net.ServerOptions;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.sync.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several loops, each on its thread. */
@Timeout(60)
class LoopGroupTest {

    private static final ContextVar<String> USER = new ContextVar<>("user");

    @Test
    void run_everyLoop_hasItsOwnThreadAndNumber() {
        Set<Object> loops = ConcurrentHashMap.newKeySet();
        List<Integer> squares = Asyncio.run(() -> LoopGroup.run(4, loop -> {
            loops.add(Asyncio.getRunningLoop());
            Asyncio.sleep(Duration.ZERO);
            return loop * loop;
        }));
        assertThat(squares).containsExactly(0, 1, 4, 9);
        assertThat(loops).hasSize(4);
    }

    @Test
    void run_context_isTheCallers() {
        List<String> users = Asyncio.run(() -> {
            USER.set("ada");
            return LoopGroup.run(2, _ -> USER.get());
        });
        assertThat(users).containsExactly("ada", "ada");
    }

    @Test
    void run_oneThatFails_cancelsTheOthers() {
        var cleaned = new AtomicInteger();
        Asyncio.run(() -> assertThatExceptionOfType(ExceptionGroup.class)
                .isThrownBy(() -> LoopGroup.run(3, loop -> {
                    if (loop == 1) {
                        throw new IOException("no disk");
                    }
                    try {
                        return Asyncio.getRunningLoop().createFuture().await();
                    } finally {
                        cleaned.incrementAndGet();
                    }
                }))
                .satisfies(e -> assertThat(e.exceptions())
                        .singleElement()
                        .satisfies(only ->
                                assertThat(only).isInstanceOf(IOException.class).hasMessage("no disk"))));
        assertThat(cleaned).hasValue(2);
    }

    @Test
    void run_cancelled_endsWhenAllHaveEnded() {
        var running = new Channel<Integer>(3);
        var cleaned = new AtomicInteger();
        Asyncio.run(() -> {
            Task<?> group = Asyncio.createTask(() -> LoopGroup.run(3, loop -> {
                try {
                    running.send(loop);
                    return Asyncio.getRunningLoop().createFuture().await();
                } finally {
                    cleaned.incrementAndGet();
                }
            }));
            for (int i = 0; i < 3; i++) {
                running.receive();
            }
            group.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(group::await);
            assertThat(cleaned).hasValue(3);
        });
    }

    /** Even a cancel that comes before the threads run. */
    @Test
    void run_cancelledAtOnce_ends() {
        Asyncio.run(() -> {
            Task<?> group = Asyncio.createTask(() -> LoopGroup.run(
                    3, _ -> Asyncio.getRunningLoop().createFuture().await()));
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
            group.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(group::await);
        });
    }

    @Test
    void run_noLoops_isRefused() {
        Asyncio.run(() -> assertThatIllegalArgumentException().isThrownBy(() -> LoopGroup.run(0, loop -> loop)));
    }

    /** The system spreads connections over the loops that share a port. */
    @Test
    void servers_thatShareAPort_shareTheConnections() throws IOException {
        Asyncio.run(() -> {
            var options = ServerOptions.DEFAULT.withReusePort(true);
            var reserving = Streams.startServer(_ -> {}, "127.0.0.1", 0, options.withStartServing(false));
            int port = reserving.sockets().getFirst().getPort();
            var ready = new Channel<Integer>(2);
            Task<?> group = Asyncio.createTask(() -> LoopGroup.run(2, loop -> {
                try (var server = Streams.startServer(
                        client -> client.write(new byte[] {(byte) (int) loop}), "127.0.0.1", port, options)) {
                    ready.send(loop);
                    server.serveForever();
                }
                return null;
            }));
            ready.receive();
            ready.receive();
            reserving.close();
            Asyncio.sleep(Duration.ZERO); // it has left the port when the batch has ended
            var answers = new HashSet<Byte>();
            while (answers.size() < 2) {
                try (var connection = Streams.openConnection("127.0.0.1", port)) {
                    answers.add(connection.reader().readExactly(1)[0]);
                }
            }
            assertThat(answers).containsExactlyInAnyOrder((byte) 0, (byte) 1);
            group.cancelAndWait();
        });
    }
}
