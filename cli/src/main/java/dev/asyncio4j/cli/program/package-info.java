/**
 * A program of source files, from its text to its exit code: compiled, kept, loaded and run. It imports nothing of the
 * command line. Start with {@link dev.asyncio4j.cli.program.Launcher}.
 */
package dev.asyncio4j.cli.program;
