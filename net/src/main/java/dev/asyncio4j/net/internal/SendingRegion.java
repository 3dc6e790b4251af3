package dev.asyncio4j.net.internal;

import dev.asyncio4j.Future;
import dev.asyncio4j.net.spi.FileSending;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file that Netty has the system send (TR-17).
 *
 * <p><b>Threads.</b> The loop's own; written by the raw thread, stopped by coroutines.
 */
final class SendingRegion extends DefaultFileRegion implements FileSending, ChannelFutureListener {
    /*
     * Nothing can be taken back from a channel. But Netty asks how long a region is each time it goes on with it, so one
     * that is stopped says that it is as long as what was sent of it.
     *
     * The file is the user's, and stays open.
     */

    private final Future<@Nullable Void> done;
    private final Runnable whenOver;
    private boolean stopped;

    /**
     * Describes a part of a file.
     *
     * @param done completed when it is sent
     * @param whenOver run when it is sent, stopped or broken
     */
    SendingRegion(FileChannel file, long offset, long count, Future<@Nullable Void> done, Runnable whenOver) {
        super(file, offset, count);
        this.done = done;
        this.whenOver = whenOver;
    }

    @Override
    public Future<@Nullable Void> done() {
        return done;
    }

    @Override
    public long sent() {
        return transferred();
    }

    @Override
    public void stop() {
        if (!stopped) {
            stopped = true;
            whenOver.run();
        }
    }

    @Override
    public long count() {
        return stopped ? transferred() : super.count();
    }

    @Override
    public void operationComplete(ChannelFuture future) {
        end(future.cause());
    }

    /** Hears that it was sent, or why it cannot be. */
    void end(@Nullable Throwable cause) {
        stop();
        if (done.done()) {
            return;
        }
        if (cause == null) {
            done.setResult(null);
        } else {
            done.setException(cause instanceof IOException ? cause : new IOException(cause));
        }
    }

    @Override
    protected void deallocate() {} // would close the file
}
