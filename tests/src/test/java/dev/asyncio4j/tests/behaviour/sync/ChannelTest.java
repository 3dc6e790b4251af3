package dev.asyncio4j.tests.behaviour.sync;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.LoopGroup;
import dev.asyncio4j.Outcome;
import dev.asyncio4j.Task;
import dev.asyncio4j.sync.Channel;
import dev.asyncio4j.sync.ChannelClosedException;
import dev.asyncio4j.testing.AsyncioTest;
import dev.asyncio4j.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChannelTest {

    @AsyncioTest
    void items_comeOutAsTheyWentIn() {
        var channel = new Channel<String>(2);
        channel.send("a");
        assertThat(channel.trySend("b")).isTrue();
        assertThat(channel.trySend("c")).isFalse();
        assertThat(channel.size()).isEqualTo(2);
        assertThat(channel.receive()).isEqualTo("a");
        assertThat(channel.tryReceive()).contains("b");
        assertThat(channel.tryReceive()).isEmpty();
    }

    @AsyncioTest
    void send_intoAFullChannel_waitsForAPlace() {
        var channel = new Channel<Integer>(1);
        Task<?> sender = createTask(() -> {
            channel.send(1);
            channel.send(2);
        });
        VirtualTime.settle();
        assertThat(sender.done()).isFalse();
        assertThat(channel).hasToString("Channel (1 of 1 items, 0 receiving, 1 sending)");
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(channel.receive()).isEqualTo(2);
        sender.await();
    }

    @AsyncioTest
    void receivers_areServedInTheirOrder() {
        var channel = new Channel<Integer>(10);
        var served = new ArrayList<String>();
        for (String name : List.of("first", "second", "third")) {
            createTask(() -> served.add(name + " " + channel.receive()));
        }
        VirtualTime.settle();
        IntStream.range(0, 3).forEach(channel::send);
        VirtualTime.settle();
        assertThat(served).containsExactly("first 0", "second 1", "third 2");
    }

    /** Whoever was woken and is cancelled before it looks wakes the next. */
    @AsyncioTest
    void receiver_cancelledWhenWoken_losesNothing() {
        var channel = new Channel<Integer>(10);
        Task<Integer> first = createTask(channel::receive);
        Task<Integer> second = createTask(channel::receive);
        VirtualTime.settle();
        channel.send(7);
        first.cancel();
        assertThat(second.await()).isEqualTo(7);
        assertThat(first.cancelled()).isTrue();
    }

    @AsyncioTest
    void sender_cancelledWhenWoken_leavesThePlaceToTheNext() {
        var channel = new Channel<Integer>(1);
        channel.send(0);
        Task<?> first = createTask(() -> channel.send(1));
        Task<?> second = createTask(() -> channel.send(2));
        VirtualTime.settle();
        assertThat(channel.receive()).isZero();
        first.cancel();
        second.await();
        assertThat(channel.receive()).isEqualTo(2);
    }

    @AsyncioTest
    void close_wakesAll_andLeavesWhatIsIn() {
        var channel = new Channel<Integer>(1);
        channel.send(1);
        Task<?> sender = createTask(() -> channel.send(2));
        VirtualTime.settle();
        channel.close();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(sender::await);
        assertThat(channel.receive()).isEqualTo(1);
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(channel::receive);
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.trySend(3));
        assertThat(channel.tryReceive()).isEmpty();
        assertThat(channel.isClosed()).isTrue();
    }

    @AsyncioTest
    void iteration_endsWhenClosedAndEmpty() {
        var channel = new Channel<Integer>(1);
        createTask(() -> {
            IntStream.range(0, 5).forEach(channel::send);
            channel.close();
        });
        var got = new ArrayList<Integer>();
        channel.forEach(got::add);
        assertThat(got).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void waiting_outsideATask_isRefused() {
        var channel = new Channel<Integer>(1);
        assertThat(channel.trySend(1)).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> channel.send(2));
        assertThat(channel.tryReceive()).contains(1);
        assertThatIllegalStateException().isThrownBy(channel::receive);
        assertThatIllegalArgumentException().isThrownBy(() -> new Channel<>(0));
    }

    /** Between loops, with senders and receivers that are cancelled at random: each item that was sent is received once. */
    @Test
    void itemsBetweenLoops_underCancels_areReceivedOnce() {
        var channel = new Channel<Integer>(3);
        int each = 2_000;
        List<List<Integer>> perLoop = Asyncio.run(() -> LoopGroup.run(
                4,
                loop -> loop < 2
                        ? sendWithCancels(channel, loop * each, each)
                        : receiveWithCancels(channel, loop, each)));
        assertThat(perLoop.get(2).size() + perLoop.get(3).size()).isEqualTo(2 * each);
        assertThat(IntStream.range(2, 4).boxed().flatMap(loop -> perLoop.get(loop).stream()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 2 * each).boxed().toList());
    }

    private static List<Integer> sendWithCancels(Channel<Integer> channel, int first, int count) {
        for (int item = first; item < first + count; ) {
            int next = item;
            Task<?> sending = createTask(() -> channel.send(next));
            sleep(Duration.ZERO);
            if (!(sending.cancelAndWait() instanceof Outcome.Cancelled)) {
                item++;
            }
        }
        return List.of();
    }

    private static List<Integer> receiveWithCancels(Channel<Integer> channel, int seed, int count) {
        var random = new SplittableRandom(seed);
        var got = new ArrayList<Integer>();
        while (got.size() < count) {
            Task<Integer> receiving = createTask(channel::receive);
            for (int turns = random.nextInt(3); turns > 0; turns--) {
                sleep(Duration.ZERO);
            }
            if (receiving.cancelAndWait() instanceof Outcome.Success<Integer>(Integer item)) {
                got.add(item);
            }
        }
        return got;
    }
}
