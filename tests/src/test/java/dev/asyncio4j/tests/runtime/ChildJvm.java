package dev.asyncio4j.tests.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the main method of a class of this suite in a process of its own, with the flags of a runtime. */
public final class ChildJvm {

    private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("asyncio4j.child.seconds", 120));

    private final Class<?> program;
    private final List<String> options = new ArrayList<>();
    private Duration limit = LIMIT;

    private ChildJvm(Class<?> program) {
        this.program = program;
    }

    /** What came of a process. */
    public record Outcome(int exitCode, String out, String err) {}

    /** On the runtime that this suite is being run on. */
    public static ChildJvm of(Class<?> program) {
        var child = new ChildJvm(program);
        boolean portable = "portable".equals(System.getProperty("asyncio4j.runtime"));
        return portable ? child.withoutFlags() : child.withNativeFlags();
    }

    /** Without the flag that the native runtime needs. */
    static ChildJvm withoutFlags(Class<?> program) {
        return new ChildJvm(program).withoutFlags();
    }

    private ChildJvm withNativeFlags() {
        options.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        options.add("-Dasyncio4j.runtime=native");
        return this;
    }

    private ChildJvm withoutFlags() {
        return this;
    }

    public ChildJvm withOption(String option) {
        options.add(option);
        return this;
    }

    public ChildJvm withLimit(Duration other) {
        limit = other;
        return this;
    }

    public Outcome run() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("asyncio4j-runtime-test");
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        try {
            var builder = new ProcessBuilder(command());
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
            var process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(limit)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(program.getName() + " still ran after " + limit + "; it wrote:\n"
                        + Files.readString(out) + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
            Files.deleteIfExists(folder);
        }
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(program.getName());
        return command;
    }
}
