package dev.asyncio4j.tests.examples;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An example as its users have it: a process, on the runtime that this suite is on. */
final class ExampleProcess implements AutoCloseable {

    static final Path ROOT = Path.of(System.getProperty("asyncio4j.root"));
    static final Path EXAMPLES = ROOT.resolve("examples");

    private static final long LIMIT_SECONDS = 60;
    private static final String RUNTIME = System.getProperty("asyncio4j.runtime");

    private final Process process;
    private final Path errors;

    private ExampleProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** What came of a process. */
    record Outcome(int exitCode, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }

        String lastLine() {
            return lines().getLast();
        }
    }

    /** Runs a compiled example to its end. */
    static Outcome run(String name, String... arguments) throws IOException, InterruptedException {
        try (var example = start(name, arguments)) {
            return example.join();
        }
    }

    /** Starts a compiled example. */
    static ExampleProcess start(String name, String... arguments) throws IOException {
        return start(builder(name, arguments));
    }

    /** Starts an example from its source, by the launcher, which keeps what it compiles in a folder. */
    static ExampleProcess launch(String example, Path cache, String... arguments) throws IOException {
        var source = EXAMPLES.resolve(example + ".java").toString();
        var command = Stream.concat(Stream.of("run", source), Stream.of(arguments));
        var builder = builder("dev.asyncio4j.cli.Main", command.toArray(String[]::new));
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        return start(builder);
    }

    private static ExampleProcess start(ProcessBuilder builder) throws IOException {
        var errors = Files.createTempFile("example", ".err");
        return new ExampleProcess(builder.redirectError(errors.toFile()).start(), errors);
    }

    private static ProcessBuilder builder(String mainClass, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (RUNTIME.equals("native")) {
            command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Dasyncio4j.runtime=" + RUNTIME,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                mainClass));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Reads the next line of what the program prints, as soon as it is there. */
    String readLine() throws IOException {
        return reader().readLine();
    }

    private BufferedReader reader() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /** Asks the program to end, as Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Waits for the end. */
    Outcome join() throws IOException, InterruptedException {
        var out = reader().lines().map(line -> line + "\n").collect(Collectors.joining());
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s; it wrote: " + out);
        }
        return new Outcome(process.exitValue(), out, Files.readString(errors));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }
}
