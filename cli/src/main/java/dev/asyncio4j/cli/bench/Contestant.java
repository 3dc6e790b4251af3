package dev.asyncio4j.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Someone who takes part: a folder with a program {@code run}.
 *
 * @param name the folder's name
 * @param program what to start
 */
public record Contestant(String name, Path program) {

    /** The contestant that the targets are for. */
    public static final String OURS = "asyncio4j";

    private static final int PATIENCE_SECONDS = 20;

    /**
     * Finds all contestants, ours first.
     *
     * @param folder the folder that holds theirs
     * @return all that have a program
     * @throws IOException if the folder cannot be read
     */
    public static List<Contestant> findAll(Path folder) throws IOException {
        try (var peers = Files.list(folder)) {
            return peers.map(peer -> new Contestant(peer.getFileName().toString(), peer.resolve("run")))
                    .filter(contestant -> Files.isExecutable(contestant.program))
                    .sorted((a, b) -> a.isOurs() != b.isOurs() ? (a.isOurs() ? -1 : 1) : a.name.compareTo(b.name))
                    .toList();
        }
    }

    boolean isOurs() {
        return name.equals(OURS);
    }

    /**
     * Asks for its version.
     *
     * @return what it is, or why it is not there
     */
    public Presence presence() {
        try {
            var process = new ProcessBuilder(program.toString(), "--about")
                    .redirectErrorStream(true)
                    .start();
            var said = firstLine(process);
            var isPresent = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return new Presence(isPresent, said.orElse("it says nothing"));
        } catch (IOException e) {
            return new Presence(false, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Presence(false, "interrupted");
        }
    }

    private static Optional<String> firstLine(Process process) throws IOException {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.lines().findFirst();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Whether a contestant can take part.
     *
     * @param isPresent whether it can
     * @param text its version, or the reason
     */
    public record Presence(boolean isPresent, String text) {}
}
