package dev.asyncio4j.cli.program;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be run, and how.
 *
 * @param file the source file with the main method, as the user wrote it
 * @param arguments what the program gets as its arguments
 * @param extraClassPath jars and folders besides asyncio4j's own
 * @param useCache whether compiled classes may be taken from the cache and kept there
 */
@SuppressWarnings("ArrayRecordComponent") // handed through to main, never compared
public record Launch(String file, String[] arguments, List<Path> extraClassPath, boolean useCache) {

    /** A launch as {@code run FILE [ARGUMENT…]} asks for it. */
    public static Launch of(String file, String[] arguments) {
        return new Launch(file, arguments, List.of(), true);
    }
}
