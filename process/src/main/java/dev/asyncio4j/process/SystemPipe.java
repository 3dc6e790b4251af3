package dev.asyncio4j.process;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import org.jspecify.annotations.Nullable;

/**
 * A pipe of the system, whose writing end a process gets and whose reading end is ours.
 *
 * <p><b>Threads.</b> Any, but not the loop's: opening and closing may block.
 */
final class SystemPipe implements AutoCloseable {

    /*
     * The pipes that the JDK makes do not end as pipes do. When a process ends the JDK takes what is in its pipe and closes
     * our end, on a thread of its own: what a grandchild writes later is lost, and a read that is under way at that moment
     * may see the end before it sees the bytes that the JDK has taken. Of a pipe of our own we know when it ends: when
     * the last process that could write to it has closed it.
     *
     * Linux lets us open the ends by their names below /proc/self/fd, which gives blocking descriptors to the same pipe. That
     * also allows to end a read: another writing end is opened for a moment and a byte written to it. The descriptor that
     * has the name stays open until then, so that the name can mean nothing else.
     */

    private static final String DESCRIPTORS = "/proc/self/fd/";
    private static final boolean SUPPORTED = new File(DESCRIPTORS).isDirectory() && Epoll.isAvailable();

    private final FileDescriptor source;
    private final FileDescriptor sink;
    private final InputStream in;

    /** Guarded by this. */
    private boolean closed;

    private SystemPipe() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        source = ends[0];
        sink = ends[1];
        try {
            in = new FileInputStream(nameOf(source));
        } catch (IOException e) {
            source.close();
            sink.close();
            throw e;
        }
    }

    /** Makes a pipe, or returns null where the system has no such names. */
    static @Nullable SystemPipe open() throws IOException {
        return SUPPORTED ? new SystemPipe() : null;
    }

    private static String nameOf(FileDescriptor end) {
        return DESCRIPTORS + end.intValue();
    }

    /** Where a process that is to be started writes to. */
    Redirect target() {
        return Redirect.to(new File(nameOf(sink)));
    }

    /** Gives up our writing end, once the process has its own: otherwise the pipe would never end. */
    void started() throws IOException {
        sink.close();
    }

    InputStream in() {
        return in;
    }

    /** Ends a read that is under way. May block until the reader has gone on. */
    void wakeReader() throws IOException {
        try (var other = openSink()) {
            if (other != null) {
                other.write(0);
            }
        }
    }

    private synchronized @Nullable FileOutputStream openSink() throws IOException {
        return closed ? null : new FileOutputStream(nameOf(source));
    }

    /** Gives back all descriptors. Does nothing the second time. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            try (in) {
                source.close();
            } finally {
                sink.close();
            }
        }
    }
}
