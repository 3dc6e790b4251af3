package dev.asyncio4j.cli;

import dev.asyncio4j.cli.program.Launch;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code asyncio run FILE.java}: compiles a program of one source file and its neighbours, and runs it. */
@Command(name = "run", description = "Run a program from its source file.")
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private AsyncioCommand parent;

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description = "Jars and folders to add to the program's class path.")
    private String classPath = "";

    @Option(names = "--no-cache", description = "Compile, and do not keep the compiled classes.")
    private boolean noCache;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Parameters(index = "0", paramLabel = "FILE.java", description = "The source file with the main method.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "What the program gets as its arguments.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        parent.request(new Launch(file, arguments.toArray(String[]::new), extraClassPath(), !noCache));
        return 0;
    }

    private List<Path> extraClassPath() {
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }
}
