package dev.asyncio4j;

/** Thrown by {@link Asyncio#run} when Ctrl-C ended the program (RUN-5). */
public final class KeyboardInterrupt extends ExitError {

    private static final long serialVersionUID = 1L;

    /** What a shell reports for a process that SIGINT ended. */
    static final int CODE = 130;

    /** Makes the error. */
    public KeyboardInterrupt() {
        super(CODE, "interrupted by the user");
    }
}
