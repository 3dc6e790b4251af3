package dev.asyncio4j.process;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a child process gets its input from, or where its output goes. Immutable. */
public final class Stdio {

    /** What this process has: the same terminal, file or pipe. */
    public static final Stdio INHERIT = new Stdio("inherit", Redirect.INHERIT);

    /** A pipe to this process. */
    public static final Stdio PIPE = new Stdio("pipe", Redirect.PIPE);

    /** Nowhere: no input, and output is dropped. */
    public static final Stdio DEVNULL = new Stdio("devnull", null);

    /** For standard error only: the same place as standard output. */
    public static final Stdio STDOUT = new Stdio("stdout", null);

    static final boolean ON_WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private final String name;
    private final @Nullable Redirect redirect;

    private Stdio(String name, @Nullable Redirect redirect) {
        this.name = name;
        this.redirect = redirect;
    }

    /**
     * A file to read input from.
     *
     * @param file the file, which must exist when the process is started
     * @return for standard input
     */
    public static Stdio from(Path file) {
        return new Stdio("from " + file, Redirect.from(file.toFile()));
    }

    /**
     * A file to write output to; what it held is dropped.
     *
     * @param file the file
     * @return for standard output or standard error
     */
    public static Stdio to(Path file) {
        return new Stdio("to " + file, Redirect.to(file.toFile()));
    }

    /**
     * A file to add output to.
     *
     * @param file the file
     * @return for standard output or standard error
     */
    public static Stdio appendTo(Path file) {
        return new Stdio("append to " + file, Redirect.appendTo(file.toFile()));
    }

    boolean isPipe() {
        return this == PIPE;
    }

    Redirect forInput() {
        if (this == DEVNULL) {
            return Redirect.from(nullFile());
        }
        return given("standard input", Redirect.Type.READ);
    }

    Redirect forOutput(String stream) {
        return this == DEVNULL ? Redirect.DISCARD : given(stream, Redirect.Type.WRITE);
    }

    /** What was given, if it has the direction that is needed. */
    private Redirect given(String stream, Redirect.Type file) {
        Redirect chosen = redirect;
        boolean suits = chosen != null
                && switch (chosen.type()) {
                    case PIPE, INHERIT -> true;
                    case READ -> file == Redirect.Type.READ;
                    case WRITE, APPEND -> file == Redirect.Type.WRITE;
                };
        if (chosen == null || !suits) {
            throw new IllegalArgumentException(stream + " cannot be '" + name + "'");
        }
        return chosen;
    }

    private static File nullFile() {
        return new File(ON_WINDOWS ? "NUL" : "/dev/null");
    }

    @Override
    public String toString() {
        return "Stdio[" + name + "]";
    }
}
