package dev.asyncio4j.cli;

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

/** Starts the launcher as a process of its own, in a folder of its own, with a cache of its own. */
final class LauncherProcess {

    private static final long LIMIT_SECONDS = 60;

    private final Path folder;
    private String cache;
    private String input = "";

    LauncherProcess(Path folder) {
        this.folder = folder;
        this.cache = folder.resolve("cache").toString();
    }

    /** What came of a process. */
    record Outcome(int exitCode, String out, String err) {}

    /** A process that was started and not waited for. */
    record Running(Process process, Path out, Path err) {

        Outcome join() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LIMIT_SECONDS + " s; it wrote: "
                        + Files.readString(out) + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    LauncherProcess withCache(String value) {
        cache = value;
        return this;
    }

    LauncherProcess withInput(String text) {
        input = text;
        return this;
    }

    /** Writes a source file. */
    LauncherProcess file(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Path folder() {
        return folder;
    }

    /** The files that the cache holds. */
    List<Path> cached() throws IOException {
        try (var files = Files.list(Path.of(cache, "asyncio4j", "programs"))) {
            return files.toList();
        }
    }

    /** Runs the launcher with these arguments and waits for its end. */
    Outcome launch(String... arguments) throws IOException, InterruptedException {
        return start(arguments).join();
    }

    Running start(String... arguments) throws IOException {
        var out = Files.createTempFile(folder, "out", ".txt");
        var err = Files.createTempFile(folder, "err", ".txt");
        var in = Files.createTempFile(folder, "in", ".txt");
        Files.writeString(in, input, StandardCharsets.UTF_8);
        var process = builder(arguments)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Running(process, out, err);
    }

    /** The process to start, its streams not yet connected. */
    ProcessBuilder builder(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                "dev.asyncio4j.cli.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().put("XDG_CACHE_HOME", cache);
        return builder;
    }

    /* What the launcher's users have: not this suite, whose classes would be seen by their programs. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
