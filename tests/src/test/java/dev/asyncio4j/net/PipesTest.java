package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.net.internal.NettyTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pipes and streams of the JDK's as connections and as transports: PI-1, PI-2. */
@Timeout(60)
class PipesTest {

    /** Those that work here. */
    static Stream<NettyTransport> transports() {
        return Arrays.stream(NettyTransport.values()).filter(PipesTest::works);
    }

    private static boolean works(NettyTransport transport) {
        try {
            Net.run(transport, () -> {});
            return true;
        } catch (IllegalStateException e) {
            System.out.println("pipes are not tested on " + transport + ": " + e.getMessage());
            return false;
        }
    }

    /** What a test does with two connections, each of which reads what the other writes. */
    private interface Ends {
        void use(Connection one, Connection other) throws IOException;
    }

    private static void withBothEnds(NettyTransport transport, Ends body) throws IOException {
        Net.run(transport, () -> {
            var there = Pipe.open();
            var back = Pipe.open();
            try (var one = Streams.openPipes(back.source(), there.sink());
                    var other = Streams.openPipes(there.source(), back.sink())) {
                body.use(one, other);
            }
            for (var end : List.of(there.source(), there.sink(), back.source(), back.sink())) {
                Net.turnUntil(() -> !end.isOpen());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("transports")
    void twoPipes_carryLinesBothWays(NettyTransport transport) throws IOException {
        withBothEnds(transport, (one, other) -> {
            for (int i = 0; i < 50; i++) {
                one.write(bytes("question " + i + "\n"));
                assertThat(text(other.reader().readLine())).isEqualTo("question " + i + "\n");
                other.write(bytes("answer " + i + "\n"));
                assertThat(text(one.reader().readLine())).isEqualTo("answer " + i + "\n");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("transports")
    void bothEnds_sendingMuchAtOnce_receiveItWhole(NettyTransport transport) throws IOException {
        var sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);
        withBothEnds(transport, (one, other) -> {
            var reading = List.of(
                    Asyncio.createTask(() -> one.reader().read()),
                    Asyncio.createTask(() -> other.reader().read()));
            one.writer().write(sent);
            other.writer().write(sent);
            one.writer().writeEof();
            other.writer().writeEof();
            for (Task<byte[]> each : reading) {
                assertThat(each.await()).isEqualTo(sent);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("transports")
    void writeEof_leavesTheOtherDirectionOpen(NettyTransport transport) throws IOException {
        withBothEnds(transport, (one, other) -> {
            assertThat(one.writer().canWriteEof()).isTrue();
            one.write(bytes("question"));
            one.writer().writeEof();
            assertThat(text(other.reader().read())).isEqualTo("question");
            other.write(bytes("answer"));
            other.close();
            assertThat(text(one.reader().read())).isEqualTo("answer");
            assertThatIllegalStateException().isThrownBy(() -> one.writer().write(bytes("more")));
        });
    }

    /** SW-2, TR-7. */
    @ParameterizedTest
    @MethodSource("transports")
    void write_toAPipeThatNobodyReads_waits(NettyTransport transport) throws IOException {
        withBothEnds(transport, (one, other) -> {
            var stages = new ArrayList<String>();
            Task<?> writing = Asyncio.createTask(() -> {
                for (int i = 0; i < 100; i++) {
                    one.write(new byte[64 * 1024]);
                }
                stages.add("written");
                one.writer().writeEof();
            });
            Net.turnUntilStill(() -> (int) one.writer().getWriteBufferSize());
            assertThat(stages).isEmpty();
            assertThat(other.reader().read()).hasSize(100 * 64 * 1024);
            writing.await();
        });
    }

    @ParameterizedTest
    @MethodSource("transports")
    void write_toAPipeWhoseReaderHasGone_fails(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var pipe = Pipe.open();
            pipe.source().close();
            try (var connection = Streams.openWritePipe(pipe.sink())) {
                assertThatExceptionOfType(ConnectionResetException.class).isThrownBy(() -> {
                    while (true) {
                        connection.write(bytes("x"));
                        Net.turn();
                    }
                });
            }
        });
    }

    @Test
    void readPipe_takesNothingToWrite_andClosesAtTheEnd() throws IOException {
        Net.run(() -> {
            var pipe = Pipe.open();
            try (var connection = Streams.openReadPipe(pipe.source())) {
                assertThatExceptionOfType(UnsupportedOperationException.class)
                        .isThrownBy(() -> connection.writer().write(bytes("x")))
                        .withMessageContaining("reading only");
                assertThat(connection.writer().canWriteEof()).isFalse();
                assertThat(connection.remoteAddress()).isNull();
                pipe.sink().write(ByteBuffer.wrap(bytes("all")));
                pipe.sink().close();
                assertThat(text(connection.reader().read())).isEqualTo("all");
                connection.writer().waitClosed();
            }
            Net.turnUntil(() -> !pipe.source().isOpen());
        });
    }

    @Test
    void writePipe_hasNothingToRead_andSendsAllBeforeItCloses() throws IOException {
        Net.run(() -> {
            var pipe = Pipe.open();
            var reading = Streams.openReadPipe(pipe.source());
            try (reading;
                    var writing = Streams.openWritePipe(pipe.sink())) {
                assertThat(writing.reader().read()).isEmpty();
                writing.writer().write(new byte[300_000]);
                writing.writer().close();
                assertThat(reading.reader().read()).hasSize(300_000);
            }
        });
    }

    /** TR-17: over a pipe too the system moves the file by itself. */
    @Test
    void sendfile_intoAPipe(@TempDir Path folder) throws IOException {
        var content = new byte[500_000];
        new Random(2).nextBytes(content);
        var path = Files.write(folder.resolve("content"), content);
        Net.run(() -> {
            var pipe = Pipe.open();
            try (var file = FileChannel.open(path);
                    var reading = Streams.openReadPipe(pipe.source());
                    var writing = Streams.openWritePipe(pipe.sink())) {
                Task<byte[]> all = Asyncio.createTask(() -> reading.reader().read());
                writing.write(bytes("head"));
                assertThat(writing.writer().sendfile(file, SendfileOptions.DEFAULT.withoutFallback()))
                        .isEqualTo(500_000);
                writing.writer().close();
                assertThat(all.await()).hasSize(500_004).endsWith(content);
            }
        });
    }

    /* ---- protocols */

    /** Notes what it hears. */
    private static final class Recorder implements Protocol {
        final List<String> trail = new ArrayList<>();
        final Future<Boolean> lost = Asyncio.getRunningLoop().createFuture();
        private @Nullable Transport transport;

        Transport transport() {
            return Objects.requireNonNull(transport);
        }

        @Override
        public void connectionMade(Transport made) {
            transport = made;
            trail.add("made");
        }

        @Override
        public void dataReceived(byte[] bytes) {
            trail.add(text(bytes));
        }

        @Override
        public boolean eofReceived() {
            trail.add("end");
            return true; // in vain: PI-2
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            trail.add("lost " + (cause == null ? "" : cause.getClass().getSimpleName()));
            lost.setResult(true);
        }
    }

    /** PI-2. */
    @ParameterizedTest
    @MethodSource("transports")
    void connectReadPipe_atTheEnd_isLostWhateverEofReceivedReturns(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var pipe = Pipe.open();
            var recorder = Network.connectReadPipe(Recorder::new, pipe.source()).protocol();
            assertThat(recorder.trail).containsExactly("made");
            assertThat(recorder.transport().getExtraInfo("pipe")).containsSame(pipe.source());
            assertThat(recorder.transport().getExtraInfo("peername")).isEmpty();
            pipe.sink().write(ByteBuffer.wrap(bytes("data")));
            Net.turnUntil(() -> recorder.trail.size() > 1);
            pipe.sink().close();
            recorder.lost.await();
            assertThat(recorder.trail).containsExactly("made", "data", "end", "lost ");
            Net.turnUntil(() -> !pipe.source().isOpen());
        });
    }

    @ParameterizedTest
    @MethodSource("transports")
    void pauseReading_leavesInThePipeWhatComes(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var pipe = Pipe.open();
            var recorder = Network.connectReadPipe(Recorder::new, pipe.source()).protocol();
            recorder.transport().pauseReading();
            pipe.sink().write(ByteBuffer.wrap(bytes("data")));
            Net.turnUntilStill(recorder.trail::size);
            assertThat(recorder.trail).containsExactly("made");
            recorder.transport().resumeReading();
            Net.turnUntil(() -> recorder.trail.size() > 1);
            assertThat(recorder.trail).containsExactly("made", "data");
            recorder.transport().close();
            recorder.lost.await();
            pipe.sink().close();
        });
    }

    /** PI-2: of a pipe with one direction, the end of writing is the end. */
    @ParameterizedTest
    @MethodSource("transports")
    void connectWritePipe_writeEof_closes(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var pipe = Pipe.open();
            var recorder = Network.connectWritePipe(Recorder::new, pipe.sink()).protocol();
            var writing = recorder.transport();
            assertThat(writing.canWriteEof()).isTrue();
            writing.write(bytes("data"));
            writing.writeEof();
            assertThat(writing.isClosing()).isTrue();
            writing.write(bytes("dropped"));
            recorder.lost.await();
            assertThat(recorder.trail).containsExactly("made", "lost ");
            assertThat(text(Channels.newInputStream(pipe.source()).readAllBytes()))
                    .isEqualTo("data");
            pipe.source().close();
        });
    }

    /** PI-2: what was unsent when the reader vanished is told. */
    @ParameterizedTest
    @MethodSource("transports")
    void connectWritePipe_readerVanishes_isLostWithTheReason(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var pipe = Pipe.open();
            var recorder = Network.connectWritePipe(Recorder::new, pipe.sink()).protocol();
            recorder.transport().write(new byte[1_000_000]);
            Net.turnUntilStill(() -> (int) recorder.transport().getWriteBufferSize());
            pipe.source().close();
            recorder.lost.await();
            assertThat(recorder.trail).containsExactly("made", "lost ConnectionResetException");
        });
    }

    @Test
    void factory_thatThrows_closesThePipe() throws IOException {
        Net.run(() -> {
            var pipe = Pipe.open();
            assertThatIllegalStateException()
                    .isThrownBy(() -> Network.connectReadPipe(
                            () -> {
                                throw new IllegalStateException("no protocol");
                            },
                            pipe.source()))
                    .withMessage("no protocol");
            Net.turnUntil(() -> !pipe.source().isOpen());
            pipe.sink().close();
        });
    }

    /* ---- whose it is */

    /** PI-1, SO-1. */
    @Test
    void pipe_ofATransport_isNobodyElses() throws IOException {
        Net.run(() -> {
            var pipe = Pipe.open();
            var source = pipe.source();
            var connection = Streams.openReadPipe(source);
            assertThat(source.isBlocking()).isFalse();
            assertThatIllegalStateException()
                    .isThrownBy(() -> Sockets.sockRecv(source, 1))
                    .withMessageContaining("belongs to a transport");
            assertThatIllegalStateException().isThrownBy(() -> Sockets.addReader(source, () -> {}));
            assertThatIllegalStateException().isThrownBy(() -> Sockets.removeReader(source));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Streams.openReadPipe(source))
                    .withMessageContaining("belongs to a connection already");
            connection.close();
            Net.turnUntil(() -> !source.isOpen());
            assertThat(Sockets.removeReader(source)).isFalse();
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> Streams.openReadPipe(source));
            pipe.sink().close();
        });
    }

    @ParameterizedTest
    @MethodSource("transports")
    void loop_thatIsClosed_closesItsPipes(NettyTransport transport) throws IOException {
        var pipe = Pipe.open();
        Net.run(transport, () -> {
            Network.connectReadPipe(Recorder::new, pipe.source());
            var writing = Network.connectWritePipe(Recorder::new, pipe.sink()).transport();
            writing.write(new byte[1_000_000]);
        });
        assertThat(pipe.source().isOpen()).isFalse();
        assertThat(pipe.sink().isOpen()).isFalse();
    }

    /** Once a piece that no thread had taken kept the stream open. */
    @Test
    void loop_thatIsClosed_closesAStreamThatIsToBeWritten() throws IOException {
        var closed = new Semaphore(0);
        var out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.release();
            }
        };
        Net.run(() -> {
            Streams.openWritePipe(out).writer().write(new byte[1_000_000]);
        });
        closed.acquireUninterruptibly();
    }

    @Test
    void options_forConnecting_areRefused() throws IOException {
        Net.run(() -> {
            var input = new ByteArrayInputStream(bytes("x"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Streams.openReadPipe(input, ConnectOptions.DEFAULT.withTls(TlsContext.DEFAULT)))
                    .withMessageContaining("not encrypted");
        });
    }

    /* ---- streams */

    /** A stream that is given its content piece by piece. */
    private static final class SlowInput extends InputStream {
        private final Semaphore pieces = new Semaphore(0);
        final AtomicInteger reads = new AtomicInteger();
        volatile boolean closed;

        void give(int count) {
            pieces.release(count);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("it is read in pieces");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            reads.incrementAndGet();
            pieces.acquireUninterruptibly();
            if (closed) {
                return -1;
            }
            into[offset] = 'x';
            return 1;
        }

        @Override
        public void close() {
            closed = true;
            pieces.release();
        }
    }

    /** A stream that is torn, or has a mistake in it. */
    private static final class FailingInput extends InputStream {
        private final Throwable failure;

        FailingInput(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            switch (failure) {
                case RuntimeException mistake -> throw mistake;
                case Error fault -> throw fault;
                default -> throw new IOException(failure.getMessage());
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void streams_carryLinesBothWays(NettyTransport transport) throws IOException {
        Net.run(transport, () -> {
            var there = Pipe.open();
            var back = Pipe.open();
            try (var one = Streams.openPipes(
                            Channels.newInputStream(back.source()), Channels.newOutputStream(there.sink()));
                    var other = Streams.openPipes(
                            Channels.newInputStream(there.source()), Channels.newOutputStream(back.sink()))) {
                for (int i = 0; i < 20; i++) {
                    one.write(bytes("question " + i + "\n"));
                    assertThat(text(other.reader().readLine())).isEqualTo("question " + i + "\n");
                    other.write(bytes("answer " + i + "\n"));
                    assertThat(text(one.reader().readLine())).isEqualTo("answer " + i + "\n");
                }
                one.writer().write(new byte[300_000]);
                one.writer().writeEof();
                assertThat(other.reader().read()).hasSize(300_000);
                other.writer().close();
                assertThat(one.reader().read()).isEmpty();
            }
        });
    }

    @Test
    void stream_thatBlocks_doesNotHoldTheLoop_andIsReadNoFasterThanItIsTaken() throws IOException {
        Net.run(() -> {
            var input = new SlowInput();
            var recorder = Network.connectReadPipe(Recorder::new, input).protocol();
            Net.turnUntil(() -> input.reads.get() == 1); // it blocks there, and the loop turns
            input.give(1);
            Net.turnUntil(() -> recorder.trail.size() == 2);
            recorder.transport().pauseReading();
            Net.turnUntil(() -> input.reads.get() == 2);
            input.give(100);
            Net.turnUntilStill(input.reads::get);
            assertThat(input.reads).hasValue(2);
            assertThat(recorder.trail).containsExactly("made", "x");
            recorder.transport().resumeReading();
            Net.turnUntil(() -> recorder.trail.size() == 102);
            recorder.transport().close();
            recorder.lost.await();
            Net.turnUntil(() -> input.closed);
            assertThat(recorder.trail).endsWith("x", "lost ");
        });
    }

    @Test
    void stream_thatFails_breaksTheConnection() throws IOException {
        Net.run(() -> {
            try (var connection = Streams.openReadPipe(new FailingInput(new IOException("torn")))) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> connection.reader().read())
                        .withMessage("torn");
            }
            for (var failure : List.of(new IllegalStateException("a mistake"), new AssertionError("a fault"))) {
                try (var connection = Streams.openReadPipe(new FailingInput(failure))) {
                    assertThatExceptionOfType(IOException.class)
                            .isThrownBy(() -> connection.reader().read())
                            .withMessageContaining("failed to be read");
                }
            }
        });
    }

    @Test
    void writer_ofAStreamThatFails_isTold() throws IOException {
        Net.run(() -> {
            var failing = new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    throw new IOException("full");
                }
            };
            var faulty = new OutputStream() {
                @Override
                public void write(int one) {
                    throw new AssertionError("a fault of the stream's");
                }
            };
            for (var stream : List.of(failing, new PrintStream(failing), faulty)) {
                var connection = Streams.openWritePipe(stream);
                connection.writer().write(bytes("x"));
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> connection.writer().waitClosed());
                connection.close();
            }
        });
    }

    @Test
    void stream_writtenAndClosed_hasAll_andIsClosed() throws IOException {
        var closed = new AtomicInteger();
        var out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        Net.run(() -> {
            try (var connection = Streams.openWritePipe(out)) {
                connection.writer().write(new byte[200_000]);
            }
            assertThat(out.size()).isEqualTo(200_000);
            Net.turnUntil(() -> closed.get() == 1);
        });
    }

    /** The limit is the reader's. */
    @Test
    void limit_ofAStream_isThatOfItsReader() throws IOException {
        Net.run(() -> {
            var input = new ByteArrayInputStream(new byte[100]);
            try (var connection = Streams.openReadPipe(input, ConnectOptions.DEFAULT.withLimit(10))) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> connection.reader().readLine());
            }
        });
    }

    /** The program's own streams: asyncio's recipe for {@code sys.stdin} and {@code sys.stdout}. */
    @Test
    void standardStreams_ofAProgram_areReadAndWritten_andStayOpen() throws Exception {
        var process = ProgramProcess.of(StdioProgram.class)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var in = process.outputWriter();
        try (var out = process.inputReader()) {
            for (var name : List.of("anna", "bert")) {
                in.write(name + "\n");
                in.flush();
                assertThat(out.readLine()).isEqualTo("hello " + name);
            }
            in.close();
            assertThat(out.readLine()).isEqualTo("printed afterwards");
            assertThat(out.readLine()).isNull();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
