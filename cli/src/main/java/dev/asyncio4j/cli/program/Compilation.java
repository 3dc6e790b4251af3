package dev.asyncio4j.cli.program;

import java.nio.file.Path;
import java.util.List;

/**
 * A compiled program, with what is needed to tell later whether it still is what its sources say.
 *
 * @param program the program
 * @param sources the texts that were compiled, the main file's first
 * @param neighbours the names of all source files that lay in the main file's folder, used or not
 */
record Compilation(Program program, List<Source> sources, List<String> neighbours) {

    /**
     * A source file as it was when it was compiled.
     *
     * @param path where it was
     * @param text its text
     */
    record Source(Path path, String text) {}
}
