package dev.asyncio4j.cli;

import dev.asyncio4j.cli.program.Launch;
import dev.asyncio4j.cli.program.Launcher;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code asyncio}, parent of all others. A further command is one class, named in {@code subcommands} below.
 */
@Command(
        name = "asyncio",
        description = "Python's asyncio for Java: one thread, straight-line code.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        subcommands = {RunCommand.class, BenchCommand.class, CommandLine.HelpCommand.class})
final class AsyncioCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private @Nullable Launch requested;

    /**
     * Parses and carries out a command line; ends the process if its exit code is not 0.
     *
     * @param args the command and its arguments
     * @throws Throwable what the user's program throws
     */
    static void carryOut(String[] args) throws Throwable {
        var command = new AsyncioCommand();
        var exitCode = command.parser().execute(args);
        if (command.requested != null) {
            Launcher.launch(command.requested);
        } else if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Asks for a program to be run after parsing is over, so that none of picocli's frames lie below it. */
    void request(Launch launch) {
        requested = launch;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "No command was given.");
    }

    private CommandLine parser() {
        var parser = new CommandLine(this)
                .setParameterExceptionHandler(AsyncioCommand::explain)
                .setExpandAtFiles(false)
                .setStopAtPositional(true);
        // What follows a program's name is the program's; what follows a workload's is ours.
        Objects.requireNonNull(parser.getSubcommands().get("bench")).setStopAtPositional(false);
        return parser;
    }

    private static int explain(ParameterException problem, String[] args) {
        var command = problem.getCommandLine();
        var err = command.getErr();
        err.println("asyncio: " + message(problem));
        if (command.getParent() == null) {
            listCommands(command, err);
        } else {
            command.usage(err);
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static String message(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched) {
            var word = unmatched.getUnmatched().getFirst();
            if (word.endsWith(".java")) {
                return "There is no command '" + word + "'. To run that program: asyncio run " + word;
            }
            return "There is no " + (word.startsWith("-") ? "option" : "command") + " '" + word + "'.";
        }
        return String.valueOf(problem.getMessage());
    }

    private static void listCommands(CommandLine command, PrintWriter err) {
        err.println("Commands:");
        command.getSubcommands().forEach((name, subcommand) -> {
            var usage = subcommand.getCommandSpec().usageMessage();
            if (!usage.hidden()) {
                var text = usage.header().length > 0 ? usage.header() : usage.description();
                err.printf("  %-8s %s%n", name, String.join(" ", text));
            }
        });
        err.println("More: asyncio --help");
        err.flush();
    }
}
