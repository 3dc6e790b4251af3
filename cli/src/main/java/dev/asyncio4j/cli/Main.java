package dev.asyncio4j.cli;

import dev.asyncio4j.cli.program.Launch;
import dev.asyncio4j.cli.program.Launcher;
import java.util.Arrays;

/** The entry point of {@code ./asyncio}. */
public final class Main {

    /*
     * `run FILE` is what people wait for, so it is recognised here by hand: parsing it with picocli would load some
     * two hundred classes before the program's own first one. Everything else, `run --option FILE` too, is picocli's.
     */

    private Main() {}

    /**
     * Carries out the command line.
     *
     * @param args the command and its arguments
     * @throws Throwable what the user's program throws; the JVM reports it as it does for any main method
     */
    public static void main(String[] args) throws Throwable {
        if (isPlainRun(args)) {
            Launcher.launch(Launch.of(args[1], Arrays.copyOfRange(args, 2, args.length)));
        } else {
            AsyncioCommand.carryOut(args);
        }
    }

    private static boolean isPlainRun(String[] args) {
        return args.length >= 2 && args[0].equals("run") && !args[1].startsWith("-");
    }
}
