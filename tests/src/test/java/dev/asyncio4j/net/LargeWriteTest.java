package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An array that is lent to a connection is sent whole, and in its place, whatever happens while its writer waits (SW-1,
 * SW-2, SW-3, TR-3).
 */
@Timeout(60)
class LargeWriteTest {
    private static final int MORE_THAN_THE_SYSTEM_TAKES = 16 * 1024 * 1024;
    private static final int OVER_A_BAD_NETWORK = 600_000;

    /** What happens at the end that writes. */
    private interface Scene {
        void play(Connection ours, byte[] large, Task<?> writing) throws IOException;
    }

    /** Plays a scene while a large array waits to be read, and returns what the other end gets when it is over. */
    private static byte[] play(Carrier carrier, byte[] large, Scene scene) throws IOException {
        var received = new ByteArrayOutputStream();
        carrier.run(() -> {
            Future<Boolean> mayRead = Asyncio.getRunningLoop().createFuture();
            Future<Boolean> over = Asyncio.getRunningLoop().createFuture();
            try (var server = carrier.startServer(connection -> {
                mayRead.await();
                try {
                    for (var got = connection.reader().read(100_000);
                            got.length > 0;
                            got = connection.reader().read(100_000)) {
                        received.writeBytes(got);
                    }
                } finally {
                    over.setResult(true);
                }
            })) {
                try (var ours = carrier.connect(server)) {
                    Task<?> writing = Asyncio.createTask(() -> ours.write(large));
                    Net.turnUntil(() -> ours.writer().getWriteBufferSize() > 0);
                    Net.turn();
                    assertThat(writing.done()).isFalse();
                    scene.play(ours, large, writing);
                    mayRead.setResult(true);
                    Asyncio.wait(List.of(writing));
                }
                over.await();
            }
        });
        return received.toByteArray();
    }

    private static byte[] largeFor(Carrier carrier) {
        var large = new byte[carrier == Carrier.BAD_MEMORY ? OVER_A_BAD_NETWORK : MORE_THAN_THE_SYSTEM_TAKES];
        new Random(7).nextBytes(large);
        return large;
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void write_large_arrivesWhole(Carrier carrier) throws IOException {
        var large = largeFor(carrier);
        assertThat(play(carrier, large, (_, _, _) -> {})).isEqualTo(large);
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void write_othersWriteMeanwhile_nothingComesInBetween(Carrier carrier) throws IOException {
        var large = largeFor(carrier);
        var second = Arrays.copyOf(large, 300_000);
        var received = play(carrier, large, (ours, _, _) -> {
            var alsoLarge = Asyncio.createTask(() -> ours.write(second));
            Net.turn();
            assertThat(alsoLarge.done()).isFalse();
            ours.writer().write(bytes("small"));
        });
        assertThat(received).isEqualTo(joined(large, second, bytes("small")));
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void write_cancelled_isSentNevertheless_andTheArrayIsFree(Carrier carrier) throws IOException {
        var large = largeFor(carrier);
        var before = large.clone();
        var received = play(carrier, large, (_, array, writing) -> {
            writing.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(writing::await);
            Arrays.fill(array, (byte) 0);
        });
        assertThat(received).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#all")
    void close_whileOneWrites_sendsAll(Carrier carrier) throws IOException {
        var large = largeFor(carrier);
        var received = play(carrier, large, (ours, _, _) -> ours.writer().close());
        assertThat(received).isEqualTo(large);
    }

    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#halfClosing")
    void writeEof_whileOneWrites_comesAfterIt(Carrier carrier) throws IOException {
        var large = largeFor(carrier);
        var received = play(carrier, large, (ours, _, writing) -> {
            ours.writer().writeEof();
            assertThat(writing.done()).isFalse();
        });
        assertThat(received).isEqualTo(large);
    }

    /** Those of its bytes that the connection has not taken yet are unsent too. */
    @ParameterizedTest
    @MethodSource("dev.asyncio4j.net.Carrier#halfClosing")
    void getWriteBufferSize_countsWhatIsLent_andAbortDropsIt(Carrier carrier) throws IOException {
        var large = largeFor(carrier);
        var received = play(carrier, large, (ours, array, writing) -> {
            assertThat(ours.writer().getWriteBufferSize()).isBetween(array.length / 2L, (long) array.length);
            ours.writer().abort();
            assertThatNoException().isThrownBy(writing::await);
            assertThat(ours.writer().getWriteBufferSize()).isZero();
        });
        assertThat(received.length).isLessThan(large.length);
    }
}
