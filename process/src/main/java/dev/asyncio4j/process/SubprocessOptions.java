package dev.asyncio4j.process;

import dev.asyncio4j.net.StreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start a process. Immutable; each method returns changed options.
 *
 * @param stdin where its input comes from
 * @param stdout where its output goes
 * @param stderr where its messages go
 * @param limit the limit of the {@link StreamReader}s of its pipes, in bytes
 * @param directory the folder it is started in, or null for that of this process
 * @param environment all its environment variables, or null for those of this process
 * @param variables environment variables that are set besides
 * @param grace how long {@link Subprocess#close} gives it to end by itself
 */
public record SubprocessOptions(
        Stdio stdin,
        Stdio stdout,
        Stdio stderr,
        int limit,
        @Nullable Path directory,
        @Nullable Map<String, String> environment,
        Map<String, String> variables,
        Duration grace) {

    private static final Duration GRACE = Duration.ofSeconds(5);

    /** The streams, folder and environment of this process; a limit of 64 KiB, 5 seconds of grace. */
    public static final SubprocessOptions DEFAULT = new SubprocessOptions(
            Stdio.INHERIT, Stdio.INHERIT, Stdio.INHERIT, StreamReader.DEFAULT_LIMIT, null, null, Map.of(), GRACE);

    /** As {@link #DEFAULT}, with a pipe for each of the three streams. */
    public static final SubprocessOptions PIPES =
            DEFAULT.withStdin(Stdio.PIPE).withStdout(Stdio.PIPE).withStderr(Stdio.PIPE);

    /**
     * Copies the maps, so that nobody can change them later.
     *
     * @throws IllegalArgumentException if the limit is not positive or the grace is negative
     */
    public SubprocessOptions {
        if (limit <= 0) {
            throw new IllegalArgumentException("the limit must be positive, not " + limit);
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("the grace cannot be negative: " + grace);
        }
        environment = environment == null ? null : Map.copyOf(environment);
        variables = Map.copyOf(variables);
    }

    /**
     * Changes where its input comes from.
     *
     * @param source the source
     * @return changed options
     */
    public SubprocessOptions withStdin(Stdio source) {
        return new SubprocessOptions(source, stdout, stderr, limit, directory, environment, variables, grace);
    }

    /**
     * Changes where its output goes.
     *
     * @param target the target
     * @return changed options
     */
    public SubprocessOptions withStdout(Stdio target) {
        return new SubprocessOptions(stdin, target, stderr, limit, directory, environment, variables, grace);
    }

    /**
     * Changes where its messages go.
     *
     * @param target the target; {@link Stdio#STDOUT} for the same place as its output
     * @return changed options
     */
    public SubprocessOptions withStderr(Stdio target) {
        return new SubprocessOptions(stdin, stdout, target, limit, directory, environment, variables, grace);
    }

    /**
     * Changes the readers' limit.
     *
     * @param bytes the limit
     * @return changed options
     */
    public SubprocessOptions withLimit(int bytes) {
        return new SubprocessOptions(stdin, stdout, stderr, bytes, directory, environment, variables, grace);
    }

    /**
     * Changes the folder it is started in: asyncio's {@code cwd}.
     *
     * @param folder the folder
     * @return changed options
     */
    public SubprocessOptions withDirectory(Path folder) {
        return new SubprocessOptions(stdin, stdout, stderr, limit, folder, environment, variables, grace);
    }

    /**
     * Replaces all its environment variables: asyncio's {@code env}.
     *
     * @param all the variables
     * @return changed options
     */
    public SubprocessOptions withEnvironment(Map<String, String> all) {
        return new SubprocessOptions(stdin, stdout, stderr, limit, directory, all, variables, grace);
    }

    /**
     * Sets one environment variable and leaves the others as they are.
     *
     * @param name its name
     * @param value its value
     * @return changed options
     */
    public SubprocessOptions withVariable(String name, String value) {
        var more = new HashMap<>(variables);
        more.put(name, value);
        return new SubprocessOptions(stdin, stdout, stderr, limit, directory, environment, more, grace);
    }

    /**
     * Changes how long {@link Subprocess#close} waits between asking it to end and killing it.
     *
     * @param time how long; zero to kill it at once
     * @return changed options
     */
    public SubprocessOptions withGrace(Duration time) {
        return new SubprocessOptions(stdin, stdout, stderr, limit, directory, environment, variables, time);
    }
}
