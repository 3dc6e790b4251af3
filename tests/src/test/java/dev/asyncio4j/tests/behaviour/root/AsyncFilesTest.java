package dev.asyncio4j.tests.behaviour.root;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.files.AsyncFile;
import dev.asyncio4j.files.AsyncFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files, read and written while the loop goes on. */
@Timeout(60)
class AsyncFilesTest {

    @TempDir
    Path folder;

    private static <X extends Throwable> void run(Action<X> body) throws X {
        Asyncio.run(body);
    }

    private static void turn() {
        Asyncio.sleep(Duration.ZERO);
    }

    /** An operation that goes on until it is let go. */
    private static final class Slow implements Callable<String> {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private volatile boolean ended;

        @Override
        public String call() throws InterruptedException {
            begun.countDown();
            mayEnd.await();
            ended = true;
            return "the result";
        }

        void awaitBegin() {
            while (begun.getCount() > 0) {
                turn();
            }
        }
    }

    @Test
    void writeAndRead_bytesAndText_areTheSame() throws IOException {
        run(() -> {
            var file = folder.resolve("file");
            AsyncFiles.write(file, new byte[] {1, 2, 3});
            AsyncFiles.append(file, new byte[] {4});
            assertThat(AsyncFiles.readAllBytes(file)).containsExactly(1, 2, 3, 4);
            AsyncFiles.writeString(file, "grün");
            AsyncFiles.append(file, "lich");
            assertThat(AsyncFiles.readString(file)).isEqualTo("grünlich");
            assertThat(AsyncFiles.readString(file, ISO_8859_1)).isEqualTo("grÃ¼nlich");
            assertThat(AsyncFiles.size(file)).isEqualTo(9);
        });
    }

    @Test
    void read_whatIsNotThere_orNotText_isTheErrorOfFiles() throws IOException {
        run(() -> {
            var missing = folder.resolve("missing");
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> AsyncFiles.readString(missing));
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> AsyncFiles.lines(missing));
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> AsyncFiles.open(missing));
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> AsyncFiles.delete(missing));
            var binary = folder.resolve("binary");
            AsyncFiles.write(binary, new byte[] {'a', '\n', (byte) 0xff});
            assertThatExceptionOfType(MalformedInputException.class).isThrownBy(() -> AsyncFiles.readString(binary));
            try (var lines = AsyncFiles.lines(binary)) {
                assertThatExceptionOfType(UncheckedIOException.class)
                        .isThrownBy(() -> lines.iterator().next())
                        .withCauseInstanceOf(MalformedInputException.class);
                assertThat(lines.iterator().hasNext()).isFalse();
            }
        });
    }

    @Test
    void wholeFiles_copyMoveDeleteListWalk_asFilesDoes() throws IOException {
        run(() -> {
            var one = folder.resolve("one");
            var two = folder.resolve("two");
            AsyncFiles.writeString(one, "1");
            AsyncFiles.copy(one, two);
            assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> AsyncFiles.copy(one, two));
            AsyncFiles.move(one, two, StandardCopyOption.REPLACE_EXISTING);
            assertThat(AsyncFiles.exists(one)).isFalse();
            assertThat(AsyncFiles.deleteIfExists(one)).isFalse();
            AsyncFiles.createDirectories(folder.resolve("a/b"));
            AsyncFiles.writeString(folder.resolve("a/b/c"), "");
            assertThat(AsyncFiles.list(folder)).containsExactly(folder.resolve("a"), two);
            assertThat(AsyncFiles.walk(folder.resolve("a")))
                    .containsExactly(folder.resolve("a"), folder.resolve("a/b"), folder.resolve("a/b/c"));
            AsyncFiles.delete(two);
            assertThat(AsyncFiles.<Boolean>call(() -> Files.isDirectory(folder)))
                    .isTrue();
            assertThat(two).doesNotExist();
        });
    }

    @Test
    void lines_ofALongFile_comeInOrder_whileOtherTasksRun() throws IOException {
        var file = folder.resolve("long");
        var expected = new ArrayList<String>();
        for (var i = 0; i < 50_000; i++) {
            expected.add("line " + i);
        }
        Files.write(file, expected);
        run(() -> {
            var turns = new int[1];
            var ticker = Asyncio.createTask(() -> {
                for (; ; turns[0]++) {
                    turn();
                }
            });
            var found = new ArrayList<String>();
            try (var lines = AsyncFiles.lines(file)) {
                for (var line : lines) {
                    found.add(line);
                    if (found.size() == 10) {
                        break;
                    }
                }
                lines.forEach(found::add); // goes on where the first iteration stopped
            }
            ticker.cancel();
            assertThat(found).isEqualTo(expected);
            assertThat(turns[0]).isPositive();
        });
    }

    @Test
    void cancel_ofAnOperationThatHasBegun_waitsForItsEnd() throws IOException {
        run(() -> {
            var slow = new Slow();
            var task = Asyncio.createTask(() -> AsyncFiles.call(slow));
            slow.awaitBegin();
            task.cancel("enough");
            for (var i = 0; i < 20; i++) {
                turn();
            }
            assertThat(task.done()).isFalse();
            task.cancel("more than enough");
            turn();
            assertThat(task.done()).isFalse();
            slow.mayEnd.countDown();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
            assertThat(slow.ended).isTrue();
        });
    }

    @Test
    void cancel_ofAnOperationThatHasNotBegun_preventsIt() throws IOException {
        run(() -> {
            Asyncio.getRunningLoop().setDefaultExecutor(oneThread());
            var slow = new Slow();
            var first = Asyncio.createTask(() -> AsyncFiles.call(slow));
            slow.awaitBegin();
            var path = folder.resolve("never");
            var second = Asyncio.createTask(() -> AsyncFiles.writeString(path, "never"));
            turn();
            second.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(second::await);
            slow.mayEnd.countDown();
            assertThat(first.await()).isEqualTo("the result");
            assertThat(AsyncFiles.exists(path)).isFalse();
        });
    }

    private static ExecutorService oneThread() {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    }

    @Test
    void cancel_ofALinesRead_losesNoLine() throws IOException {
        var file = folder.resolve("lines");
        Files.writeString(file, "one\ntwo\n");
        run(() -> {
            try (var lines = AsyncFiles.lines(file)) {
                var task = Asyncio.createTask(() -> lines.iterator().hasNext());
                turn();
                task.cancel();
                assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
                assertThat(lines).containsExactly("one", "two");
            }
        });
    }

    @Test
    void close_whileCancelled_closes_andTheCancelComesLater() throws IOException {
        var file = folder.resolve("file");
        run(() -> {
            var trail = new ArrayList<String>();
            var opened = new ArrayList<AsyncFile>();
            var task = Asyncio.createTask(() -> {
                var open = AsyncFiles.open(file, CREATE, WRITE);
                opened.add(open);
                Asyncio.currentTask().orElseThrow().cancel();
                open.close();
                trail.add("closed " + !open.isOpen());
                turn();
                trail.add("never");
            });
            assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
            assertThat(trail).containsExactly("closed true");
            assertThat(opened.getFirst()).hasToString("AsyncFile[" + file + ", closed]");
        });
    }

    @Test
    void asyncFile_readsAndWritesAnywhere() throws IOException {
        run(() -> {
            try (var file = AsyncFiles.open(folder.resolve("data"), CREATE, READ, WRITE)) {
                file.write(ByteBuffer.wrap("hello world".getBytes(UTF_8)), 0);
                file.write(ByteBuffer.wrap("W".getBytes(UTF_8)), 6);
                assertThat(file.size()).isEqualTo(11);
                var into = ByteBuffer.allocate(8);
                assertThat(file.read(into, 6)).isEqualTo(5);
                assertThat(new String(into.array(), 0, 5, UTF_8)).isEqualTo("World");
                assertThat(file.read(into, 11)).isEqualTo(-1);
                assertThat(file.read(ByteBuffer.allocate(0), 0)).isZero();
                file.truncate(5);
                file.force(true);
                assertThat(AsyncFiles.readString(folder.resolve("data"))).isEqualTo("hello");
            }
            var closed = AsyncFiles.open(folder.resolve("data"));
            assertThatExceptionOfType(NonWritableChannelException.class)
                    .isThrownBy(() -> closed.write(ByteBuffer.allocate(1), 0));
            closed.close();
            closed.close();
            assertThatExceptionOfType(ClosedChannelException.class)
                    .isThrownBy(() -> closed.read(ByteBuffer.allocate(1), 0));
        });
    }

    @Test
    void manyAtATime_allAreDone() throws IOException {
        run(() -> {
            var names = new ArrayList<Integer>();
            for (var i = 0; i < 300; i++) {
                names.add(i);
            }
            List<String> read = Asyncio.mapConcurrent(100, names, name -> {
                var file = folder.resolve("file" + name);
                AsyncFiles.writeString(file, "I am " + name);
                return AsyncFiles.readString(file);
            });
            assertThat(read).hasSize(300).startsWith("I am 0").endsWith("I am 299");
        });
    }
}
