package dev.asyncio4j.files;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The lines of a file, without what ends them, for one task to read. Made by {@link AsyncFiles#lines}.
 *
 * <p><b>States.</b> Open; closed, after which no more is read. Each line is given once, whoever asks: a second iteration
 * goes on where the first stopped.
 *
 * <p><b>Cancellation.</b> Of a wait for more: no line is lost.
 *
 * <p><b>Errors.</b> What goes wrong while reading is thrown by the iteration, as {@link UncheckedIOException}.
 */
public final class FileLines implements Iterable<String>, AutoCloseable {
    private static final int BATCH_CHARS =
            64 * 1024; // read at a time, up to the end of a line; a line must fit in memory

    private final BufferedReader reader; // used by one job at a time
    private final ArrayDeque<String> ahead = new ArrayDeque<>(); // loop thread only
    private boolean ended; // loop thread only

    FileLines(BufferedReader reader) {
        this.reader = reader;
    }

    /**
     * Iterates over the lines that were not given yet. Suspends when more must be read.
     *
     * @return the lines
     */
    @Override
    public Iterator<String> iterator() {
        return new Lines();
    }

    private final class Lines implements Iterator<String> {

        @Override
        public boolean hasNext() {
            if (ahead.isEmpty() && !ended) {
                readAhead();
            }
            return !ahead.isEmpty();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the file has no more lines");
            }
            return ahead.remove();
        }
    }

    private void readAhead() {
        try {
            take(FileJobs.run(this::readBatch, this::take));
        } catch (IOException e) {
            ended = true;
            throw new UncheckedIOException(e);
        }
    }

    private void take(List<String> batch) {
        ahead.addAll(batch);
        ended |= batch.isEmpty();
    }

    private List<String> readBatch() throws IOException {
        var batch = new ArrayList<String>();
        var chars = 0;
        while (chars < BATCH_CHARS) {
            var line = reader.readLine();
            if (line == null) {
                break;
            }
            batch.add(line);
            chars += line.length() + 1;
        }
        return batch;
    }

    /** Closes the file. Suspends until that is done; a cancel that comes meanwhile is thrown at the task's next wait. */
    @Override
    public void close() throws IOException {
        ended = true;
        ahead.clear();
        if (Asyncio.currentTask().isEmpty()) {
            reader.close();
            return;
        }
        CancelScope.shielded(_ -> FileJobs.run(() -> {
            reader.close();
            return null;
        }));
    }

    /** Closes what nobody wants, on the loop: there is nothing left to be written. */
    void closeNow() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
