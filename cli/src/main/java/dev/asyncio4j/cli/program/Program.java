package dev.asyncio4j.cli.program;

import java.nio.file.Path;
import java.util.Map;

/**
 * A program that can be loaded.
 *
 * @param mainClass the binary name of the first class of the main file
 * @param root the folder of the unnamed package, where classes that are only named at run time are looked for
 * @param classes class files by binary name
 */
record Program(String mainClass, Path root, Map<String, byte[]> classes) {}
