package dev.asyncio4j.net;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Action;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.testing.VirtualTime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels of the JDK's on a loop: SO-1 to SO-6. */
@Timeout(60)
class SocketsTest {

    private static final String HOST = Net.LOOPBACK;

    /** What is done with a pipe. */
    private interface PipeUse {
        void use(Pipe.SourceChannel source, Pipe.SinkChannel sink) throws Exception;
    }

    private static void withPipe(PipeUse use) throws Exception {
        Net.run((Action<Exception>) () -> {
            var pipe = Pipe.open();
            try (var source = pipe.source();
                    var sink = pipe.sink()) {
                source.configureBlocking(false);
                sink.configureBlocking(false);
                use.use(source, sink);
            }
        });
    }

    /** What is done with both ends of a connection. */
    private interface PairUse {
        void use(SocketChannel one, SocketChannel other) throws Exception;
    }

    private static void withPair(PairUse use) throws Exception {
        Net.run((Action<Exception>) () -> {
            try (var listening = listening();
                    var client = client()) {
                Sockets.sockConnect(client, listening.getLocalAddress());
                try (var accepted = Sockets.sockAccept(listening)) {
                    use.use(client, accepted);
                }
            }
        });
    }

    private static ServerSocketChannel listening() throws IOException {
        var listening = ServerSocketChannel.open().bind(new InetSocketAddress(HOST, 0));
        listening.configureBlocking(false);
        return listening;
    }

    private static SocketChannel client() throws IOException {
        var client = SocketChannel.open();
        client.configureBlocking(false);
        return client;
    }

    private static DatagramChannel datagrams() throws IOException {
        var channel = DatagramChannel.open().bind(new InetSocketAddress(HOST, 0));
        channel.configureBlocking(false);
        return channel;
    }

    private static void fill(SocketChannel channel) throws IOException {
        while (channel.write(ByteBuffer.allocate(100_000)) > 0) {
            assertThat(channel.isOpen()).isTrue();
        }
    }

    /** Nothing that meets it now can be lost; before, it may be held up inside a call of the JDK's. */
    private static void untilItWaits(Task<?> task) {
        Net.turnUntil(() -> task.waitingOn().isPresent());
    }

    /** Reads what is there, as a callback does. */
    private static String take(Pipe.SourceChannel source, int limit) {
        var buffer = ByteBuffer.allocate(limit);
        try {
            source.read(buffer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text(Arrays.copyOf(buffer.array(), buffer.position()));
    }

    // ---- readiness

    @Test
    void addReader_moreThanOneCallTakes_isCalledAgainUntilRemoved() throws Exception { // SO-3
        withPipe((source, sink) -> {
            var got = new ArrayList<String>();
            Sockets.addReader(source, () -> got.add(take(source, 2)));
            sink.write(ByteBuffer.wrap(bytes("abcde")));
            Net.turnUntil(() -> got.size() == 3);
            sink.write(ByteBuffer.wrap(bytes("f")));
            Net.turnUntil(() -> got.size() == 4);
            assertThat(got).containsExactly("ab", "cd", "e", "f");
            assertThat(Sockets.removeReader(source)).isTrue();
            sink.write(ByteBuffer.wrap(bytes("g")));
            assertThat(text(Sockets.sockRecv(source, 10))).isEqualTo("g");
            assertThat(got).hasSize(4);
        });
    }

    @Test
    void addReader_again_replacesTheFirst() throws Exception { // SO-3
        withPipe((source, sink) -> {
            var trail = new ArrayList<String>();
            Sockets.addReader(source, () -> trail.add("first"));
            Sockets.addReader(source, () -> trail.add("second " + take(source, 9)));
            sink.write(ByteBuffer.wrap(bytes("a")));
            Net.turnUntil(() -> !trail.isEmpty());
            sink.write(ByteBuffer.wrap(bytes("b")));
            Net.turnUntil(() -> trail.size() > 1);
            assertThat(trail).containsExactly("second a", "second b");
            Sockets.removeReader(source);
        });
    }

    @Test
    void addReader_callbackRemovesItself_isCalledOnce() throws Exception {
        withPipe((source, sink) -> {
            var calls = new AtomicInteger();
            sink.write(ByteBuffer.wrap(bytes("abc")));
            Sockets.addReader(source, () -> {
                calls.incrementAndGet();
                assertThat(Sockets.removeReader(source)).isTrue();
            });
            Net.turnUntil(() -> calls.get() > 0);
            assertThat(text(Sockets.sockRecv(source, 10))).isEqualTo("abc");
            assertThat(calls).hasValue(1);
        });
    }

    @Test
    void addReader_callbackThrows_isReportedAndStays() throws Exception {
        withPipe((source, sink) -> {
            var reports = new ArrayList<ExceptionContext>();
            getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
            Sockets.addReader(source, () -> {
                take(source, 1);
                throw new IllegalStateException("on purpose");
            });
            sink.write(ByteBuffer.wrap(bytes("ab")));
            Net.turnUntil(() -> reports.size() == 2);
            assertThat(reports.getFirst().exception()).get().isInstanceOf(IllegalStateException.class);
            Sockets.removeReader(source);
        });
    }

    @Test
    void addReader_callback_runsInACopyOfTheContext() throws Exception {
        var name = new ContextVar<>("name", "nobody");
        withPipe((source, sink) -> {
            Future<String> seen = getRunningLoop().createFuture();
            name.set("Ada");
            Sockets.addReader(source, () -> {
                seen.setResult(name.get());
                Sockets.removeReader(source);
            });
            name.set("Grace");
            sink.write(ByteBuffer.wrap(bytes("a")));
            assertThat(seen.await()).isEqualTo("Ada");
        });
    }

    @Test
    void remove_tellsWhetherThereWasOne() throws Exception { // SO-6
        withPair((one, _) -> {
            assertThat(Sockets.removeReader(one)).isFalse();
            Sockets.addReader(one, () -> {});
            assertThat(Sockets.removeWriter(one)).isFalse();
            Sockets.addWriter(one, () -> {});
            assertThat(Sockets.removeReader(one)).isTrue();
            assertThat(Sockets.removeReader(one)).isFalse();
            assertThat(Sockets.removeWriter(one)).isTrue();
            assertThat(Sockets.removeWriter(one)).isFalse();
        });
    }

    @Test
    void addReaderAndWriter_ofOneChannel_areCalledEachForItsOwn() throws Exception {
        withPair((one, other) -> {
            var trail = new ArrayList<String>();
            Sockets.addReader(one, () -> {
                trail.add("readable");
                Sockets.removeReader(one);
            });
            Sockets.addWriter(one, () -> {
                trail.add("writable");
                Sockets.removeWriter(one);
            });
            Net.turnUntil(() -> !trail.isEmpty());
            other.write(ByteBuffer.wrap(bytes("a")));
            Net.turnUntil(() -> trail.size() == 2);
            assertThat(trail).containsExactly("writable", "readable");
        });
    }

    @Test
    void addReader_addedAndRemovedInAnyOrder_theLastOneCounts() throws Exception {
        withPipe((source, sink) -> {
            var random = new Random(7);
            var heard = new AtomicInteger();
            for (int round = 1; round <= 500; round++) {
                var number = round;
                if (random.nextInt(3) == 0) {
                    Sockets.removeReader(source);
                } else {
                    Sockets.addReader(source, () -> heard.set(number));
                }
                if (random.nextInt(4) == 0) {
                    Net.turn();
                }
            }
            Sockets.addReader(source, () -> heard.set(-1));
            sink.write(ByteBuffer.wrap(bytes("a")));
            Net.turnUntil(() -> heard.get() != 0);
            assertThat(heard).hasValue(-1);
            Sockets.removeReader(source);
        });
    }

    @Test
    void addReader_blockingClosedOrUnsuitableChannel_isRefused() throws Exception { // SO-1
        withPipe((source, sink) -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sockets.addReader(sink, () -> {}))
                    .withMessageContaining("cannot be read");
            assertThatIllegalArgumentException().isThrownBy(() -> Sockets.addWriter(source, () -> {}));
            source.configureBlocking(true);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sockets.addReader(source, () -> {}))
                    .withMessageContaining("configureBlocking(false)");
            assertThatIllegalArgumentException().isThrownBy(() -> Sockets.sockRecv(source, 1));
            source.close();
            assertThatExceptionOfType(ClosedChannelException.class)
                    .isThrownBy(() -> Sockets.addReader(source, () -> {}));
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> Sockets.sockRecv(source, 1));
        });
    }

    @Test
    void addReader_channelClosedBeforeItIsWatched_isReportedAndRemoved() throws Exception {
        withPipe((source, _) -> {
            Future<ExceptionContext> report = getRunningLoop().createFuture();
            getRunningLoop().setExceptionHandler((_, context) -> report.setResult(context));
            synchronized (source.blockingLock()) { // keeps the thread from registering it
                Sockets.addReader(source, () -> {});
                source.close();
            }
            assertThat(report.await().exception()).get().isInstanceOf(ClosedChannelException.class);
            assertThat(Sockets.removeReader(source)).isFalse();
        });
    }

    @Test
    void sockRecv_channelClosedBeforeItIsWatched_throws() throws Exception {
        withPipe((source, _) -> {
            Task<byte[]> reading;
            synchronized (source.blockingLock()) { // keeps the thread from registering it
                reading = createTask(() -> Sockets.sockRecv(source, 1));
                untilItWaits(reading);
                source.close();
            }
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> reading.await(IOException.class));
        });
    }

    @Test
    void loopClosed_letsGoOfTheChannels() throws Exception {
        var pipe = Pipe.open();
        try (var source = pipe.source();
                var _ = pipe.sink();
                var listening = listening()) {
            source.configureBlocking(false);
            Net.run((Action<IOException>) () -> {
                Sockets.addReader(source, () -> {});
                createTask(() -> Sockets.sockAccept(listening)); // still waits when the program ends
                Net.turnUntil(() -> source.isRegistered() && listening.isRegistered());
            });
            assertThat(source.isRegistered()).isFalse();
            assertThat(listening.isRegistered()).isFalse();
        }
    }

    // ---- bytes

    @Test
    void sockRecv_bytesThatAreThere_doesNotSuspend() throws Exception { // SO-2
        withPipe((source, sink) -> {
            var others = new AtomicInteger();
            sink.write(ByteBuffer.wrap(bytes("abc")));
            createTask(others::incrementAndGet);
            assertThat(text(Sockets.sockRecv(source, 2))).isEqualTo("ab");
            Sockets.sockSendAll(sink, bytes("d"));
            var buffer = ByteBuffer.allocate(10);
            assertThat(Sockets.sockRecvInto(source, buffer)).isEqualTo(2);
            assertThat(text(Arrays.copyOf(buffer.array(), buffer.position()))).isEqualTo("cd");
            assertThat(others).hasValue(0);
        });
    }

    @Test
    void sockRecv_nothingThere_suspendsUntilThereIs_andGivesNothingAtTheEnd() throws Exception {
        withPipe((source, sink) -> {
            var reading = createTask(() -> text(Sockets.sockRecv(source, 10)));
            untilItWaits(reading);
            assertThat(reading.done()).isFalse();
            Sockets.sockSendAll(sink, bytes("abc"));
            assertThat(reading.await()).isEqualTo("abc");
            sink.close();
            assertThat(Sockets.sockRecv(source, 10)).isEmpty();
            assertThat(Sockets.sockRecvInto(source, ByteBuffer.allocate(1))).isZero();
        });
    }

    @Test
    void sockRecv_limitOrRoomOfZero_isRefused() throws Exception {
        withPipe((source, _) -> {
            assertThatIllegalArgumentException().isThrownBy(() -> Sockets.sockRecv(source, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> Sockets.sockRecvInto(source, ByteBuffer.allocate(0)));
        });
    }

    @Test
    void sockSendAll_moreThanTheSystemTakes_arrivesWhole() throws Exception { // SO-5
        withPair((one, other) -> {
            var sent = new byte[20_000_000];
            new Random(1).nextBytes(sent);
            var sending = createTask(() -> Sockets.sockSendAll(one, sent));
            var received = ByteBuffer.allocate(sent.length);
            while (received.hasRemaining()) {
                assertThat(Sockets.sockRecvInto(other, received)).isPositive();
            }
            sending.await();
            assertThat(received.array()).isEqualTo(sent);
        });
    }

    @Test
    void sockSendAll_cancelled_theBufferTellsHowMuchWasSent() throws Exception {
        withPair((one, other) -> {
            var data = ByteBuffer.allocate(50_000_000);
            var sending = createTask(() -> Sockets.sockSendAll(one, data));
            Net.turnUntilStill(data::position);
            sending.cancelAndWait();
            assertThat(sending.cancelled()).isTrue();
            one.shutdownOutput();
            var count = 0;
            for (var got = Sockets.sockRecv(other, 1_000_000);
                    got.length > 0;
                    got = Sockets.sockRecv(other, 1_000_000)) {
                count += got.length;
            }
            assertThat(count).isEqualTo(data.position()).isPositive();
        });
    }

    @Test
    void readingAndWriting_ofOneChannelAtATime_doNotDisturbEachOther() throws Exception {
        withPair((one, other) -> {
            fill(one);
            var reading = createTask(() -> text(Sockets.sockRecv(one, 10)));
            var writing = createTask(() -> Sockets.sockSendAll(one, bytes("end")));
            untilItWaits(reading);
            untilItWaits(writing);
            Sockets.sockSendAll(other, bytes("abc"));
            assertThat(reading.await()).isEqualTo("abc");
            assertThat(writing.done()).isFalse();
            while (!writing.done()) {
                Sockets.sockRecv(other, 1_000_000);
                sleep(ZERO);
            }
            writing.await();
        });
    }

    @Test
    void sockRecv_cancelled_losesNothing() throws Exception { // SO-4
        withPipe((source, sink) -> {
            for (int i = 0; i < 50; i++) {
                var reading = createTask(() -> Sockets.sockRecv(source, 10));
                untilItWaits(reading);
                sink.write(ByteBuffer.wrap(bytes("a"))); // meets the cancel
                reading.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(reading::await);
                assertThat(text(Sockets.sockRecv(source, 10))).isEqualTo("a");
            }
        });
    }

    @Test
    void sockRecv_twoAtATime_theFirstIsToldAndTheSecondGetsIt() throws Exception { // SO-3
        withPipe((source, sink) -> {
            var first = createTask(() -> Sockets.sockRecv(source, 10));
            var second = createTask(() -> text(Sockets.sockRecv(source, 10)));
            assertThatIllegalStateException().isThrownBy(first::await).withMessageContaining("only one at a time");
            Sockets.sockSendAll(sink, bytes("abc"));
            assertThat(second.await()).isEqualTo("abc");
        });
    }

    @Test
    void sockRecv_peerResets_throws() throws Exception {
        withPair((one, other) -> {
            var reading = createTask(() -> Sockets.sockRecv(one, 10));
            untilItWaits(reading);
            other.setOption(StandardSocketOptions.SO_LINGER, 0);
            other.close();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> reading.await(IOException.class));
        });
    }

    // ---- connections

    @Test
    void sockConnect_nobodyListens_isRefused() throws Exception {
        Net.run((Action<IOException>) () -> {
            InetSocketAddress address;
            try (var listening = listening()) {
                address = (InetSocketAddress) listening.getLocalAddress();
            }
            try (var client = client()) {
                assertThatExceptionOfType(ConnectException.class)
                        .isThrownBy(() -> Sockets.sockConnect(client, address));
            }
        });
    }

    @Test
    void sockConnect_name_isLookedUp() throws Exception { // SO-5
        Net.run((Action<IOException>) () -> {
            try (var listening = listening();
                    var client = client()) {
                var port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
                Sockets.sockConnect(client, InetSocketAddress.createUnresolved("localhost", port));
                assertThat(client.isConnected()).isTrue();
            }
        });
    }

    @Test
    void sockAccept_waitsAndGivesANonBlockingConnection() throws Exception { // SO-5
        Net.run((Action<IOException>) () -> {
            try (var listening = listening();
                    var client = client()) {
                var accepting = createTask(() -> Sockets.sockAccept(listening));
                untilItWaits(accepting);
                assertThat(accepting.done()).isFalse();
                Sockets.sockConnect(client, listening.getLocalAddress());
                try (var accepted = accepting.await()) {
                    assertThat(accepted.isBlocking()).isFalse();
                    assertThat(accepted.getRemoteAddress()).isEqualTo(client.getLocalAddress());
                }
            }
        });
    }

    /** gh-153761. */
    @Test
    void sockAccept_cancelledAsAConnectionComes_leavesItToTheNext() throws Exception { // SO-4
        Net.run((Action<IOException>) () -> {
            try (var listening = listening();
                    var client = client()) {
                var accepting = createTask(() -> Sockets.sockAccept(listening));
                untilItWaits(accepting);
                Sockets.sockConnect(client, listening.getLocalAddress());
                accepting.cancelAndWait();
                if (accepting.cancelled()) {
                    Sockets.sockAccept(listening).close();
                } else {
                    accepting.result().close();
                }
            }
        });
    }

    // ---- datagrams

    @Test
    void datagrams_haveTheirSenders_andMayBeEmpty() throws Exception {
        Net.run((Action<IOException>) () -> {
            try (var one = datagrams();
                    var other = datagrams()) {
                var receiving = createTask(() -> Sockets.sockRecvFrom(other, 10));
                untilItWaits(receiving);
                assertThat(Sockets.sockSendTo(one, bytes("abc"), other.getLocalAddress()))
                        .isEqualTo(3);
                var got = receiving.await();
                assertThat(text(got.data())).isEqualTo("abc");
                assertThat(got.sender()).isEqualTo(one.getLocalAddress());

                other.connect(one.getLocalAddress());
                var empty = createTask(() -> Sockets.sockRecv(other, 10));
                untilItWaits(empty);
                assertThat(empty.done()).isFalse();
                Sockets.sockSendTo(one, new byte[0], other.getLocalAddress());
                assertThat(empty.await()).isEmpty();
            }
        });
    }

    // ---- loops with virtual time

    @Test
    void virtualTime_standsStillWhileATaskWaits_andGoesOnBesideACallback() throws Exception {
        VirtualTime.run(() -> {
            var pipe = Pipe.open();
            try (var source = pipe.source();
                    var sink = pipe.sink()) {
                source.configureBlocking(false);
                Sockets.addReader(source, () -> {});
                sleep(Duration.ofHours(1)); // listening alone does not hold it up
                Sockets.removeReader(source);

                var before = getRunningLoop().time();
                var writing = writer(sink);
                assertThat(text(Sockets.sockRecv(source, 10))).isEqualTo("late");
                assertThat(getRunningLoop().time()).isEqualTo(before);
                writing.join();
            }
        });
    }

    private static Thread writer(Pipe.SinkChannel sink) {
        return Thread.ofPlatform().start(() -> {
            try {
                sink.write(ByteBuffer.wrap(bytes("late")));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
