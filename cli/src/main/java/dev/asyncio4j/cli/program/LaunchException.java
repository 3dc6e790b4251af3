package dev.asyncio4j.cli.program;

/** A program could not be started. The message is for the user and complete; no stack trace belongs to it. */
public final class LaunchException extends Exception {

    private static final long serialVersionUID = 1;

    /** The exit code when the command line asks for what is not there. */
    static final int USAGE = 2;

    /** The exit code when the program's source is wrong. */
    static final int SOURCE = 1;

    private final int exitCode;

    LaunchException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The exit code the process should end with. */
    public int exitCode() {
        return exitCode;
    }
}
