package dev.asyncio4j.process;

import dev.asyncio4j.net.ReadFlow;
import dev.asyncio4j.net.StreamReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A pipe that a process writes to: a thread reads it, and feeds a reader of the loop piece by piece. */
final class OutputPipe implements ReadFlow {

    /*
     * The thread reads one piece, hands it over, and reads the next when the loop has taken it: `turns` is the permission
     * to read. While reading is paused the permission is kept back, so that a process which writes more than is read fills
     * its pipe and waits.
     */

    private static final int PIECE = 64 * 1024;

    private final Subprocess process;
    private final StreamReader reader;
    private final InputStream in;
    private final @Nullable SystemPipe pipe; // null where the JDK made it
    private final Semaphore turns = new Semaphore(1);

    /** Written by the loop's thread or the one that closes the loop, read by the reading thread. */
    private volatile boolean closed;

    // Loop thread only:
    private boolean paused;
    private boolean owed;
    private boolean ended;

    /** Makes what reads a pipe of our own, or one of the JDK's if there is none. */
    OutputPipe(Subprocess process, StreamReader reader, @Nullable SystemPipe pipe, InputStream fromJdk) {
        this.process = process;
        this.reader = reader;
        this.pipe = pipe;
        this.in = pipe == null ? fromJdk : pipe.in();
        reader.setTransport(this);
    }

    StreamReader reader() {
        return reader;
    }

    void start() {
        ProcessThreads.EXECUTOR.execute(this::readAll);
    }

    // ---- on the reading thread

    private void readAll() {
        Throwable failure = null;
        try (in;
                pipe) {
            pump();
        } catch (Exception | Error e) {
            failure = closed ? null : e;
        }
        Throwable cause = failure;
        process.post(() -> ended(cause));
    }

    private void pump() throws IOException, InterruptedException {
        var buffer = new byte[PIECE];
        boolean open = true;
        while (open) {
            turns.acquire();
            int count = closed ? -1 : in.read(buffer);
            open = count >= 0 && !closed;
            if (open) {
                byte[] piece = Arrays.copyOf(buffer, count);
                open = process.post(() -> arrived(piece));
            }
        }
    }

    // ---- on the loop's thread

    private void arrived(byte[] piece) {
        if (closed || ended) {
            turns.release();
            return;
        }
        owed = true;
        reader.feedData(piece);
        readOn();
    }

    private void readOn() {
        if (owed && !paused) {
            owed = false;
            turns.release();
        }
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        readOn();
    }

    private void ended(@Nullable Throwable cause) {
        if (ended) {
            return;
        }
        ended = true;
        if (cause == null) {
            reader.feedEof();
        } else {
            reader.setException(cause);
        }
        process.pipeEnded();
    }

    /** Reads no more, on the loop's thread: the stream ends as far as it has come, whoever else can still write to it. */
    void close() {
        abandon();
        ended(null);
    }

    /** Has the reading thread end. Any thread. */
    void abandon() {
        if (closed) {
            return;
        }
        closed = true;
        turns.release();
        SystemPipe own = pipe;
        if (own != null) {
            ProcessThreads.EXECUTOR.execute(() -> wake(own));
        }
    }

    private static void wake(SystemPipe own) {
        try {
            own.wakeReader();
        } catch (IOException e) {
            // The reader has gone meanwhile, or there is no descriptor to wake it through: then it ends with the pipe.
        }
    }
}
