package dev.asyncio4j.process;

import dev.asyncio4j.net.BaseTransport;
import dev.asyncio4j.net.Transport;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A child process that calls a {@link SubprocessProtocol}. {@link Subprocesses#subprocessExec} starts it.
 *
 * <p><b>States.</b> Running; ended, when it has a return code; lost, when its pipes are gone as well and the protocol has heard
 * so. A process that still runs when its loop is closed is killed, and that is reported to the loop's exception handler.
 *
 * <p>Its extra information {@code subprocess} is a {@link ProcessHandle}.
 *
 * <p><b>Threads.</b> Loop thread only. No method suspends.
 */
public interface SubprocessTransport extends BaseTransport {

    /**
     * Returns its number.
     *
     * @return the number that the system has given it
     */
    long getPid();

    /**
     * Returns how it has ended (SP-5), as {@link Subprocess#returncode} does.
     *
     * @return its exit code, or the negative number of the signal that ended it; empty while it runs
     */
    OptionalInt getReturncode();

    /**
     * Returns the transport of one of its pipes.
     *
     * @param fd 0 for standard input, which takes what is to be written; 1 and 2 for output and errors, whose reading can be
     *     paused
     * @return the transport, closed ones too; empty if that stream is not a pipe
     */
    Optional<Transport> getPipeTransport(int fd);

    /**
     * Sends a signal, in the background but for those of {@link #terminate} and {@link #kill}. Does nothing if it has ended
     * (SP-7). If it cannot be sent, that is reported to the loop's exception handler.
     *
     * @param number the number of the signal, such as 1 for SIGHUP and 2 for SIGINT
     * @throws IllegalArgumentException if the number is not positive
     * @throws UnsupportedOperationException on Windows, which has no signals
     */
    void sendSignal(int number);

    /** Asks it to end: sends SIGTERM; on Windows, kills it. Does nothing if it has ended (SP-7). */
    void terminate();

    /** Kills it: sends SIGKILL. Does nothing if it has ended (SP-7). */
    void kill();

    /** Closes its pipes and kills it if it runs (SP-7). Does nothing the second time. */
    @Override
    void close();

    /** Does the same as {@link #close}, and drops what its standard input has not taken. */
    @Override
    void abort();
}
