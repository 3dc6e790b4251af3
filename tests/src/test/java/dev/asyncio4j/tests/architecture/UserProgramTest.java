package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.spi.IoDriverProvider;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of a user, compiled and run as a process of its own: on the module path and on the class path. */
class UserProgramTest {

    private static final String RUNTIME = System.getProperty("asyncio4j.runtime");

    private static final String MODULE = """
            module hello {
                requires dev.asyncio4j;
            }
            """;

    private static final String PROGRAM = """
            package hello;

            import dev.asyncio4j.Asyncio;
            import java.time.Duration;

            public final class Main {
                public static void main(String[] args) throws Throwable {
                    Asyncio.run(() -> {
                        var whom = Asyncio.createTask(() -> {
                            Asyncio.sleep(Duration.ofMillis(1));
                            return "world";
                        });
                        System.out.println("hello " + whom.await());
                    });
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = folder.resolve("classes");
        var module = Files.writeString(folder.resolve("module-info.java"), MODULE);
        var program = Files.writeString(folder.resolve("Main.java"), PROGRAM);
        var compiler = ToolProvider.getSystemJavaCompiler();
        var status = compiler.run(
                null, null, null, "-d", classes.toString(), "-p", core(), module.toString(), program.toString());
        assertThat(status).isZero();
    }

    @Test
    void program_onTheModulePath_runs() throws Exception {
        var output = java("dev.asyncio4j", "-p", core() + File.pathSeparator + classes, "-m", "hello/hello.Main");
        assertThat(output).isEqualTo("hello world" + System.lineSeparator());
    }

    @Test
    void program_onTheClassPath_runs() throws Exception {
        var output = java("ALL-UNNAMED", "-cp", core() + File.pathSeparator + classes, "hello.Main");
        assertThat(output).isEqualTo("hello world" + System.lineSeparator());
    }

    @Test
    void program_withoutTheFlag_runsAndSaysWhichOneIsMissing() throws Exception {
        var command = List.of("-p", core() + File.pathSeparator + classes, "-m", "hello/hello.Main");
        var output = start(command);
        assertThat(output).isEqualTo("hello world" + System.lineSeparator());
        assertThat(errors()).contains("java.base/java.lang=dev.asyncio4j");
    }

    private String java(String whoseCore, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        if ("native".equals(RUNTIME)) {
            command.add("--add-opens=java.base/java.lang=" + whoseCore);
        }
        command.add("-Dasyncio4j.runtime=" + RUNTIME);
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Returns what the program printed; its process must end well. */
    private String start(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        var output = folder.resolve("output");
        var process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("ended within a minute")
                .isTrue();
        assertThat(process.exitValue()).as(errors()).isZero();
        return Files.readString(output);
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    private static String core() throws URISyntaxException {
        return Path.of(IoDriverProvider.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }
}
