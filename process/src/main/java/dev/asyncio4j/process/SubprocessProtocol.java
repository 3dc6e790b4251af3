package dev.asyncio4j.process;

import dev.asyncio4j.net.BaseProtocol;
import org.jspecify.annotations.Nullable;

/**
 * What hears of a child process and its pipes. Each callback does nothing unless overridden. For straight-line code there is
 * {@link Subprocess}.
 *
 * <p><b>Order</b> (SP-2). Made, once all pipes are connected; what the pipes give, each followed by its loss; the exit, which
 * may come before the last data; lost, after the exit and the loss of every pipe. {@link #pauseWriting} and
 * {@link #resumeWriting} are those of standard input.
 *
 * <p><b>Threads</b> and <b>errors</b> are those of {@link BaseProtocol}; the process outlives what a callback throws.
 *
 * <p><b>Example.</b>
 *
 * {@snippet class="dev.asyncio4j.snippets.ProcessProtocolTest" region="subprocess-protocol"}
 */
public interface SubprocessProtocol extends BaseProtocol<SubprocessTransport> {

    /**
     * Takes what the process has written.
     *
     * @param fd 1 for standard output, 2 for standard error
     * @param data what came; the protocol may keep it
     * @throws Exception whatever goes wrong
     */
    default void pipeDataReceived(int fd, byte[] data) throws Exception {}

    /**
     * Hears that a pipe is gone.
     *
     * @param fd 0 for standard input, 1 for standard output, 2 for standard error
     * @param cause why, or null if it ended or was closed in peace
     * @throws Exception whatever goes wrong
     */
    default void pipeConnectionLost(int fd, @Nullable Throwable cause) throws Exception {}

    /**
     * Hears that the process has ended: {@link SubprocessTransport#getReturncode} tells how.
     *
     * @throws Exception whatever goes wrong
     */
    default void processExited() throws Exception {}
}
