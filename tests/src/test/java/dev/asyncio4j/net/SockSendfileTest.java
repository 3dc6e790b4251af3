package dev.asyncio4j.net;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.net.Net.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files over channels of {@code java.nio}: {@code loop.sock_sendfile}, and what TR-17 says of the position. */
@Timeout(60)
class SockSendfileTest extends LargeFile {

    /** What is done with both ends of a connection. */
    private interface Use {
        void use(SocketChannel sender, SocketChannel receiver, FileChannel file) throws IOException;
    }

    private void withPair(Use use) throws IOException {
        Net.run(() -> {
            try (var listening = ServerSocketChannel.open();
                    var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                listening.bind(new InetSocketAddress(Net.LOOPBACK, 0)).configureBlocking(false);
                var port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
                try (var sender = Net.connectedSocket(port);
                        var receiver = Sockets.sockAccept(listening)) {
                    use.use(sender, receiver, file);
                }
            }
        });
    }

    private static <C extends SelectableChannel & ReadableByteChannel> byte[] all(C channel) throws IOException {
        var all = new ByteArrayOutputStream();
        for (var piece = Sockets.sockRecv(channel, 1 << 20);
                piece.length > 0;
                piece = Sockets.sockRecv(channel, 1 << 20)) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    @Test
    void wholeFile_toAPeerThatReadsLater_arrives() throws IOException {
        withPair((sender, receiver, file) -> {
            Task<Long> sending = createTask(() -> Sockets.sockSendfile(sender, file));
            Net.turnUntilStill(() -> sending.done() ? 1 : 0);
            assertThat(sending.done()).as("the sockets are full").isFalse();
            Task<byte[]> received = createTask(() -> all(receiver));
            assertThat(sending.await()).isEqualTo(SIZE);
            assertThat(file.position()).isEqualTo(SIZE);
            sender.shutdownOutput();
            assertThat(received.await()).isEqualTo(contents);
        });
    }

    @Test
    void part_isSentFromItsOffset_andEndsWithTheFile() throws IOException {
        withPair((sender, receiver, file) -> {
            Task<byte[]> received = createTask(() -> all(receiver));
            var part = SendfileOptions.DEFAULT.withOffset(1000).withCount(5);
            assertThat(Sockets.sockSendfile(sender, file, part)).isEqualTo(5);
            assertThat(file.position()).isEqualTo(1005);
            var tail = SendfileOptions.DEFAULT.withOffset(SIZE - 3).withoutFallback();
            assertThat(Sockets.sockSendfile(sender, file, tail)).isEqualTo(3);
            var beyond = SendfileOptions.DEFAULT.withOffset(SIZE + 10);
            assertThat(Sockets.sockSendfile(sender, file, beyond)).isZero();
            assertThat(Sockets.sockSendfile(sender, file, SendfileOptions.DEFAULT.withCount(0)))
                    .isZero();
            sender.shutdownOutput();
            assertThat(received.await())
                    .startsWith(part(1000, 5))
                    .endsWith(part(SIZE - 3, 3))
                    .hasSize(8);
        });
    }

    /** TR-17: the position tells what was sent, and no byte is sent after the cancellation was thrown. */
    @Test
    void cancelled_stopsWhereThePositionSays() throws IOException {
        withPair((sender, receiver, file) -> {
            Task<Long> sending = createTask(() -> Sockets.sockSendfile(sender, file));
            Sockets.sockRecv(receiver, 1); // it is under way
            sending.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(sending::await);
            var sent = (int) file.position();
            assertThat(sent).isBetween(1, SIZE - 1);
            sender.shutdownOutput();
            assertThat(all(receiver)).isEqualTo(part(1, sent - 1));
        });
    }

    @Test
    void intoAPipe_arrives() throws IOException {
        Net.run(() -> {
            var pipe = Pipe.open();
            var sink = pipe.sink();
            try (var source = pipe.source();
                    var file = FileChannel.open(path)) {
                source.configureBlocking(false);
                sink.configureBlocking(false);
                Task<byte[]> received = createTask(() -> all(source));
                assertThat(Sockets.sockSendfile(sink, file)).isEqualTo(SIZE);
                sink.close();
                assertThat(received.await()).isEqualTo(contents);
            }
        });
    }

    @Test
    void peerThatGoesAway_isAnError_andThePositionTellsHowFarItCame() throws IOException {
        withPair((sender, receiver, file) -> {
            Task<Long> sending = createTask(() -> Sockets.sockSendfile(sender, file));
            Sockets.sockRecv(receiver, 1);
            receiver.close();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> sending.await(IOException.class));
            assertThat(file.position()).isBetween(1L, SIZE - 1L);
        });
    }

    @Test
    void fileThatIsCutOff_endsEarlier() throws IOException {
        withPair((sender, receiver, file) -> {
            Task<Long> sending = createTask(() -> Sockets.sockSendfile(sender, file));
            Sockets.sockRecv(receiver, 1);
            file.truncate(1000);
            Task<byte[]> received = createTask(() -> all(receiver));
            var sent = sending.await();
            assertThat(sent).isBetween(1L, SIZE - 1L);
            sender.shutdownOutput();
            assertThat(received.await()).hasSize((int) (sent - 1));
        });
    }

    @Test
    void channels_thatCannotTakeAFile_areRefused() throws IOException {
        Net.run(() -> {
            try (var file = FileChannel.open(path);
                    var datagrams = DatagramChannel.open();
                    var blocking = SocketChannel.open()) {
                datagrams.configureBlocking(false);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Sockets.sockSendfile(datagrams, file))
                        .withMessageContaining("channels of bytes");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Sockets.sockSendfile(blocking, file))
                        .withMessageContaining("blocking");
            }
        });
        withPair((sender, receiver, file) -> {
            file.close();
            assertThatExceptionOfType(ClosedChannelException.class)
                    .isThrownBy(() -> Sockets.sockSendfile(sender, file));
            Sockets.sockSendAll(sender, bytes("still there"));
            assertThat(Sockets.sockRecv(receiver, 100)).isEqualTo(bytes("still there"));
        });
    }
}
