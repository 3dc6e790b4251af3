package dev.asyncio4j.benchmarks.peers;

import static dev.asyncio4j.benchmarks.peers.Turns.timed;

import com.softwaremill.jox.Channel;
import java.util.Map;
import java.util.concurrent.Executors;

/** The workloads that jox has something for: its channels, between virtual threads on the JDK's scheduler. */
final class JoxChannels {

    private JoxChannels() {}

    public static void main(String[] args) throws Exception {
        Turns.take(
                Map.of(
                        "future_switch", timed(JoxChannels::rendezvous),
                        "queue_1", timed(count -> handOver(count, Channel.newBufferedChannel(1))),
                        "queue_100", timed(count -> handOver(count, Channel.newBufferedChannel(100)))),
                args[0]);
    }

    /** Two threads wake each other in turn. */
    private static void rendezvous(int count) throws Exception {
        handOver(count / 2, Channel.newRendezvousChannel());
    }

    private static void handOver(int count, Channel<Integer> channel) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            executor.submit(() -> {
                for (var i = 0; i < count; i++) {
                    channel.send(i);
                }
                return true;
            });
            executor.submit(() -> {
                        for (var i = 0; i < count; i++) {
                            channel.receive();
                        }
                        return true;
                    })
                    .get();
        }
    }
}
