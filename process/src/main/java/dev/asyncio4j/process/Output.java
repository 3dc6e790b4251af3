package dev.asyncio4j.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** What a process has written until its end: the result of {@link Subprocess#communicate}. */
public final class Output {

    private final byte @Nullable [] stdout;
    private final byte @Nullable [] stderr;

    Output(byte @Nullable [] stdout, byte @Nullable [] stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * Returns what came on standard output.
     *
     * @return the bytes, for the caller to keep
     * @throws IllegalStateException if it was not a pipe
     */
    public byte[] stdout() {
        return piped(stdout, "output");
    }

    /**
     * Returns what came on standard error.
     *
     * @return the bytes, for the caller to keep
     * @throws IllegalStateException if it was not a pipe
     */
    public byte[] stderr() {
        return piped(stderr, "error");
    }

    /**
     * Returns what came on standard output, read as UTF-8.
     *
     * @return the text
     * @throws IllegalStateException if it was not a pipe
     */
    public String stdoutText() {
        return new String(stdout(), UTF_8);
    }

    /**
     * Returns what came on standard error, read as UTF-8.
     *
     * @return the text
     * @throws IllegalStateException if it was not a pipe
     */
    public String stderrText() {
        return new String(stderr(), UTF_8);
    }

    private static byte[] piped(byte @Nullable [] bytes, String stream) {
        if (bytes == null) {
            throw new IllegalStateException(
                    "standard " + stream + " was not a pipe; ask for one with Stdio.PIPE when starting the process");
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "Output[stdout " + lengthOf(stdout) + ", stderr " + lengthOf(stderr) + "]";
    }

    private static String lengthOf(byte @Nullable [] bytes) {
        return bytes == null ? "not piped" : bytes.length + " bytes";
    }
}
