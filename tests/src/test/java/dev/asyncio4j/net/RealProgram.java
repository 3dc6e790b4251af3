package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program that others wrote, started by the JDK's means; waited for on a thread of the executor, never on the loop. */
final class RealProgram implements AutoCloseable {
    private static final int LIMIT_SECONDS = 40;

    private final Process process;
    private final BufferedReader output;

    private RealProgram(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Skips the test where a tool is missing; .ci/run installs all of them. */
    static void require(String tool) {
        var found = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Path.of(folder, tool).toFile().canExecute());
        Assumptions.assumeTrue(found, tool + " is not installed here");
    }

    static RealProgram start(String... command) throws IOException {
        return new RealProgram(List.of(command));
    }

    /** Runs one to its end, with something to read; returns its exit code and what it printed. */
    static Future<Outcome> run(String input, String... command) {
        return Asyncio.getRunningLoop().runInExecutor(null, () -> {
            try (var program = start(command)) {
                return program.finish(input);
            }
        });
    }

    /** What a program came to. */
    record Outcome(int exitCode, String output) {}

    private Outcome finish(String input) throws IOException {
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write(input);
        }
        var killer = new Thread(this::killLate, "kills " + process.pid());
        killer.setDaemon(true);
        killer.start();
        var text = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
        }
        killer.interrupt();
        try {
            return new Outcome(process.waitFor(), text.toString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void killLate() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has ended, and so does this
        }
    }

    /** Waits for a line that begins like this, and returns the rest of it. */
    Future<String> lineAfter(String beginning) {
        return Asyncio.getRunningLoop().runInExecutor(null, () -> {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length()).strip();
                }
            }
            throw new IOException("it ended without a line that begins with " + beginning);
        });
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
