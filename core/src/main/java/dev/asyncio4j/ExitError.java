package dev.asyncio4j;

/**
 * Asks the whole program to end: the loop lets it through where it contains every other error (LOOP-8, TASK-5).
 *
 * <p>It leaves {@link Asyncio#run} as it is. Python's SystemExit and, as {@link KeyboardInterrupt}, its namesake.
 */
public class ExitError extends Error {

    private static final long serialVersionUID = 1L;

    /** The exit code. */
    private final int code;

    /**
     * Makes an error that asks for an exit code.
     *
     * @param code the exit code of the process
     */
    public ExitError(int code) {
        this(code, "exit with code " + code);
    }

    ExitError(int code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * Returns the exit code asked for.
     *
     * @return the exit code of the process
     */
    public final int code() {
        return code;
    }
}
