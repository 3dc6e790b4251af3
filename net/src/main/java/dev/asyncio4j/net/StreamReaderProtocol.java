package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.ExitError;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that feeds a {@link StreamReader}: asyncio's adapter between transports and streams. {@link Streams} does the same
 * with less ado; this is for transports that come from elsewhere, and for programs that subclass it.
 *
 * <p>With a handler, each connection is served in a task of its own; what the handler throws goes to the loop's exception
 * handler, and closes the connection.
 *
 * <p><b>Threads.</b> Loop thread only. One for each connection.
 *
 * <p><b>Example.</b> Standard input as a stream, by asyncio's recipe:
 *
 * {@snippet class="dev.asyncio4j.snippets.PipesTest" region="reader-protocol"}
 */
public class StreamReaderProtocol implements Protocol {

    private final EventLoop loop;
    private final StreamReader reader;
    private final @Nullable StreamHandler handler;
    private final Waiters drains;
    private final Waiters closings;

    private @Nullable Transport transport;
    private boolean paused;
    private boolean lost;
    private @Nullable Throwable cause; // why it was lost; null for a clean end

    /**
     * Makes the protocol of a connection of the running loop.
     *
     * @param reader is fed with what comes
     */
    public StreamReaderProtocol(StreamReader reader) {
        this(reader, null);
    }

    /**
     * Makes the protocol of a connection of the running loop that a handler serves: the server's end.
     *
     * @param reader is fed with what comes
     * @param clientConnected serves the connection, in a task of its own, or null for nobody
     */
    public StreamReaderProtocol(StreamReader reader, @Nullable StreamHandler clientConnected) {
        this.loop = Asyncio.getRunningLoop();
        this.reader = Objects.requireNonNull(reader, "reader");
        this.handler = clientConnected;
        this.drains = new Waiters(loop, "room to write on a stream");
        this.closings = new Waiters(loop, "the end of a connection");
    }

    final StreamReader reader() {
        return reader;
    }

    final boolean isServerSide() {
        return handler != null;
    }

    /* ---- heard from the transport ---- */

    @Override
    public void connectionMade(Transport made) {
        transport = made;
        reader.setTransport(made);
        var serving = handler;
        if (serving != null) {
            var writer = new StreamWriter(made, this);
            loop.createTask(() -> serve(serving, made, writer));
        }
    }

    private void serve(StreamHandler serving, Transport served, StreamWriter writer) {
        boolean done = false;
        try {
            serving.handle(reader, writer);
            done = true;
        } catch (CancelledError | ExitError end) {
            throw end;
        } catch (Exception | Error failure) {
            loop.callExceptionHandler(ExceptionContext.of("the handler of a connection failed")
                    .with(ExceptionContext.EXCEPTION, failure)
                    .with("transport", served));
        } finally {
            if (!done) {
                writer.close();
            }
        }
    }

    @Override
    public void dataReceived(byte[] bytes) {
        reader.feedData(bytes);
    }

    /** Ends the reader. Keeps the connection for writing, where one direction can end alone. */
    @Override
    public boolean eofReceived() {
        reader.feedEof();
        return transport != null && transport.canWriteEof();
    }

    @Override
    public void connectionLost(@Nullable Throwable reason) {
        lost = true;
        cause = reason;
        if (reason == null) {
            reader.feedEof();
        } else {
            reader.setException(reason);
        }
        drains.wakeAll();
        closings.wakeAll();
    }

    @Override
    public void pauseWriting() {
        paused = true;
    }

    @Override
    public void resumeWriting() {
        paused = false;
        drains.wakeAll();
    }

    /* ---- asked by the writer ---- */

    /** Waits until writing may go on (SW-2, SW-3). */
    final void drain(Transport of) throws IOException {
        throwIfBroken();
        if (of.isClosing()) {
            Asyncio.sleep(Duration.ZERO);
        }
        throwIfBroken();
        if (lost) {
            throw new ConnectionResetException("the connection is lost");
        }
        if (paused) {
            drains.await();
            throwIfBroken();
        }
    }

    private void throwIfBroken() throws IOException {
        var failure = cause != null ? cause : reader.exception();
        if (failure != null) {
            throw StreamFailures.again(failure);
        }
    }

    final void waitClosed() throws IOException {
        if (!lost) {
            closings.await();
        }
        if (cause != null) {
            throw StreamFailures.again(cause);
        }
    }
}
