package dev.asyncio4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of {@code ./asyncio}. */
@Command(name = "asyncio", description = "Python's asyncio for Java.", mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {

    private Main() {}

    /**
     * Runs the command line and ends the process with its exit code.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.err);
        return CommandLine.ExitCode.USAGE;
    }
}
